// An administrator manages the users of the contract, and users acquire by what they are given: through the public
// routes, without a browser.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { noteBounced } from '../../src/operations/note-bounced.ts';
import { findMailPlace } from '../../src/store/mail-addresses.ts';
import { COMPANY } from '../../src/words/company.ts';
import { COMPANY_REFUSALS } from '../../src/words/company-refusals.ts';
import { ACTIONS } from '../../src/words/member-actions.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { enter, loggedIn, makeCustomer, submitPin, visitorOf } from '../system/customers.ts';
import { newKey } from '../system/renewal-client.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer, ClientIdentity, Visitor } from '../system/visitor.ts';

const OWN_PIN = 'sakura2027';

let koshin: TestKoshin;
let admin: { readonly visitor: Visitor; readonly origin: string };

suite('a company’s users', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
    const kanri = await makeCustomer('kanri01', koshin, { role: 'administrator' });
    admin = await loggedIn(koshin, kanri);
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('register, acquire on the public host, log in', async () => {
    const given = await register('yamada01', '山田 花子');
    const page = await beginOnPage({ user: 'yamada01', ...given });
    assert.equal(page.status, 200);
    const { shows } = await acquireOnPage(page, OWN_PIN);
    const visitor = visitorOf(koshin, shows);
    const pinPage = await enter(visitor, koshin.mihon, koshin);
    const answer = await submitPin(visitor, pinPage, OWN_PIN);
    assert.equal(answer.location, '/notices');
    const list = await admin.visitor.get(`${admin.origin}/company`);
    assert.match(list.text, /山田 花子/);
  });

  test('what was entered wrongly is shown with an inquiry number, and the page stays', async () => {
    const page = await beginOnPage({ user: 'nobody', pin: 'x12345', code: '0000-0000' });
    assert.equal(page.status, 403);
    assert.match(page.text, /先へ進めませんでした/);
    assert.match(page.inquiry ?? '', /^[0-9A-Z]{8}$/);
  });

  test('an administrator revokes a user who is logged in: the next click is refused', async () => {
    const ito = await makeCustomer('ito01', koshin);
    const { visitor, origin } = await loggedIn(koshin, ito);
    assert.equal((await visitor.get(`${origin}/notices`)).status, 200);
    const done = await act('ito01', 'revoke');
    assert.equal(done.location, '/company/users/ito01?done=revoke');
    const next = await visitor.get(`${origin}/notices`);
    assert.equal(next.status, 403);
    assert.match(next.heading, /失効/);
  });

  test('every action that a member’s page offers has its page, with the form that does it', async () => {
    await makeCustomer('hara01', koshin);
    const page = await admin.visitor.get(`${admin.origin}/company/users/hara01`);
    const offered = [...page.body.matchAll(/href="(\/company\/users\/hara01\/[a-z-]+)"/g)];
    const paths = offered.map(([, path = '']) => path);
    assert.ok(paths.includes('/company/users/hara01/reset-pin'), paths.join(' '));
    for (const path of paths) {
      const action = await admin.visitor.get(admin.origin + path);
      assert.equal(action.status, 200, path);
      assert.ok(action.body.includes(`action="${path}"`), path);
    }
  });

  test('a user who is none is not let into the administrator’s pages', async () => {
    const sato = await makeCustomer('sato01', koshin);
    const { visitor, origin } = await loggedIn(koshin, sato);
    for (const path of [
      '/company',
      '/company/register',
      '/company/users.csv',
      '/company/users/ito01',
    ]) {
      assert.equal((await visitor.get(origin + path)).status, 403, path);
    }
    const token = (await visitor.get(`${origin}/notices`)).formToken ?? '';
    const answer = await visitor.post(`${origin}/company/users/kanri01/suspend`, {
      'form-token': token,
      slot: '1',
    });
    assert.equal(answer.status, 403);
  });

  test('a form of no page of ours changes nothing', async () => {
    await makeCustomer('kato01', koshin);
    const forms = [{}, { 'form-token': 'x' }];
    for (const form of forms) {
      const url = `${admin.origin}/company/users/kato01/revoke`;
      assert.equal((await admin.visitor.post(url, { ...form, slot: '1' })).status, 403);
    }
    const page = await admin.visitor.get(`${admin.origin}/company/users/kato01`);
    assert.match(page.text, /利用中/);
  });

  test('nobody acts on themselves, on a stranger, or on a slot that is none', async () => {
    assert.equal((await act('kanri01', 'suspend')).status, 403);
    assert.equal((await act('nobody', 'suspend')).status, 403);
    await makeCustomer('abe01', koshin);
    for (const slot of ['0', '-1', '1.5', 'x', '100']) {
      assert.equal((await act('abe01', 'suspend', { slot })).status, 400, slot);
    }
    assert.equal((await act('abe01', 'suspend', { slot: '2' })).status, 403);
    assert.equal((await act('abe01', 'explode')).status, 404);
  });

  test('a new first PIN leads to the change of it, and to nothing else before', async () => {
    const ono = await makeCustomer('ono01', koshin);
    const page = await act('ono01', 'reset-pin');
    const [, pin = ''] = /id="first-pin"[^>]*>([^<]+)</.exec(page.body) ?? [];
    const { visitor, origin } = await loggedIn(koshin, ono, { pin });
    assert.equal((await visitor.get(`${origin}/notices`)).location, '/my-page/pin');
    const refused = await visitor.get(`${origin}/my-page`);
    assert.equal(refused.heading, COMPANY_REFUSALS['initial-pin'].title.ja);
    const { formToken = '' } = await visitor.get(`${origin}/my-page/pin`);
    const wanted = { 'new-pin': OWN_PIN, 'new-pin-again': OWN_PIN };
    const form = { 'form-token': formToken, pin, ...wanted };
    assert.equal(
      (await visitor.post(`${origin}/my-page/pin`, form)).location,
      '/my-page/pin/changed',
    );
    assert.equal((await visitor.get(`${origin}/notices`)).status, 200);
  });

  test('many attempts in a short time are held back, however the IDs are spaced', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const user = `${' '.repeat(i)}guessed01`;
      statuses.push((await beginOnPage({ user, pin: 'x12345', code: '0000-0000' })).status);
    }
    assert.equal(statuses.filter((status) => status === 429).length >= 2, true, String(statuses));
  });

  test('the list as CSV holds names as text', async () => {
    await register('formula1', '=HYPERLINK("x")');
    const csv = await admin.visitor.get(`${admin.origin}/company/users.csv`);
    assert.match(csv.headers['content-type'] ?? '', /text\/csv/);
    assert.ok(csv.body.includes(`"'=HYPERLINK(""x"")"`), csv.body);
  });

  test('a missing address, and one that mail came back from, are marked until another is entered', async () => {
    const { certificate } = await makeCustomer('mail01', koshin);
    const needs = { db: koshin.house.db, clock: koshin.clock };
    const marked = async (words: string) => {
      for (const path of ['/company', '/company/users/mail01', '/company/users.csv']) {
        const { body } = await admin.visitor.get(admin.origin + path);
        assert.ok(body.includes(words), path);
      }
    };
    await marked('メール未登録');
    const entered = await act('mail01', 'change-mail', { mail: 'mail01@mail.example' });
    assert.equal(entered.status, 303, entered.text);
    await noteBounced('mail01@mail.example', needs);
    await marked('メールが届きません');
    const wrong = await act('mail01', 'change-mail', { mail: '<b>' });
    assert.equal(wrong.status, 400);
    assert.ok(wrong.body.includes('value="&#60;b&#62;"'), wrong.body);
    assert.equal((await act('mail01', 'change-mail', { mail: 'new@mail.example' })).status, 303);
    const page = await admin.visitor.get(`${admin.origin}/company/users/mail01`);
    assert.ok(page.text.includes('new@mail.example'));
    assert.ok(!page.text.includes('メールが届きません'));
    assert.equal((await findMailPlace(certificate.identity, koshin.house.db)).bouncedAt, null);
  });

  test('other administrators are told of a reissue by a notice', async () => {
    const other = await makeCustomer('kanri02', koshin, { role: 'administrator' });
    await makeCustomer('mori01', koshin, { name: '森 一郎' });
    const page = await act('mori01', 'reissue', { reason: 'new-pc' });
    assert.equal(page.heading, ACTIONS.reissue.done.ja);
    const { visitor, origin } = await loggedIn(koshin, other);
    const notices = await visitor.get(`${origin}/notices`);
    assert.match(notices.text, /電子証明書の再発行が始まりました/);
    const [, id] = /href="(\/notices\/[0-9a-f-]+)">電子証明書の再発行/.exec(notices.body) ?? [];
    const notice = await visitor.get(origin + (id ?? ''));
    assert.match(notice.text, /森 一郎/);
    assert.match(notice.text, /kanri01/);
  });

  test('the page says so when there is only one administrator', async () => {
    const sole = await openTestKoshin();
    await using _ = sole;
    const kanri = await makeCustomer('kanri01', sole, { role: 'administrator' });
    const { visitor, origin } = await loggedIn(sole, kanri);
    const page = await visitor.get(`${origin}/company`);
    assert.ok(page.text.includes(COMPANY.sole.ja), page.text);
  });
});

