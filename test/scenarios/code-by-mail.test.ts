// Codes by mail over the real routes and a real mail server: what an administrator sends instead of seeing it, and what
// a person whose certificate has expired asks for themself. Strangers ask too, and learn and end nothing.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { OWN_CODES } from '../../src/banking/own-code.ts';
import { inTransaction } from '../../src/store/database.ts';
import { setMailAddress } from '../../src/store/mail-addresses.ts';
import { ACQUIRE } from '../../src/words/acquisition.ts';
import { CODE_MAIL, WAYS } from '../../src/words/code-ways.ts';
import { REGISTER } from '../../src/words/company.ts';
import { OWN_CODE } from '../../src/words/own-code.ts';
import { TOLD_TITLES } from '../../src/words/told.ts';
import { enter, type Holding, loggedIn, makeCustomer, visitorOf } from '../system/customers.ts';
import { sendAll } from '../system/mail-sending.ts';
import { openMailServer, type TestMailServer } from '../system/mail-server.ts';
import { decoded } from '../system/read-mail.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import { type Answer, Visitor } from '../system/visitor.ts';

const ISSUED = '2027-01-05T03:00:00Z';
const IN_GRACE = '2028-01-20T03:00:00Z';
const MINUTE_MS = 60_000;
const NOBODY = { url: new URL('smtp://127.0.0.1:1') };

let koshin: TestKoshin;
let mails: TestMailServer;
let admin: { readonly visitor: Visitor; readonly origin: string };
let kanri: Holding;
let late: readonly Holding[];
let next = 0;
let strangers = 0;

