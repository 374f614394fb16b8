// What a user sees and does for themselves, through the real routes: my page, a new PIN, and the certificate
// ended before a change of PC; on a members' host and on the login host.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { changeMailAddress } from '../../src/operations/change-mail-address.ts';
import { noteBounced } from '../../src/operations/note-bounced.ts';
import { MAIL_PLACE, OWN_CAME_BACK } from '../../src/words/mail-place.ts';
import { MY_PAGE } from '../../src/words/my-page.ts';
import { PC_CHANGE, WITHDRAWN } from '../../src/words/pc-change.ts';
import { PIN_CHANGE, PIN_CHANGED, PIN_FAULT_WORDS } from '../../src/words/pin-change.ts';
import {
  enter,
  type Holding,
  loggedIn,
  makeCustomer,
  submitPin,
  visitorOf,
} from '../system/customers.ts';
import {
  change,
  givePin,
  loggedInByPasskey,
  makeDeviceCustomer,
  showPasskey,
  touchAgain,
} from '../system/device-client.ts';
import { eventsOf, statesOf } from '../system/records.ts';
import { assertRefused, entriesOf } from '../system/refusals.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer, Visitor } from '../system/visitor.ts';

const NEW_PIN = 'Kabe72mori';

let koshin: TestKoshin;
let users = 0;

suite('my page', () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  test('shows the certificate, when its renewal opens, and what happened, newest first, under its number', async () => {
    const own = await customer();
    const other = await customer();
    const wrong = await mistype(own);
    const foreign = await mistype(other);
    const { visitor, origin } = await loggedIn(koshin, own);
    const page = await visitor.get(`${origin}/my-page`);
    assert.equal(page.heading, MY_PAGE.title.ja);
    assert.ok(page.text.includes(own.certificate.commonName));
    assert.ok(page.text.includes('2028年1月5日 23時59分59秒まで'));
    assert.ok(page.text.includes('2027年12月6日 0時00分00秒から'));
    assert.ok(page.text.includes(`お問い合わせ番号 ${wrong.inquiry}`));
    assert.ok(!page.text.includes(String(foreign.inquiry)));
    const [newest = '', second = '', ...others] = eventsOn(page);
    assert.equal(newest, 'ログインしました (電子証明書方式)');
    assert.equal(second, '利用者暗証番号が正しくありませんでした');
    assert.equal(others.length, 1);
    const english = await visitor.get(`${origin}/my-page?lang=en`);
    assert.equal(english.heading, MY_PAGE.title.en);
  });

  test('shows where one is mailed, that mail came back, or that there is no address, and whom to ask', async () => {
    const own = await customer();
    const { identity } = own.certificate;
    const { visitor, origin } = await loggedIn(koshin, own);
    const needs = { db: koshin.house.db, clock: koshin.clock };
    const shown = async () => (await visitor.get(`${origin}/my-page`)).text;
    assert.ok((await shown()).includes(MAIL_PLACE.ownNone.ja));
    const address = `${identity.user}@mail.example`;
    await changeMailAddress(identity, address, needs);
    assert.ok((await shown()).includes(address));
    await noteBounced(address, needs);
    const page = await shown();
    assert.ok(page.includes(OWN_CAME_BACK.ja(koshin.clock.now())), page);
    assert.ok(page.includes(address) && page.includes(MAIL_PLACE.askAdministrator.ja));
  });

  test('the way there is on every page of a user, and without a login there is none', async () => {
    const own = await customer();
    const { visitor, origin } = await loggedIn(koshin, own);
    assert.match((await visitor.get(`${origin}/notices`)).body, /href="\/my-page"/);
    assertRefused(await visitorOf(koshin, own.shows).get(`${origin}/my-page`), 'session-ended');
    assertRefused(await visitorOf(koshin).get(`${origin}/my-page`), 'no-certificate');
  });

  test('no more than fifty lines are shown', async () => {
    const own = await customer();
    const { identity } = own.certificate;
    const entry = {
      institution: identity.institution,
      event: 'logged-in',
      contract: identity.contract,
      user_id: identity.user,
      certificate: own.certificate.sha256,
      inquiry: null,
      detail: JSON.stringify({ by: 'pin', proof: 'mutual-tls' }),
    };
    const at = koshin.clock.now();
    const entries = Array.from({ length: 60 }, () => ({ ...entry, at }));
    await koshin.house.db.insertInto('audit_entry').values(entries).execute();
    const { visitor, origin } = await loggedIn(koshin, own);
    assert.equal(eventsOn(await visitor.get(`${origin}/my-page`)).length, 50);
  });
});

