// The kinds of fault that other products had with renewals: windows that two places judge differently,
// old certificates that go on renewing, failures that stand in the way, renewals without end.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { REFUSALS } from '../../src/words/refusals.ts';
import { COMPLETED, RENEWAL } from '../../src/words/renewal.ts';
import { enter, type Holding, loggedIn, makeCustomer, visitorOf } from '../system/customers.ts';
import { statesOf } from '../system/records.ts';
import { assertRefused, entriesOf } from '../system/refusals.ts';
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
import type { Answer } from '../system/visitor.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const AFTER_THE_END = '2028-01-06T03:00:00Z';
const NOTICE = '電子証明書の更新をお願いします';
const DAY_MS = 24 * 60 * 60 * 1000;

let koshin: TestKoshin;
let users = 0;
let own: Holding;

suite('renewals as other products had them', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => await koshin[Symbol.asyncDispose]());
  beforeEach(async () => {
    koshin.clock.set(ISSUED);
    users += 1;
    own = await makeCustomer(`renewing${users}`, koshin);
    koshin.clock.set(IN_WINDOW);
  });

  test('lineage: only the latest certificate renews, the one before it is told which to use', async () => {
    const session = await loggedIn(koshin, own);
    const latest = await proved(session);
    const refused = await renewalOf(session, newKey().request);
    assert.deepEqual([refused.status, codeOf(refused)], [403, 'superseded']);
    const page = await enter(visitorOf(koshin, own.shows), koshin.mihon, koshin);
    assertRefused(page, 'superseded');
    assert.ok(page.text.includes(latest.name));
    assert.deepEqual(await statesOf(own, koshin), ['superseded', 'current']);
  });

  test('expiry: who comes with an expired certificate is told so, on the page and when asking directly', async () => {
    const session = await loggedIn(koshin, own);
    const page = await session.visitor.get(`${session.origin}/notices`);
    koshin.clock.set(AFTER_THE_END);
    const refused = await renewalOf(session, newKey().request, page.formToken);
    assert.deepEqual([refused.status, codeOf(refused)], [403, 'expired']);
    const { reason, steps } = REFUSALS.expired;
    const arrived = await enter(visitorOf(koshin, own.shows), koshin.mihon, koshin);
    assertRefused(arrived, 'expired');
    for (const said of [...reason.ja, ...steps.ja])
      assert.ok(arrived.text.replaceAll(' ', '').includes(said), said);
    const [entry] = await entriesOf(arrived, koshin);
    assert.equal(entry?.detail['code'], 'expired');
  });

  for (const { at, isOpen } of [
    { at: '2027-01-06T03:00:00Z', isOpen: false },
    { at: '2027-12-05T14:59:59Z', isOpen: false },
    { at: '2027-12-05T15:00:00Z', isOpen: true },
    { at: '2028-01-05T14:59:59Z', isOpen: true },
  ]) {
    test(`window: notice, page and request agree that at ${at} it is ${isOpen ? 'open' : 'closed'}`, async () => {
      koshin.clock.set(at);
      const session = await loggedIn(koshin, own);
      const { visitor, origin } = session;
      const notices = await visitor.get(`${origin}/notices`);
      assert.equal(notices.text.includes(NOTICE), isOpen);
      const page = await visitor.get(`${origin}/renewal`);
      assert.equal(page.body.includes('id="renew"'), isOpen);
      assert.equal(page.heading === RENEWAL.title.ja, isOpen);
      const answer = await renewalOf(session, newKey().request);
      assert.deepEqual(
        [answer.status, codeOf(answer)],
        isOpen ? [200, ''] : [409, 'outside-window'],
      );
      assert.deepEqual(await statesOf(own, koshin), isOpen ? ['current', 'issued'] : ['current']);
    });
  }

  test('failures: requests that were refused stand in no later one’s way', async () => {
    const taken = newKey();
    koshin.clock.set(ISSUED);
    const other = await makeCustomer('keyholder1', koshin);
    koshin.clock.set(IN_WINDOW);
    await renew(await loggedIn(koshin, other), taken);
    const session = await loggedIn(koshin, own);
    for (const request of ['', 'bm8gcmVxdWVzdA==', taken.request]) {
      const refused = await renewalOf(session, request);
      assert.ok(refused.status >= 400 && refused.status < 500, refused.body);
      assert.deepEqual(await statesOf(own, koshin), ['current']);
    }
    await proved(session);
    assert.deepEqual(await statesOf(own, koshin), ['superseded', 'current']);
  });

  test('overlap: the new certificate bears the old one’s name but for the month, while both are valid', async () => {
    const session = await loggedIn(koshin, own);
    const successor = await renew(session, newKey());
    const { commonName } = own.certificate;
    assert.equal(successor.name.slice(0, -7), commonName.slice(0, -7));
    assert.notEqual(successor.name, commonName);
    for (const shows of [own.shows, successor.shows]) {
      const page = await enter(visitorOf(koshin, shows), koshin.mihon, koshin);
      assert.equal(page.status, 200);
    }
  });

  test('repetition: who has renewed is asked for nothing more until the next window', async () => {
    const latest = await proved(await loggedIn(koshin, own));
    for (let day = 1; day <= 3; day += 1) {
      koshin.clock.set(new Date(new Date(IN_WINDOW).getTime() + day * DAY_MS));
      const session = await loggedIn(koshin, { ...own, shows: latest.shows });
      const notices = await session.visitor.get(`${session.origin}/notices`);
      assert.doesNotMatch(notices.text, new RegExp(NOTICE));
      const again = await renewalOf(session, newKey().request);
      assert.deepEqual([again.status, codeOf(again)], [409, 'outside-window']);
    }
    assert.deepEqual(await statesOf(own, koshin), ['superseded', 'current']);
  });

  test('notices: one for a certificate, however often its holder comes', async () => {
    for (let login = 1; login <= 3; login += 1) {
      const { visitor, origin } = await loggedIn(koshin, own);
      const { text } = await visitor.get(`${origin}/notices`);
      assert.equal(text.split(NOTICE).length - 1, 1);
    }
  });
});

/** Renews in the session and proves the new certificate. */
async function proved(session: InSession): Promise<Renewed> {
  const successor = await renew(session, newKey());
  const begun = await beginProof(session);
  const { origin } = session;
  const arrived = await presentProof(koshin, begun, { origin, shows: successor.shows });
  const completed = await arrived.visitor.get(`${arrived.origin}/renewal/completed`);
  assert.equal(completed.heading, COMPLETED.title.ja);
  return successor;
}

/** Asks for a renewal as the page's script does, or anybody who writes the request by hand. */
async function renewalOf(
  { visitor, origin }: InSession,
  request: string,
  formToken?: string,
): Promise<Answer> {
  const token = formToken ?? (await visitor.get(`${origin}/notices`)).formToken ?? '';
  const fields = { accept: 'application/json', 'form-token': token };
  return await visitor.post(`${origin}/renewal`, { request, unproven: 'keep' }, fields);
}
