// Words of 利用者暗証番号の変更: the fields, the rules of a new one, and what is said of each that is not kept.
import type { PinRule } from '../banking/pin-rules.ts';
import type { Text } from './language.ts';

export const PIN_CHANGE = {
  title: { ja: '利用者暗証番号の変更', en: 'Change your PIN' },
  lead: {
    ja: '変更すると、次のログインから、新しい利用者暗証番号をお使いいただきます。',
    en: 'From the next login on you use the new PIN.',
  },
  current: { ja: '現在の利用者暗証番号', en: 'Present PIN' },
  wanted: { ja: '新しい利用者暗証番号', en: 'New PIN' },
  repeated: { ja: '新しい利用者暗証番号 (確認のため、もう一度)', en: 'New PIN once more' },
  rules: { ja: '新しい利用者暗証番号の決まり', en: 'What the new PIN must be' },
  kept: { ja: 'できています', en: 'done' },
  change: { ja: '変更する', en: 'Change PIN' },
  failed: { ja: '変更できませんでした', en: 'Your PIN was not changed' },
  note: { ja: 'ご注意', en: 'Please note' },
  noteCount: {
    ja: '現在の利用者暗証番号の誤りは、ログインのときの誤りと合わせて数えます。',
    en: 'A wrong present PIN counts like a wrong PIN at login.',
  },
  noteSessions: {
    ja: '変更すると、ほかの画面でログイン中のときは、そちらのログインが終了します。',
    en: 'If you are logged in elsewhere too, that login ends.',
  },
  noteSecret: {
    ja: '利用者暗証番号は、どなたにもお伝えにならないでください。金融機関がおたずねすることはありません。',
    en: 'Tell your PIN to nobody. We never ask you for it.',
  },
} satisfies Record<string, Text>;

/** The rules as they stand beside the field. */
export const PIN_RULE_WORDS = {
  form: {
    ja: '半角の英字と数字だけで、6文字から12文字',
    en: '6 to 12 letters and digits, nothing else',
  },
  mixed: { ja: '英字と数字の両方を含む', en: 'both letters and digits' },
  'unlike-ids': {
    ja: '利用者ID、利用者番号と異なる',
    en: 'not your user ID or contract ID',
  },
  'not-simple': {
    ja: '続き番号 (1234、abcd) や、同じ文字のくり返しばかりではない',
    en: 'not only runs (1234, abcd) and repeated characters',
  },
} satisfies Record<PinRule, Text>;

/** Said at the field of a new PIN that cannot be taken. */
export const PIN_FAULT_WORDS = {
  form: {
    ja: '半角の英字と数字だけで、6文字から12文字にしてください。',
    en: 'Use 6 to 12 letters and digits and nothing else.',
  },
  mixed: { ja: '英字と数字の両方を含めてください。', en: 'Use both letters and digits.' },
  'unlike-ids': {
    ja: '利用者ID、利用者番号と異なるものにしてください。',
    en: 'Do not use your user ID or contract ID.',
  },
  'not-simple': {
    ja: '続き番号や、同じ文字のくり返しばかりの並びは、お使いいただけません。',
    en: 'Do not use only runs and repeated characters.',
  },
  'same-as-current': {
    ja: '現在の利用者暗証番号と異なるものにしてください。',
    en: 'Choose one that differs from your present PIN.',
  },
  'repeated-otherwise': {
    ja: '新しい利用者暗証番号と、同じものを入力してください。',
    en: 'This differs from the new PIN. Enter the same one.',
  },
} satisfies Record<PinRule | 'same-as-current' | 'repeated-otherwise', Text>;

export const PIN_CHANGED = {
  title: { ja: '利用者暗証番号を変更しました', en: 'Your PIN has been changed' },
  lead: {
    ja: '次のログインから、新しい利用者暗証番号をお使いください。',
    en: 'Please use the new PIN from the next login on.',
  },
  others: {
    ja: 'ほかの画面でログイン中だったときは、そちらのログインは終了しています。',
    en: 'If you were logged in elsewhere, that login has ended.',
  },
} satisfies Record<string, Text>;