suite('a new PIN', () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  test('is told at its field why it is not taken, and nothing typed comes back', async () => {
    const own = await customer();
    const session = await loggedIn(koshin, own);
    const answer = await changePin(session, { 'new-pin': 'zzzzzzz9', 'new-pin-again': 'other777' });
    assert.equal(answer.status, 400);
    assert.equal(answer.heading, PIN_CHANGE.title.ja);
    for (const fault of ['not-simple', 'repeated-otherwise'] as const) {
      assert.ok(answer.text.includes(PIN_FAULT_WORDS[fault].ja));
    }
    assert.match(answer.body, /id="new-pin"[^>]*aria-invalid="true"/);
    for (const typed of ['zzzzzzz9', 'other777', TEST_PIN]) assert.ok(!answer.body.includes(typed));
    const [entry] = await entriesOf(answer, koshin);
    assert.deepEqual(entry?.detail, { code: 'invalid-input', asked: 'POST /my-page/pin' });
  });

  test('needs the present one: a wrong one is told at its field and counts', async () => {
    const own = await customer();
    const session = await loggedIn(koshin, own);
    const answer = await changePin(session, { pin: 'wrong123' });
    assert.equal(answer.status, 403);
    assert.match(answer.body, /id="pin"[^>]*aria-invalid="true"/);
    const [entry] = await entriesOf(answer, koshin);
    assert.deepEqual([entry?.event, entry?.detail], ['pin-wrong', { attempts: 1 }]);
    for (let error = 2; error <= 5; error += 1) await changePin(session, { pin: 'wrong123' });
    assertRefused(await changePin(session, { pin: 'wrong123' }), 'pin-locked');
    assertRefused(await session.visitor.get(`${session.origin}/my-page`), 'session-ended');
  });

  test('opens from then on, and the other session is over', async () => {
    const own = await customer();
    const elsewhere = await loggedIn(koshin, own);
    const session = await loggedIn(koshin, own);
    const answer = await changePin(session, {});
    assert.deepEqual([answer.status, answer.location], [303, '/my-page/pin/changed']);
    const page = await session.visitor.get(session.origin + answer.location);
    assert.equal(page.heading, PIN_CHANGED.title.ja);
    assertRefused(await elsewhere.visitor.get(`${elsewhere.origin}/my-page`), 'session-ended');
    await loggedIn(koshin, own, { pin: NEW_PIN });
  });

  test('is not taken from a form that no page of the session made', async () => {
    const own = await customer();
    const session = await loggedIn(koshin, own);
    assertRefused(await changePin(session, { 'form-token': 'forged' }), 'missing-token');
    assert.ok(!(await eventsOf(own, koshin)).includes('pin-changed'));
  });

  test('on the login host it takes a touch of the passkey a moment ago', async () => {
    users += 1;
    const holding = await makeDeviceCustomer(`device${users}`, koshin);
    const session = await loggedInByPasskey(koshin, holding);
    const { visitor, origin } = session;
    const fields = { pin: TEST_PIN, 'new-pin': NEW_PIN, 'new-pin-again': NEW_PIN };
    const token = (await visitor.get(`${origin}/my-page/pin`)).formToken ?? '';
    const untouched = await visitor.post(`${origin}/my-page/pin`, {
      'form-token': token,
      ...fields,
    });
    assertRefused(untouched, 'touch-needed');
    koshin.clock.set(new Date(koshin.clock.now().getTime() + 6 * 60_000));
    assert.equal((await change(session, '/my-page/pin', fields)).status, 403);
    await touchAgain(session, holding.passkey);
    const changed = await change(session, '/my-page/pin', fields);
    assert.equal(changed.location, '/my-page/pin/changed');
    const { visitor: next, page } = await showPasskey(koshin, holding);
    const login = await givePin(next, page, { origin, pin: NEW_PIN });
    assert.match(login.body, /data-fresh=/);
  });
});

