// The texts of mails: plain, in Japanese and English below one another. They name no address of any page and ask for
// nothing: "your certificate has expired" is what frauds write.
import type { DigestLine, DigestList, MailFacts, MailKind } from '../banking/mail.ts';
import { showCode } from '../banking/typed-code.ts';
import { dateAndMinute, dateAndTime, dateOnly } from './dates.ts';
import type { Language, Text } from './language.ts';
import { TOLD_TITLES, toldParagraphs } from './told.ts';

/** Who writes to whom. */
export type MailParties = {
  readonly institution: { readonly name: string; readonly nameEnglish: string };
  readonly contact: Text<{ readonly desk: string; readonly phone: string; readonly hours: string }>;
  readonly recipient: { readonly name: string; readonly contractName: string };
};

/** A mail's subject and text. */
export type MailText = { readonly subject: string; readonly text: string };

/** What a mail says: its facts, and the code where it carries one. */
export type MailContent = { readonly facts: MailFacts; readonly code: string | null };

/** Puts a mail into words. */
export function mailText(content: MailContent, parties: MailParties): MailText {
  const { facts } = content;
  const { institution } = parties;
  const subject = `【${institution.name}】${titleOf(facts, 'ja')} / ${titleOf(facts, 'en')}`;
  const text = [...partIn('ja', content, parties), RULER, ...partIn('en', content, parties)];
  return { subject, text: `${text.join('\n\n')}\n` };
}

const RULER = '----------------------------------------';

const TITLES = {
  ending: { ja: '電子証明書の有効期限が近づいています', en: 'Your certificate ends soon' },
  ended: { ja: '電子証明書の有効期限が過ぎました', en: 'Your certificate has ended' },
  issued: { ja: '電子証明書が発行されました', en: 'A certificate was issued' },
  proved: { ja: '電子証明書の更新が完了しました', en: 'A certificate was renewed' },
  replaced: { ja: '電子証明書が取得し直されました', en: 'A new certificate was fetched again' },
  code: { ja: '電子証明書の取得コード', en: 'Your acquisition code' },
  test: { ja: 'テストメール', en: 'Test mail' },
  digest: {
    ja: '電子証明書についての管理者の方へのお知らせ',
    en: 'For administrators: certificates',
  },
} satisfies Record<Exclude<MailKind, 'told'>, Text>;

function titleOf(facts: MailFacts, language: Language): string {
  return (facts.kind === 'told' ? TOLD_TITLES[facts.told.event] : TITLES[facts.kind])[language];
}

