// Words around the touch that a change needs where the key is in the device.
import type { Text } from './language.ts';

export const TOUCH = {
  asked: {
    ja: 'ボタンを押すと、端末の確認画面 (Windows セキュリティ、Touch IDなど) が表示されます。',
    en: 'When you press the button, your device asks you to confirm (Windows Security, Touch ID or the like).',
  },
  needsScript: {
    ja: 'このお手続きには、ブラウザーのJavaScriptが必要です。設定で有効にしてから、画面を読み込み直してください。',
    en: 'This needs JavaScript. Turn it on in your browser’s settings and reload this page.',
  },
  nothingChanged: { ja: '何も変更されていません。', en: 'Nothing has changed.' },
  cancelled: {
    ja: '端末での確認が完了しませんでした。もう一度ボタンを押してください。',
    en: 'The confirmation on your device was not completed. Please press the button again.',
  },
  connection: {
    ja: '通信が途中で切れました。つながることを確かめて、もう一度ボタンを押してください。',
    en: 'The connection was lost. Check it and press the button again.',
  },
} satisfies Record<string, Text>;