suite('codes by mail', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ now: ISSUED });
    mails = await openMailServer({
      refuses: (to) => (to.startsWith('gone') ? [550, '5.1.1 no such mailbox'] : undefined),
    });
    late = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const user = `late0${i}`;
        return await makeCustomer(user, koshin, { mail: `${user}@mail.example` });
      }),
    );
    koshin.clock.set(IN_GRACE);
    const options = { role: 'administrator', mail: 'kanri01@mail.example' } as const;
    kanri = await makeCustomer('kanri01', koshin, options);
  });
  after(async () => {
    await mails[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    // Some tests wait for longer than a session does.
    admin = await loggedIn(koshin, kanri);
    await sendAll(koshin, mails.place);
  });

  test('an administrator has the code mailed: it is shown to nobody, arrives grouped, and gets the certificate', async () => {
    const user = await withAddress('send01');
    const form = await actionPage(user, 'reissue');
    assert.ok(form.text.includes(WAYS.mail.ja) && form.text.includes(`${user}@mail.example`));
    const done = await act(user, 'reissue', { way: 'mail', reason: 'lost' });
    assert.deepEqual([done.status, done.location], [303, `/company/users/${user}?done=reissue`]);
    assert.match((await memberPage(user)).text, /取得コードをご本人にメールで送っています/);
    const code = await mailedCode(user);
    assert.match((await memberPage(user)).text, /取得コードをご本人にメールで送りました/);
    const pages = [done, await memberPage(user)].map(({ body }) => body).join();
    assert.ok(!pages.includes(code) && !pages.includes(code.replace('-', '')));
    assert.equal((await begin(user, code)).status, 200);
    const { detail } = await lastOffer(user);
    assert.deepEqual([detail['by'], detail['way']], ['kanri01', 'mail']);
  });

  test('the mail says what it is of no use without, and names no ID, no PIN and no address of a page', async () => {
    const user = await withAddress('text01');
    await act(user, 'reissue', { way: 'mail', reason: 'lost' });
    await sendAll(koshin, mails.place);
    const { subject, body } = codeMailTo(user);
    assert.match(subject, /電子証明書の取得コード \/ Your acquisition code$/);
    assert.match(body, /取得の期限: 2028年4月9日/);
    assert.match(body, /「電子証明書の取得」/);
    assert.match(
      body,
      /必要な利用者番号、利用者ID、利用者暗証番号は、このメールに書かれていません/,
    );
    assert.doesNotMatch(body, new RegExp(`https?:|www\\.|//|localhost|@|${TEST_CONTRACT}|${user}`));
  });

  test('a user is registered: ID and first PIN on the page, the code in the mail', async () => {
    const given = await register({ user: 'new01', mail: 'new01@mail.example', way: 'mail' });
    assert.equal(given.heading, REGISTER.done.ja, given.text);
    assert.match(given.body, /id="first-pin"/);
    assert.doesNotMatch(given.body, /id="acquisition-code"/);
    const [, pin = ''] = /id="first-pin"[^>]*>([^<]+)</.exec(given.body) ?? [];
    assert.equal((await begin('new01', await mailedCode('new01'), pin)).status, 200);
    assert.equal((await register({ user: 'new02', mail: '', way: 'mail' })).status, 400);
  });

  test('a form that is sent twice mails one code; the other way is another code', async () => {
    const user = await withAddress('twice01');
    const form = { ...hiddenIn(await actionPage(user, 'reissue')), reason: 'lost' };
    const url = `${admin.origin}/company/users/${user}/reissue`;
    const send = async (way: string) => await admin.visitor.post(url, { ...form, way });
    const both = await Promise.all([send('mail'), send('mail')]);
    assert.deepEqual(
      both.map(({ status }) => status),
      [303, 303],
    );
    const mailed = await mailedCode(user);
    assert.equal(mailsTo(user).length, 1);
    const shown = shownCode(await send('screen'));
    assert.notEqual(shown, mailed);
    assert.equal((await begin(user, shown)).status, 200);
  });

  test('an address that refuses the mail: the page says so, offers mail no more, and shows another code', async () => {
    await makeCustomer('gone01', koshin, { mail: 'gone01@mail.example' });
    await act('gone01', 'reissue', { way: 'mail', reason: 'lost' });
    await sendAll(koshin, mails.place);
    const failed = CODE_MAIL.failed.ja(koshin.clock.now());
    assert.ok((await memberPage('gone01')).text.includes(failed));
    assert.ok(!(await actionPage('gone01', 'offer')).text.includes(WAYS.mail.ja));
    const byForce = await act('gone01', 'offer', { way: 'mail' });
    assert.equal(byForce.status, 409);
    assert.equal((await begin('gone01', shownCode(await act('gone01', 'offer')))).status, 200);
  });

  test('without a mail server it waits, as the page says; replaced on the page it is never sent', async () => {
    const user = await withAddress('wait01');
    await act(user, 'reissue', { way: 'mail', reason: 'lost' });
    await sendAll(koshin, NOBODY);
    assert.match((await memberPage(user)).text, /メールで送っています/);
    const code = shownCode(await act(user, 'offer', { way: 'screen' }));
    koshin.clock.set(new Date(koshin.clock.now().getTime() + 6 * MINUTE_MS));
    await sendAll(koshin, mails.place);
    assert.deepEqual(mailsTo(user), []);
    assert.deepEqual(await codeMails(user), [{ state: 'dropped', answer: 'untrue', sealed: null }]);
    assert.equal((await begin(user, code)).status, 200);
  });

  test('a sealed code opens for its own mail alone', async () => {
    const one = await withAddress('seal01');
    const other = await withAddress('seal02');
    for (const user of [one, other]) await act(user, 'reissue', { way: 'mail', reason: 'lost' });
    const { db } = koshin.house;
    const row = db.selectFrom('mail').select('sealed').where('kind', '=', 'code');
    const { sealed } = await row.where('user_id', '=', one).executeTakeFirstOrThrow();
    assert.ok(sealed !== null && sealed.length === 12 + 8 + 16);
    const swap = db.updateTable('mail').set({ sealed }).where('kind', '=', 'code');
    await swap.where('user_id', '=', other).execute();
    await sendAll(koshin, mails.place);
    assert.equal(mailsTo(one).length, 1);
    assert.deepEqual(mailsTo(other), []);
    assert.deepEqual((await codeMails(one))[0]?.sealed, null);
    // Another code, and that mail is no longer true.
    await act(other, 'offer', { way: 'screen' });
  });

  test('expired in grace: asked for by oneself, it comes to the address on record and gets the certificate', async () => {
    const user = lateUser();
    const page = await stranger().get(acquirePath('/acquire/code'));
    assert.equal(page.heading, OWN_CODE.title.ja);
    const asked = await ask(user);
    assert.deepEqual([asked.status, asked.heading], [200, OWN_CODE.accepted.ja]);
    const code = await mailedCode(user);
    assert.match(codeMailTo(user).body, /取得の期限: 2028年1月21日 23時59分59秒/);
    const begun = await begin(user, code);
    assert.equal(begun.status, 200, begun.text);
    const { detail } = await lastOffer(user);
    assert.deepEqual([detail['by'], detail['way'], detail['kind']], [user, 'mail', 'expired']);
    const told = mails.received.filter(({ to }) => to === 'kanri01@mail.example').map(decoded);
    const title = TOLD_TITLES['code-asked'].ja;
    const last = told.findLast(({ subject }) => subject.includes(title));
    assert.ok(last?.body.includes(`利用者ID ${user}`) === true);
    const notices = await admin.visitor.get(`${admin.origin}/notices`);
    assert.ok(notices.text.includes(title));
  });

  test('one answer for everybody, to the letter and in its time, and one mail among them', async () => {
    const user = lateUser();
    await makeCustomer('valid01', koshin, { mail: 'valid01@mail.example' });
    await makeCustomer('noaddress01', koshin);
    const before = mails.received.length;
    const answers: Answer[] = [];
    for (const [contract, who] of [
      [TEST_CONTRACT, user],
      [TEST_CONTRACT, 'valid01'],
      [TEST_CONTRACT, 'noaddress01'],
      [TEST_CONTRACT, 'kanri01'],
      [TEST_CONTRACT, 'nobody'],
      ['99999999999', user],
      ['', ''],
      ['x'.repeat(2000), "'; drop table"],
    ] as const) {
      const begun = performance.now();
      answers.push(await stranger().post(acquirePath('/acquire/code'), { contract, user: who }));
      assert.ok(performance.now() - begun >= 499, `${who} was answered at once`);
    }
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    // What was entered stands in its fields again, for the code that may come.
    const pages = answers.map(({ body }) =>
      body.replace(/(name="(contract|user)") value="[^"]*"/g, '$1'),
    );
    assert.equal(new Set(pages).size, 1);
    await sendAll(koshin, mails.place);
    const codes = mails.received
      .slice(before)
      .filter((one) => codeOf(decoded(one).body) !== undefined);
    assert.deepEqual(
      codes.map(({ to }) => to),
      [`${user}@mail.example`],
    );
    assert.equal((await codeMails('valid01')).length, 0);
  });

  test('two asks at once make one code and one mail; another is made after a pause, three a day', async () => {
    const user = lateUser();
    await Promise.all([ask(user), ask(user)]);
    const first = await mailedCode(user);
    assert.equal(mailsTo(user).length, 1);
    for (let asks = 0; asks < OWN_CODES.aDay + 1; asks += 1) {
      await ask(user);
      await sendAll(koshin, mails.place);
      pass(OWN_CODES.pauseMinutes + 1);
    }
    assert.equal(mailsTo(user).length, OWN_CODES.aDay);
    assert.notEqual((await begin(user, first)).status, 200);
    assert.equal((await begin(user, codeOf(codeMailTo(user).body) ?? '')).status, 200);
  });

  test('a stranger who asks ends no code of an administrator and none that is in use, and locks nothing', async () => {
    const user = lateUser();
    const shown = shownCode(await act(user, 'offer', { way: 'screen' }));
    pass(OWN_CODES.pauseMinutes + 1);
    await ask(user);
    await sendAll(koshin, mails.place);
    assert.deepEqual(mailsTo(user), []);
    assert.equal((await begin(user, shown)).status, 200);
    const inUse = lateUser();
    await ask(inUse);
    const code = await mailedCode(inUse);
    assert.equal((await begin(inUse, code)).status, 200);
    pass(OWN_CODES.pauseMinutes + 1);
    await ask(inUse);
    await sendAll(koshin, mails.place);
    assert.equal(mailsTo(inUse).length, 1);
    assert.equal((await begin(inUse, code)).status, 200);
    const row = await koshin.house.db
      .selectFrom('person')
      .select(['pin_errors', 'pin_locked_at'])
      .where('user_id', '=', inUse)
      .executeTakeFirstOrThrow();
    assert.deepEqual(row, { pin_errors: 0, pin_locked_at: null });
  });

  test('asking is bounded for a user, whether there is one or not', async () => {
    const statuses = async (user: string) => {
      const answers: number[] = [];
      for (let i = 0; i < 6; i += 1) answers.push((await ask(user)).status);
      return answers;
    };
    const [known, unknown] = [await statuses(lateUser()), await statuses('nobody77')];
    assert.deepEqual(known, unknown);
    assert.equal(known.at(-1), 429);
  });

  test('"none was shown" and the page of acquisition lead there; the ways are links without script', async () => {
    const refused = await enter(visitorOf(koshin), koshin.mihon, koshin);
    const href = `${acquirePath('/acquire/code')}`;
    assert.ok(refused.body.includes(`href="${href}"`), refused.body);
    const acquire = await stranger().get(acquirePath('/acquire'));
    assert.equal(acquire.heading, ACQUIRE.title.ja);
    assert.ok(acquire.body.includes('href="/acquire/code"'));
  });
});