suite('before a change of PC', () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  for (const { kind, path, state } of [
    { kind: 'suspend', path: '/suspended', state: 'suspended' },
    { kind: 'revoke', path: '/revoked', state: 'revoked' },
  ] as const) {
    test(`${kind}: the certificate is ${state}, the session over, and the next page says what to do`, async () => {
      const own = await customer();
      const session = await loggedIn(koshin, own);
      const answer = await endCertificate(session, { kind });
      const after = `https://${koshin.mihon.publicHost}:${koshin.port}${path}`;
      assert.deepEqual([answer.status, answer.location], [303, after]);
      assert.deepEqual(await statesOf(own, koshin), [state]);
      assert.equal(session.visitor.cookie(session.origin, '__Host-session'), undefined);
      const page = await session.visitor.get(after);
      assert.equal(page.heading, WITHDRAWN[kind].title.ja);
      assert.match(page.text, /管理者の方に、「パソコンを変更するので/);
      assertRefused(await session.visitor.get(`${session.origin}/my-page`), state);
      assertRefused(await enter(visitorOf(koshin, own.shows), koshin.mihon, koshin), state);
    });
  }

  test('nothing happens without a choice or with a wrong PIN, and each is told at its field', async () => {
    const own = await customer();
    const session = await loggedIn(koshin, own);
    const notChosen = await endCertificate(session, { kind: 'neither' });
    assert.equal(notChosen.status, 400);
    assert.ok(notChosen.text.includes(PC_CHANGE.notChosen.ja));
    const wrong = await endCertificate(session, { kind: 'revoke', pin: 'wrong123' });
    assert.equal(wrong.status, 403);
    assert.match(wrong.body, /value="revoke" required checked/);
    assert.deepEqual((await entriesOf(wrong, koshin))[0]?.event, 'pin-wrong');
    assertRefused(await endCertificate(session, { 'form-token': 'forged' }), 'missing-token');
    assert.deepEqual(await statesOf(own, koshin), ['current']);
  });

  test('on the login host it takes a touch of the passkey a moment ago', async () => {
    users += 1;
    const holding = await makeDeviceCustomer(`device${users}`, koshin);
    const session = await loggedInByPasskey(koshin, holding);
    const fields = { kind: 'revoke', pin: TEST_PIN };
    const untouched = await change({ ...session, fresh: '' }, '/my-page/pc-change', fields);
    assert.equal(untouched.status, 403);
    assert.match(untouched.body, /touch-needed/);
    const answer = await change(session, '/my-page/pc-change', fields);
    assert.match(answer.location, /\/revoked$/);
    const { page } = await showPasskey(koshin, holding);
    assertRefused(page, 'revoked');
  });
});

type Session = { readonly visitor: Visitor; readonly origin: string };
type Fields = Readonly<Record<string, string>>;

async function customer(): Promise<Holding> {
  users += 1;
  return await makeCustomer(`user${users}`, koshin);
}

async function mistype({ shows }: Holding): Promise<Answer> {
  const visitor = visitorOf(koshin, shows);
  return await submitPin(visitor, await enter(visitor, koshin.mihon, koshin), 'wrong123');
}

async function changePin(session: Session, typed: Fields): Promise<Answer> {
  const fields = { pin: TEST_PIN, 'new-pin': NEW_PIN, 'new-pin-again': NEW_PIN, ...typed };
  return await send('/my-page/pin', session, fields);
}

async function endCertificate(session: Session, typed: Fields): Promise<Answer> {
  return await send('/my-page/pc-change', session, { kind: 'revoke', pin: TEST_PIN, ...typed });
}

async function send(path: string, { visitor, origin }: Session, fields: Fields): Promise<Answer> {
  const page = await visitor.get(origin + path);
  return await visitor.post(origin + path, { 'form-token': page.formToken ?? '', ...fields });
}

/** The lines of the history, in their order. */
function eventsOn({ body }: Answer): readonly string[] {
  const whole = body.replaceAll('<wbr>', '');
  const history = whole.slice(whole.indexOf(MY_PAGE.history.ja));
  const lines = history.matchAll(
    /<li><p class="meta"><time[^>]*>[^<]*<\/time><\/p>\s*<p>(.*?)<\/p>/gs,
  );
  return Array.from(lines, ([, line = '']) => line);
}