const PHRASES = {
  greeting: {
    ja: (contractName: string, name: string) => `${contractName}\n${name} 様`,
    en: (contractName: string, name: string) => `${name}, ${contractName}`,
  },
  ending: {
    ja: (ends: string) => [
      `お使いの電子証明書の有効期限は、${ends}です。`,
      'いつものようにログインすると、重要なお知らせに、更新の案内が表示されます。',
      '更新が完了するまで、今の電子証明書もそのままお使いいただけます。',
    ],
    en: (ends: string) => [
      `Your certificate ends on ${ends} (Japan time).`,
      'Log in as you always do: an important notice there leads you through the renewal.',
      'You can go on using your present certificate until the renewal is complete.',
    ],
  },
  ended: {
    ja: (ends: string) => [
      `お使いの電子証明書の有効期限は、${ends}に過ぎました。`,
      '新しい電子証明書の取得には、取得コードが必要です。当社のトップページの「電子証明書の取得」から、このメールアドレスで受け取れることがあります。受け取れないときは、ご契約先の管理者の方に、ご依頼ください。管理者の方ご自身のときは、ほかの管理者の方か、下のお問い合わせ窓口へご連絡ください。',
    ],
    en: (ends: string) => [
      `Your certificate ended on ${ends} (Japan time).`,
      'To acquire a new one you need a code: you may be able to have one sent to this address, by “Get a certificate” on our top page; otherwise ask an administrator of your contract. If you are one yourself, ask another or contact us.',
    ],
  },
  happened: {
    ja: (name: string, user: string, at: string) => [
      `対象の利用者: ${name} (利用者ID ${user})`,
      `日時: ${at}`,
      'お心当たりがないときは、すぐに管理者の方とお問い合わせ窓口へご連絡ください。',
    ],
    en: (name: string, user: string, at: string) => [
      `User: ${name} (user ID ${user})`,
      `Time: ${at} (Japan time)`,
      'If you do not know of this, tell your administrator and us at once.',
    ],
  },
  code: {
    ja: (code: string, until: string) => [
      `取得コード: ${code}`,
      `取得の期限: ${until}`,
      '取得コードは、当社のトップページの「電子証明書の取得」で使います。トップページは、いつものように開いてください。',
      '取得コードだけでは、電子証明書は取得できません。必要な利用者番号、利用者ID、利用者暗証番号は、このメールに書かれていません。取得コードは、どなたにも伝えないでください。',
      'お心当たりがないときは、すぐに管理者の方とお問い合わせ窓口へご連絡ください。',
    ],
    en: (code: string, until: string) => [
      `Acquisition code: ${code}`,
      `It serves until: ${until} (Japan time)`,
      'It is used on our top page, under “Get a certificate”. Open that page as you always do.',
      'The code alone is of no use: it takes your contract ID, user ID and PIN, which are not in this mail. Tell the code to nobody.',
      'If you do not know of this, tell your administrator and us at once.',
    ],
  },
  test: {
    ja: (at: string) => [
      `コンソールで、${at}に送信した確認用のメールです。`,
      'このメールが届いていれば、お客さまへのメールも、同じ設定で送信されます。',
    ],
    en: (at: string) => [
      `This mail was sent from the console at ${at} (Japan time), to see that mail comes.`,
      'Mails to customers are sent with the same settings.',
    ],
  },
  lists: {
    ending: { ja: '有効期限が近く、まだ更新していない利用者', en: 'End soon and are not renewed' },
    bounced: { ja: 'メールが届かなかった利用者', en: 'Mails to them came back' },
    locked: { ja: '利用者暗証番号がロックされた利用者', en: 'Their PIN was locked' },
  },
  more: {
    ja: (more: number) => `ほか${more}名`,
    en: (more: number) => `and ${more} more`,
  },
  never: {
    ja: 'このメールに、リンクはありません。当社から、更新のことでお電話することも、暗証番号などをおたずねすることもありません。',
    en: 'There is no link in this mail. We never phone about a renewal, and never ask for your PIN or any code.',
  },
} as const;

function partIn(language: Language, content: MailContent, parties: MailParties): readonly string[] {
  const { institution, contact, recipient } = parties;
  const { desk, phone, hours } = contact[language];
  return [
    PHRASES.greeting[language](recipient.contractName, recipient.name),
    titleOf(content.facts, language),
    ...bodyOf(content, language),
    PHRASES.never[language],
    [language === 'ja' ? institution.name : institution.nameEnglish, desk, phone, hours].join('\n'),
  ];
}

function bodyOf({ facts, code }: MailContent, language: Language): readonly string[] {
  switch (facts.kind) {
    case 'ending':
    case 'ended':
      return PHRASES[facts.kind][language](dateAndTime(new Date(facts.endsAt), language));
    case 'told':
      return toldParagraphs(facts.told, language);
    case 'issued':
    case 'proved':
    case 'replaced': {
      const at = dateAndMinute(new Date(facts.at), language);
      return PHRASES.happened[language](facts.name, facts.user, at);
    }
    case 'code': {
      if (code === null) throw new Error('a mail that brings a code has none');
      const until = dateAndTime(new Date(facts.expiresAt), language);
      return PHRASES.code[language](showCode(code), until);
    }
    case 'test':
      return PHRASES.test[language](dateAndMinute(new Date(facts.at), language));
    case 'digest':
      return DIGEST_LISTS.filter((list) => facts[list].lines.length > 0).map((list) =>
        listOf(PHRASES.lists[list][language], facts[list], language),
      );
  }
}

const DIGEST_LISTS: readonly DigestList[] = ['ending', 'bounced', 'locked'];

function listOf(
  title: string,
  { lines, more }: { readonly lines: readonly DigestLine[]; readonly more: number },
  language: Language,
): string {
  const rows = lines.map(
    ({ name, user, at }) => `・${name} (${user}) ${dateOnly(new Date(at), language)}`,
  );
  return [title, ...rows, ...(more > 0 ? [PHRASES.more[language](more)] : [])].join('\n');
}
