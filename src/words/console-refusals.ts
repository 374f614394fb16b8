// Refusals of the console: of the bank's own staff.
import type { RefusalWords } from './refusal-words.ts';

export const CONSOLE_REFUSALS = {
  'not-in-role': {
    title: { ja: 'この操作は、担当の範囲にありません', en: 'This is not for your role' },
    reason: {
      ja: [
        'あなたの役割または担当の金融機関では、この操作を行えません。この試みは記録されました。',
      ],
      en: [
        'Your role, or the institutions you work for, do not allow it. The attempt is on record.',
      ],
    },
    steps: {
      ja: ['役割や担当の範囲が変わったはずのときは、認証局係へお問い合わせください。'],
      en: ['If your role or institutions should have changed, ask the certification desk.'],
    },
    action: 'top-page',
  },
  'own-order': {
    title: {
      ja: 'ご自分の申請は、承認も却下もできません',
      en: 'You cannot decide your own request',
    },
    reason: {
      ja: ['申請した人とは別の人が、内容を確かめて決めます。この試みは記録されました。'],
      en: ['Somebody else checks and decides what you asked for. The attempt is on record.'],
    },
    steps: {
      ja: ['ほかの承認者にご依頼ください。取りやめるときは、申請を取り下げてください。'],
      en: ['Ask another approver; or withdraw the request if it is no longer wanted.'],
    },
    action: 'top-page',
  },
  'order-over': {
    title: { ja: 'この申請は、すでに決まっています', en: 'This request has been decided' },
    reason: {
      ja: ['承認、却下、取り下げのいずれかが済んだか、期限を過ぎたか、もとの内容が変わりました。'],
      en: [
        'It was approved, rejected or withdrawn, its time has run out, or what it was based on has changed.',
      ],
    },
    steps: {
      ja: ['申請の画面で、今の状態をお確かめください。必要なときは、新しく申請してください。'],
      en: ['See on the page of the request how it stands now. Ask anew where that is needed.'],
    },
    action: 'top-page',
  },
  'order-changed': {
    title: { ja: '画面の内容と、申請の内容が異なります', en: 'The page showed something else' },
    reason: {
      ja: ['画面に表示した内容の照合値が、申請の照合値と一致しません。何も行っていません。'],
      en: ['The sum of what your page showed is not that of the request. Nothing was done.'],
    },
    steps: {
      ja: ['申請の画面を開き直し、内容をもう一度お確かめください。'],
      en: ['Open the request again and check what it says.'],
    },
    action: 'top-page',
  },
} satisfies Record<string, RefusalWords>;