function lateUser(): string {
  const user = late[next]?.certificate.identity.user;
  next += 1;
  if (user === undefined) throw new Error('nobody is left whose certificate has expired');
  return user;
}

async function withAddress(user: string): Promise<string> {
  const { certificate } = await makeCustomer(user, koshin);
  await inTransaction(koshin.house.db, async (tx) => {
    await setMailAddress(certificate.identity, `${user}@mail.example`, tx);
  });
  return user;
}

function pass(minutes: number): void {
  koshin.clock.set(new Date(koshin.clock.now().getTime() + minutes * MINUTE_MS));
}

/** The mails with a code that a user got. */
function mailsTo(user: string) {
  const own = mails.received.filter(({ to }) => to === `${user}@mail.example`).map(decoded);
  return own.filter(({ body }) => codeOf(body) !== undefined);
}

function codeMailTo(user: string) {
  const mail = mailsTo(user).at(-1);
  if (mail === undefined) throw new Error(`no code was mailed to ${user}`);
  return mail;
}

async function mailedCode(user: string): Promise<string> {
  await sendAll(koshin, mails.place);
  return codeOf(codeMailTo(user).body) ?? '';
}

function codeOf(body: string): string | undefined {
  return /取得コード: ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(body)?.[1];
}

function shownCode({ body }: Answer): string {
  const [, code] = /id="acquisition-code"[^>]*>([^<]+)</.exec(body) ?? [];
  if (code === undefined) throw new Error('no code is shown');
  return code;
}

