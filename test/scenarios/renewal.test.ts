// The renewal through the public routes, without a browser: nothing is lost, nothing is doubled,
// nothing outlives a withdrawal, and 確認 proves only what it is meant to prove.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import {
  liftSuspension,
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import { COMPLETED } from '../../src/words/renewal.ts';
import { enter, type Holding, loggedIn, makeCustomer, visitorOf } from '../system/customers.ts';
import { eventsOf, statesOf } from '../system/records.ts';
import {
  beginProof,
  codeOf,
  type InSession,
  newKey,
  presentProof,
  type Renewed,
  renew,
} from '../system/renewal-client.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { ClientIdentity } from '../system/visitor.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';

let koshin: TestKoshin;
let users = 0;
let own: Holding;
let session: InSession;

async function customer(): Promise<Holding> {
  koshin.clock.set(ISSUED);
  users += 1;
  const made = await makeCustomer(`user${users}`, koshin);
  koshin.clock.set(IN_WINDOW);
  return made;
}

async function headingFor(shows: ClientIdentity | undefined): Promise<string> {
  return (await enter(visitorOf(koshin, shows), koshin.mihon, koshin)).heading;
}

const PIN_HEADING = '利用者暗証番号の入力';

suite('renewal', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    own = await customer();
    session = await loggedIn(koshin, own);
  });

  test('from 更新 to 確認: the new certificate is current, the old one superseded, the session new', async () => {
    const successor = await renew(session, newKey());
    assert.equal(successor.answer.status, 200);
    assert.match(successor.name, / 2029-01$/);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
    const begun = await beginProof(session);
    assert.equal(begun.answer.status, 200);
    assert.doesNotMatch(begun.address, new RegExp(begun.token));
    assert.notEqual(new URL(begun.address).origin, session.origin);
    const { origin } = session;
    const proved = await presentProof(koshin, begun, { origin, shows: successor.shows });
    assert.equal(proved.answer.location, '/renewal/completed');
    const page = await proved.visitor.get(`${proved.origin}/renewal/completed`);
    assert.equal(page.heading, COMPLETED.title.ja);
    assert.deepEqual(await statesOf(own, koshin), ['superseded', 'current']);
    const old = await session.visitor.get(`${session.origin}/notices`);
    assert.equal(old.heading, '新しい電子証明書をお選びください');
    assert.equal(await headingFor(successor.shows), PIN_HEADING);
    const events = (await eventsOf(own, koshin)).slice(-4);
    assert.deepEqual(events.toSorted(), [
      'certificate-proved',
      'certificate-refused',
      'certificate-superseded',
      'logged-in',
    ]);
  });

  test('logging in with the new certificate and the PIN proves it too', async () => {
    const successor = await renew(session, newKey());
    const holding = { ...own, shows: successor.shows };
    const { visitor, origin } = await loggedIn(koshin, holding);
    assert.equal((await visitor.get(`${origin}/notices`)).status, 200);
    assert.deepEqual(await statesOf(own, koshin), ['superseded', 'current']);
  });

  test('pressed twice, six times at once, or answered into the void: one certificate', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 6 }, () => renew(session, key)));
    assert.equal(new Set(answers.map(({ shows }) => shows.cert)).size, 1);
    const again = await renew(session, key);
    assert.equal(again.shows.cert, answers[0]?.shows.cert);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
    const issued = (await eventsOf(own, koshin)).filter((event) => event === 'certificate-issued');
    assert.equal(issued.length, 2);
  });

  test('two tabs with two keys: the second is told that one waits, and nothing is replaced', async () => {
    const [one, other] = await Promise.all([renew(session, newKey()), renew(session, newKey())]);
    assert.deepEqual(
      [one.answer.status, other.answer.status].toSorted((a, b) => a - b),
      [200, 409],
    );
    const refused = one.answer.status === 409 ? one : other;
    assert.equal(codeOf(refused.answer), 'unproven-exists');
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
  });

  test('the file is lost: 取得し直す withdraws the first successor, whose holder is told so', async () => {
    const lost = await renew(session, newKey());
    const again = await renew(session, newKey(), 'replace');
    assert.equal(again.answer.status, 200);
    assert.deepEqual((await statesOf(own, koshin)).toSorted(), ['current', 'issued', 'replaced']);
    assert.match(await headingFor(lost.shows), /取得し直/);
    assert.equal(await headingFor(again.shows), PIN_HEADING);
    assert.equal(await headingFor(own.shows), PIN_HEADING);
  });

  test('reloaded after the issue, the page shows 確認 and 取得し直す; before it, 更新', async () => {
    assert.match((await session.visitor.get(`${session.origin}/renewal`)).body, /id="renew"/);
    await renew(session, newKey());
    const reloaded = await session.visitor.get(`${session.origin}/renewal`);
    assert.match(reloaded.body, /id="proof-button"/);
    assert.match(reloaded.body, /href="\/renewal\/again"/);
    const again = await session.visitor.get(`${session.origin}/renewal/again`);
    assert.match(again.body, /value="again"/);
  });

  test('following every link, as a prefetcher does, changes nothing', async () => {
    const successor = await renew(session, newKey());
    const visitor = visitorOf(koshin, successor.shows);
    for (const path of ['/', '/pin', '/renewal', '/renewal/completed', '/renewal/proof']) {
      await visitor.get(`${session.origin}${path}`);
    }
    const pages = ['/notices', '/renewal', '/renewal/again', '/renewal/completed', '/log-off'];
    for (const path of pages) await session.visitor.get(`${session.origin}${path}`);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
    assert.equal((await session.visitor.get(`${session.origin}/notices`)).status, 200);
  });

  test('a thief renews, the owner revokes: the successor is dead, by 確認 and by PIN', async () => {
    const stolen: Renewed = await renew(session, newKey());
    const begun = await beginProof(session);
    await revokeCertificates(
      { ...own.certificate, by: 'kanri01' },
      { ...koshin.house, clock: koshin.clock },
    );
    const { origin } = session;
    const failed = await presentProof(koshin, begun, { origin, shows: stolen.shows });
    assert.equal(failed.answer.status, 403);
    assert.deepEqual(await statesOf(own, koshin), ['revoked', 'revoked']);
    assert.match(await headingFor(stolen.shows), /失効/);
  });

  test('suspended, neither works; lifted, both stand where they stood', async () => {
    const successor = await renew(session, newKey());
    const needs = { ...koshin.house, clock: koshin.clock };
    await suspendCertificates({ ...own.certificate, by: 'kanri01' }, needs);
    assert.match(await headingFor(own.shows), /利用停止/);
    assert.match(await headingFor(successor.shows), /利用停止/);
    await liftSuspension({ ...own.certificate, by: 'kanri01' }, needs);
    assert.equal(await headingFor(own.shows), PIN_HEADING);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
  });

  test('a certificate and key found without the PIN change nothing', async () => {
    const successor = await renew(session, newKey());
    const visitor = visitorOf(koshin, successor.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    assert.equal(page.heading, PIN_HEADING);
    const { origin } = new URL(page.url);
    const form = { 'form-token': page.formToken ?? '', pin: 'wrong123' };
    assert.equal((await visitor.post(`${origin}/pin`, form)).status, 403);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
  });

  for (const { at, status, code } of [
    { at: '2027-12-05T14:59:59.000Z', status: 409, code: 'outside-window' },
    { at: '2027-12-05T15:00:00.000Z', status: 200, code: '' },
    { at: '2028-01-05T14:59:59.000Z', status: 200, code: '' },
    { at: '2028-01-05T15:00:00.000Z', status: 403, code: 'expired' },
  ]) {
    test(`a request at ${at} is answered ${status} ${code}`, async () => {
      koshin.clock.set(new Date(new Date(at).getTime() - 60_000));
      const fresh = await loggedIn(koshin, own);
      const page = await fresh.visitor.get(`${fresh.origin}/notices`);
      koshin.clock.set(at);
      const token = page.formToken ?? '';
      const form = { request: newKey().request, unproven: 'keep' };
      const fields = { accept: 'application/json', 'form-token': token };
      const answer = await fresh.visitor.post(`${fresh.origin}/renewal`, form, fields);
      assert.equal(answer.status, status);
      assert.equal(codeOf(answer), code);
    });
  }

  test('a request is refused whose token is missing, in the form alone, or of another session', async () => {
    koshin.clock.set('2027-12-20T03:00:00Z');
    const fresh = await loggedIn(koshin, own);
    const other = await loggedIn(koshin, own);
    const tokenOf = async ({ visitor, origin }: typeof fresh) =>
      (await visitor.get(`${origin}/notices`)).formToken ?? '';
    const token = await tokenOf(fresh);
    for (const { form, fields } of [
      { form: {}, fields: {} },
      { form: { 'form-token': token }, fields: {} },
      { form: {}, fields: { 'form-token': await tokenOf(other) } },
      { form: {}, fields: { 'form-token': [token, token] } },
    ]) {
      const whole = { ...form, request: newKey().request, unproven: 'keep' };
      const asScript = { accept: 'application/json', ...fields };
      const answer = await fresh.visitor.post(`${fresh.origin}/renewal`, whole, asScript);
      assert.equal(codeOf(answer), 'missing-token');
    }
  });
});
