// Refusals of what a passkey signed, at login, at a touch and at a renewal.
import type { RefusalWords } from './refusal-words.ts';

const NOTHING_CHANGED = { ja: '何も変更されていません。', en: 'Nothing has changed.' };

const FROM_TOP_PAGE = {
  ja: 'この金融機関のトップページから、もう一度お進みください。',
  en: 'Please start again from this institution’s top page.',
};

export const PASSKEY_REFUSALS = {
  'challenge-invalid': {
    title: { ja: 'もう一度、操作してください', en: 'Please do that again' },
    reason: {
      ja: [
        '端末での確認は、画面を開いてから5分以内にお願いします。時間が過ぎたか、別の画面で確認されたため、安全のため受け付けませんでした。',
        NOTHING_CHANGED.ja,
      ],
      en: [
        'The confirmation on your device has to be done within five minutes, on the page that asked for it. For your safety it was not accepted.',
        NOTHING_CHANGED.en,
      ],
    },
    steps: {
      ja: ['画面を開き直して、もう一度お試しください。'],
      en: ['Open the page again and repeat what you were doing.'],
    },
    action: 'log-in-again',
  },
  'hand-over-ended': {
    title: { ja: '更新は完了しています', en: 'The renewal is complete' },
    reason: {
      ja: [
        '新しい電子証明書に切り替わりました。画面の切り替えに時間がかかったため、ログインした状態を引き継げませんでした。',
      ],
      en: [
        'Your new certificate has taken the place of the old one. Moving on to the next page took too long, so that you are not logged in.',
      ],
    },
    steps: {
      ja: ['新しいパスキーでログインしてください。'],
      en: ['Please log in with the new passkey.'],
    },
    action: 'log-in-again',
  },
  'challenge-used': {
    title: {
      ja: 'この確認は、すでに使われています',
      en: 'This confirmation has been used already',
    },
    reason: {
      ja: [
        '端末での確認は、一度だけ使えます。同じ内容がもう一度送られたため、受け付けませんでした。',
      ],
      en: [
        'A confirmation on your device serves once. The same one was sent again and was not accepted.',
      ],
    },
    steps: {
      ja: ['もう一度ログインしてください。'],
      en: ['Please log in again.'],
    },
    action: 'log-in-again',
  },
  'assertion-invalid': {
    title: { ja: '端末での確認ができませんでした', en: 'Your device could not be confirmed' },
    reason: {
      ja: ['パスキーによる確認の内容を、確かめられませんでした。', NOTHING_CHANGED.ja],
      en: ['What your passkey signed could not be verified.', NOTHING_CHANGED.en],
    },
    steps: {
      ja: [
        FROM_TOP_PAGE.ja,
        'メールや検索結果から開いた画面のときは、アドレスをお確かめください。',
        '続けて表示されるときは、お問い合わせ窓口へご連絡ください。',
      ],
      en: [
        FROM_TOP_PAGE.en,
        'If you came by a mail or a search result, check the address.',
        'If it happens again, please contact us.',
      ],
    },
    action: 'top-page',
  },
  'user-not-verified': {
    title: { ja: '端末での本人確認が必要です', en: 'Your device has to verify that it is you' },
    reason: {
      ja: ['端末の暗証番号、指紋、顔のいずれかによる本人確認が行われませんでした。'],
      en: ['Your device did not ask for its PIN, a fingerprint or your face.'],
    },
    steps: {
      ja: ['端末の設定で本人確認の方法を登録してから、もう一度お試しください。'],
      en: ['Set up one of them in your device’s settings and try again.'],
    },
    action: 'log-in-again',
  },
  'unknown-credential': {
    title: { ja: 'このパスキーは、お使いいただけません', en: 'This passkey cannot be used' },
    reason: {
      ja: ['選ばれたパスキーには、対応する電子証明書がありません。'],
      en: ['There is no certificate for the passkey you chose.'],
    },
    steps: {
      ja: [
        '利用者番号とご自分の利用者IDで始まるパスキーを、選び直してください。',
        '使わなくなったパスキーが選択画面に残っているときは、端末の設定から削除してください。',
      ],
      en: [
        'Choose the passkey whose name begins with your contract ID and user ID.',
        'If a passkey that is no longer used is still listed, delete it in your device’s settings.',
      ],
    },
    action: 'log-in-again',
  },
  'counter-went-back': {
    title: { ja: '安全のため、受け付けませんでした', en: 'For your safety this was not accepted' },
    reason: {
      ja: ['お使いのパスキーが複製されたおそれがあります。ログインも変更も行われていません。'],
      en: ['There may be a copy of your passkey. Nobody was logged in and nothing was changed.'],
    },
    steps: {
      ja: ['すぐにお問い合わせ窓口へご連絡ください。'],
      en: ['Please contact us at once.'],
    },
    action: 'top-page',
  },
  'synced-credential': {
    title: {
      ja: 'ほかの端末へ複製されるパスキーです',
      en: 'This passkey may be copied to other devices',
    },
    reason: {
      ja: ['この金融機関では、端末の外に出ないパスキーだけをお使いいただけます。'],
      en: ['This institution accepts only passkeys that never leave their device.'],
    },
    steps: {
      ja: [
        'Windows Helloやセキュリティキーのパスキーを、お使いください。',
        '端末の外に出ないパスキーをお持ちでないときは、お問い合わせ窓口へご連絡ください。',
      ],
      en: [
        'Use a passkey of Windows Hello or of a security key.',
        'If you have none that stays in its device, please contact us.',
      ],
    },
    action: 'top-page',
  },
  'touch-needed': {
    title: {
      ja: 'もう一度、端末での確認をお願いします',
      en: 'Please confirm on your device once more',
    },
    reason: {
      ja: ['変更のお手続きには、5分以内に行った端末での確認が必要です。', NOTHING_CHANGED.ja],
      en: [
        'To change something, your device must have confirmed it is you within five minutes.',
        NOTHING_CHANGED.en,
      ],
    },
    steps: {
      ja: ['前の画面に戻り、もう一度同じ操作をしてください。'],
      en: ['Go back and repeat what you were doing.'],
    },
    action: 'notices',
  },
} satisfies Record<string, RefusalWords>;