function hiddenIn({ body }: Answer): Readonly<Record<string, string>> {
  const inputs = [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]));
}

async function actionPage(user: string, action: string): Promise<Answer> {
  return await admin.visitor.get(`${admin.origin}/company/users/${user}/${action}`);
}

async function memberPage(user: string): Promise<Answer> {
  return await admin.visitor.get(`${admin.origin}/company/users/${user}`);
}

async function act(
  user: string,
  action: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const form = { ...hiddenIn(await actionPage(user, action)), ...more };
  return await admin.visitor.post(`${admin.origin}/company/users/${user}/${action}`, form);
}

async function register(entered: Readonly<Record<'user' | 'mail' | 'way', string>>) {
  const url = `${admin.origin}/company/register`;
  const form = hiddenIn(await admin.visitor.get(url));
  return await admin.visitor.post(url, { ...form, ...entered, name: '鈴木 太郎' });
}

function acquirePath(path: string): string {
  return `https://${koshin.mihon.publicHost}:${koshin.port}${path}`;
}

/** Each from an address of their own, where the system has so many. */
function stranger(): Visitor {
  strangers += 1;
  const localAddress = process.platform === 'linux' ? `127.0.1.${strangers}` : '127.0.0.1';
  return new Visitor(koshin, undefined, { localAddress });
}

async function ask(user: string): Promise<Answer> {
  return await stranger().post(acquirePath('/acquire/code'), { contract: TEST_CONTRACT, user });
}

async function begin(user: string, code: string, pin: string = TEST_PIN): Promise<Answer> {
  const entered = { contract: TEST_CONTRACT, user, pin, code };
  return await stranger().post(acquirePath('/acquire'), entered);
}

async function lastOffer(user: string) {
  return await koshin.house.db
    .selectFrom('audit_entry')
    .select('detail')
    .where('event', '=', 'acquisition-offered')
    .where('user_id', '=', user)
    .orderBy('entry', 'desc')
    .executeTakeFirstOrThrow();
}

async function codeMails(user: string) {
  return await koshin.house.db
    .selectFrom('mail')
    .select(['state', 'answer', 'sealed'])
    .where('kind', '=', 'code')
    .where('user_id', '=', user)
    .execute();
}