async function register(user: string, name: string) {
  const page = await admin.visitor.get(`${admin.origin}/company/register`);
  const form = { 'form-token': page.formToken ?? '', user, name };
  const given = await admin.visitor.post(`${admin.origin}/company/register`, form);
  assert.equal(given.status, 200, given.text);
  const [, pin = ''] = /id="first-pin"[^>]*>([^<]+)</.exec(given.body) ?? [];
  const [, code = ''] = /id="acquisition-code"[^>]*>([^<]+)</.exec(given.body) ?? [];
  return { pin, code };
}

async function act(
  user: string,
  action: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const token = (await admin.visitor.get(`${admin.origin}/company/register`)).formToken ?? '';
  const form = { 'form-token': token, slot: '1', ...more };
  return await admin.visitor.post(`${admin.origin}/company/users/${user}/${action}`, form);
}

async function beginOnPage(entered: {
  readonly user: string;
  readonly pin: string;
  readonly code: string;
}): Promise<Answer> {
  const url = `https://${koshin.mihon.publicHost}:${koshin.port}/acquire`;
  return await visitorOf(koshin).post(url, { contract: TEST_CONTRACT, ...entered });
}

async function acquireOnPage(
  { body }: Answer,
  newPin: string,
): Promise<{ readonly shows: ClientIdentity }> {
  const [, ticket = ''] = /name="ticket" value="([^"]+)"/.exec(body) ?? [];
  const key = newKey();
  const url = `https://${koshin.mihon.publicHost}:${koshin.port}/acquire/certificate`;
  const form = { ticket, unproven: 'keep', 'new-pin': newPin, request: key.request };
  const answer = await visitorOf(koshin).post(url, form, { accept: 'application/json' });
  assert.equal(answer.status, 200, answer.body);
  const said: unknown = JSON.parse(answer.body);
  const der = Buffer.from(String(Reflect.get(Object(said), 'certificate')), 'base64');
  return { shows: { cert: encodePem(new Uint8Array(der), 'CERTIFICATE'), key: key.keyPem } };
}
