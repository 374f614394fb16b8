// Words for mail in the console.
import type { MailAnswer, MailFacts, MailState } from '../banking/mail.ts';
import type { Text } from './language.ts';

export const MAIL_DESK = {
  title: { ja: 'メール', en: 'Mail' },
  waiting: { ja: '送信を待っているメール', en: 'Waiting to be sent' },
  since: { ja: '最も古いもの', en: 'The oldest since' },
  remindedAt: { ja: '期限の案内を最後に準備した日時', en: 'Reminders last queued' },
  alarm: { ja: 'メールが届いていない可能性があります', en: 'Mail may not be arriving' },
  late: {
    ja: '1時間以上送信できていないメールがあります。メールサーバーとログを確認してください。メールは失われず、送信できるようになると、続けて送られます。',
    en: 'Mails have been waiting for over an hour. Look at the mail server and the log. None is lost: sending goes on when it can.',
  },
  missed: {
    ja: '期限の案内の準備が1日以上止まっています。Koshinが動いているか、ログを確認してください。動き始めると、遅れた分はまとめて1通で案内されます。',
    en: 'No reminders have been queued for over a day. Look whether Koshin runs, and at the log. When it does, who was missed is reminded once.',
  },
  troubles: {
    ja: '届かなかったメール(新しい順に100件まで)',
    en: 'Mails that did not arrive (the latest hundred)',
  },
  noTroubles: { ja: '届かなかったメールはありません。', en: 'Every mail arrived.' },
  mails: { ja: 'メール', en: 'Mails' },
  person: { ja: 'メールアドレス', en: 'Mail address' },
  bounced: { ja: '届きませんでした', en: 'Mail came back' },
  noMails: { ja: '送信したメールはありません。', en: 'No mail was sent.' },
  queued: { ja: '準備した日時', en: 'Queued' },
  ended: { ja: '結果が出た日時', en: 'Ended' },
  kind: { ja: '内容', en: 'What it says' },
  state: { ja: '結果', en: 'Result' },
  address: { ja: '送信先', en: 'Sent to' },
  texts: { ja: 'お客さまに届く文面', en: 'What customers receive' },
  textsNote: {
    ja: '名前と日時は見本です。日本語と英語を1通で送ります。',
    en: 'Names and times are samples. Each mail is in Japanese and English.',
  },
  subject: { ja: '件名', en: 'Subject' },
  test: { ja: '自分にテストメールを送る', en: 'Send a test mail to yourself' },
  testNote: {
    ja: 'このアドレスは、あなたの電子証明書の期限の案内にも使われます。1時間に5通まで送れます。',
    en: 'Reminders of your own certificate go to this address too. Five in an hour at most.',
  },
  testAddress: { ja: 'あなたのメールアドレス', en: 'Your mail address' },
  send: { ja: 'テストメールを送信', en: 'Send the test mail' },
  sent: {
    ja: 'テストメールを送信の列に入れました。数秒で届きます。届かないときは、この画面の「届かなかったメール」とログを確認してください。',
    en: 'The test mail was queued and arrives within seconds. If it does not, look at the mails that did not arrive, and at the log.',
  },
} satisfies Record<string, Text>;

/** How many mails wait; more than were counted. */
export const WAITING = {
  ja: (count: number, most: number) =>
    count > most ? `${most.toLocaleString('ja')}通より多い` : `${count.toLocaleString('ja')}通`,
  en: (count: number, most: number) =>
    count > most ? `more than ${most.toLocaleString('en')}` : count.toLocaleString('en'),
} satisfies Text<(count: number, most: number) => string>;

/** What became of a mail. */
export const MAIL_STATES = {
  queued: { ja: '送信待ち', en: 'Waiting' },
  sending: { ja: '送信中', en: 'Being sent' },
  sent: { ja: '送信済み', en: 'Sent' },
  failed: { ja: '送信できませんでした', en: 'Could not be sent' },
  bounced: { ja: 'アドレスに届きませんでした', en: 'The address was refused' },
  dropped: { ja: '送信しませんでした', en: 'Was not sent' },
} satisfies Record<MailState, Text>;

/** Why it is so; what says no more than the state has none. */
export const MAIL_ANSWERS: Partial<Record<MailAnswer, Text>> = {
  'put-off': { ja: '相手のサーバーが後回しにしています', en: 'the server puts it off' },
  refused: { ja: '相手のサーバーが断りました', en: 'the server refused it' },
  'us-refused': { ja: '当方の送信が断られています', en: 'we are refused as a sender' },
  'no-answer': { ja: '相手のサーバーにつながりません', en: 'the server does not answer' },
  untrue: { ja: '送信前に状況が変わりました', en: 'it was no longer true' },
  'no-address': { ja: 'アドレスがありません', en: 'there is no address' },
  'came-back': { ja: '送信後に戻ってきました', en: 'it came back' },
};

/** Short names of what mails say. */
export const MAIL_KINDS = {
  ending: { ja: '期限前の案内', en: 'Reminder before the end' },
  ended: { ja: '期限後の案内', en: 'After the end' },
  told: { ja: '利用者についてのお知らせ', en: 'Something about a user' },
  issued: { ja: '発行のお知らせ', en: 'Issued' },
  proved: { ja: '更新完了のお知らせ', en: 'Renewed' },
  replaced: { ja: '取得し直しのお知らせ', en: 'Fetched again' },
  code: { ja: '取得コード', en: 'Acquisition code' },
  digest: { ja: '管理者へのまとめ', en: 'Digest for administrators' },
  test: { ja: 'テストメール', en: 'Test mail' },
} satisfies Record<MailFacts['kind'], Text>;
