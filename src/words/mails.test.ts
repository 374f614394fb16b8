// Every text that is mailed: what must stand in it, and what a fraud's mail would have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailFacts } from '../banking/mail.ts';
import type { ToldEvent } from '../banking/told.ts';
import { mailText } from './mails.ts';
import { TOLD_TITLES } from './told.ts';

const AT = '2027-04-01T14:59:59Z';
const LINE = { name: '鈴木 太郎', user: 'suzuki01', at: AT };
const PARTIES = {
  institution: { name: 'みほん信用金庫', nameEnglish: 'Mihon Shinkin Bank' },
  contact: {
    ja: { desk: 'ヘルプデスク', phone: '0120-000-000', hours: '平日9時から17時' },
    en: { desk: 'Help desk', phone: '0120-000-000', hours: 'weekdays, 9 to 17' },
  },
  recipient: { name: '佐藤 花子', contractName: 'みほん商事株式会社' },
};

const events = Object.keys(TOLD_TITLES) as readonly ToldEvent[];
const happened = { name: LINE.name, user: LINE.user, at: AT };
const KINDS: Readonly<Record<string, MailFacts>> = {
  ending: { kind: 'ending', endsAt: AT, days: 30 },
  ended: { kind: 'ended', endsAt: AT, days: -1 },
  issued: { kind: 'issued', ...happened },
  proved: { kind: 'proved', ...happened },
  replaced: { kind: 'replaced', ...happened },
  code: { kind: 'code', for: 'first', acquisition: 'one', expiresAt: AT },
  test: { kind: 'test', at: AT },
  digest: {
    kind: 'digest',
    ending: { lines: [LINE], more: 7 },
    bounced: { lines: [], more: 0 },
    locked: { lines: [LINE], more: 0 },
  },
  ...Object.fromEntries(
    events.map((event): [string, MailFacts] => [
      `told ${event}`,
      { kind: 'told', told: { event, name: LINE.name, user: LINE.user, by: 'kanri01' }, at: AT },
    ]),
  ),
};

for (const [kind, facts] of Object.entries(KINDS)) {
  const { subject, text } = mailText({ facts, code: kind === 'code' ? '7K3M9QPA' : null }, PARTIES);

  test(`${kind}: no link, no address, nothing asked for`, () => {
    assert.doesNotMatch(subject + text, /https?:|www\.|\/\/|@|\.(?:jp|com|localhost)\b/i);
    assert.doesNotMatch(
      text,
      /入力してください|ご返信ください|(?:enter|send|reply with|confirm) your/i,
    );
    assert.match(text, /お電話することも、暗証番号などをおたずねすることもありません/);
    assert.match(text, /never phone/);
  });

  test(`${kind}: says who writes to whom, in both languages, in lines that a program may fold`, () => {
    assert.match(subject, /^【みほん信用金庫】.+ \/ [A-Z].+$/);
    assert.match(text, /^みほん商事株式会社\n佐藤 花子 様\n/);
    const [ja = '', en = ''] = text.split(/\n-{10,}\n/);
    for (const [part, bank] of [
      [ja, 'みほん信用金庫'],
      [en, 'Mihon Shinkin Bank'],
    ] as const) {
      assert.ok(part.includes(bank));
      assert.ok(part.includes('0120-000-000'));
    }
    assert.doesNotMatch(text, /undefined|null|NaN|\[object/);
    // RFC 5322 §2.1.1: 998 octets; encoded, three octets of a character become nine.
    for (const line of text.split('\n')) assert.ok(Buffer.byteLength(line) < 998, line);
  });
}

test('a digest lists what there is, with what is left out counted', () => {
  const digest = KINDS['digest'];
  assert.ok(digest);
  const { text } = mailText({ facts: digest, code: null }, PARTIES);
  assert.match(text, /まだ更新していない利用者\n・鈴木 太郎 \(suzuki01\) .*2027.*\nほか7名/);
  assert.match(text, /and 7 more/);
  assert.doesNotMatch(text, /届かなかった/);
  assert.match(text, /ロックされた利用者\n・鈴木 太郎/);
});

test('a mail with a code shows it in two groups, and says what it is of no use without', () => {
  const facts = KINDS['code'];
  assert.ok(facts);
  const { text } = mailText({ facts, code: '7K3M9QPA' }, PARTIES);
  assert.match(text, /取得コード: 7K3M-9QPA\n/);
  assert.match(text, /Acquisition code: 7K3M-9QPA\n/);
  assert.match(text, /取得コードだけでは、電子証明書は取得できません/);
  assert.throws(() => mailText({ facts, code: null }, PARTIES), /has none/);
});
