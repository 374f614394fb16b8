// 確認 through the public routes, without a browser: it proves only what it is meant to prove, and
// whatever else comes is told so, on record, with a way on.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { inquiryText } from '../../src/commands/inquiry.ts';
import { findInquiry } from '../../src/operations/find-inquiry.ts';
import { sessionTokenHash } from '../../src/operations/open-session.ts';
import { suspendCertificates } from '../../src/operations/withdraw-certificate.ts';
import { COMPLETED, PROOF_FAILED, PROOF_FAILURES } from '../../src/words/renewal.ts';
import {
  enter,
  type Holding,
  loggedIn,
  makeCustomer,
  submitPin,
  visitorOf,
} from '../system/customers.ts';
import { recordsOf, statesOf } from '../system/records.ts';
import {
  beginProof,
  codeOf,
  type InSession,
  newKey,
  presentProof,
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

suite('確認', { concurrency: false }, () => {
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

  const WRONG_PROOFS: readonly {
    readonly title: string;
    readonly shows: () => Promise<ClientIdentity | undefined>;
    readonly why: keyof typeof PROOF_FAILURES;
  }[] = [
    { title: 'with the old certificate', shows: async () => own.shows, why: 'old-shown' },
    { title: 'with none', shows: async () => undefined, why: 'none-shown' },
    {
      title: "with another user's",
      shows: async () => (await customer()).shows,
      why: 'other-shown',
    },
  ];
  for (const { title, shows, why } of WRONG_PROOFS) {
    test(`確認 ${title} changes nothing, and the token still serves`, async () => {
      const successor = await renew(session, newKey());
      const begun = await beginProof(session);
      const { origin } = session;
      const failed = await presentProof(koshin, begun, { origin, shows: await shows() });
      assert.equal(failed.answer.heading, PROOF_FAILURES[why].title.ja);
      assert.ok(failed.answer.text.includes(PROOF_FAILED.safe.ja));
      assert.ok(failed.answer.body.includes(`href="${session.origin}/renewal"`), 'the way back');
      assert.deepEqual(await recordsOf(failed.answer, koshin), ['request-refused']);
      const { inquiry = '' } = failed.answer;
      const told = inquiryText(inquiry, await findInquiry(inquiry, koshin.house.db));
      assert.ok(told.includes(PROOF_FAILURES[why].title.ja), told);
      assert.ok(told.includes(PROOF_FAILURES[why].reason.ja), told);
      assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
      const retry = /action="([^"]*)" id="proof-form"/.exec(failed.answer.body)?.[1] ?? '';
      assert.notEqual(new URL(retry).origin, failed.origin);
      const again = { ...begun, address: retry };
      const second = await presentProof(koshin, again, {
        origin: failed.origin,
        shows: await shows(),
      });
      assert.ok(
        second.answer.body.includes(`href="${session.origin}/renewal"`),
        'still the way back',
      );
      const address = { ...begun, address: retry };
      const proved = await presentProof(koshin, address, {
        origin: failed.origin,
        shows: successor.shows,
      });
      assert.equal(proved.answer.location, '/renewal/completed');
    });
  }

  test('a token serves once, for ten minutes, and only its own session', async () => {
    const successor = await renew(session, newKey());
    const { origin } = session;
    const late = await beginProof(session);
    koshin.clock.set(new Date(new Date(IN_WINDOW).getTime() + 10 * 60_000 + 1000));
    const expired = await presentProof(koshin, late, { origin, shows: successor.shows });
    assert.equal(expired.answer.heading, PROOF_FAILURES['token-invalid'].title.ja);
    koshin.clock.set(IN_WINDOW);
    const invented = { ...late, token: 'A'.repeat(43) };
    const unknown = await presentProof(koshin, invented, { origin, shows: successor.shows });
    assert.equal(unknown.answer.heading, PROOF_FAILURES['token-invalid'].title.ja);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
    const begun = await beginProof(session);
    const proved = await presentProof(koshin, begun, { origin, shows: successor.shows });
    assert.equal(proved.answer.location, '/renewal/completed');
    const twice = await presentProof(koshin, begun, { origin, shows: successor.shows });
    assert.equal(twice.answer.heading, PROOF_FAILURES['already-proved'].title.ja);
    assert.ok(!twice.answer.text.includes(PROOF_FAILED.safe.ja));
    assert.deepEqual(await recordsOf(twice.answer, koshin), ['request-refused']);
  });

  test("another session's token proves nothing of mine", async () => {
    const other = await customer();
    const otherSession = await loggedIn(koshin, other);
    const mine = await renew(session, newKey());
    await renew(otherSession, newKey());
    const begun = await beginProof(otherSession);
    const { origin } = session;
    const failed = await presentProof(koshin, begun, { origin, shows: mine.shows });
    assert.equal(failed.answer.status, 403);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
    assert.deepEqual(await statesOf(other, koshin), ['current', 'issued']);
  });

  test('確認 with the old certificate, suspended meanwhile, says so and offers no next try', async () => {
    await renew(session, newKey());
    const begun = await beginProof(session);
    const needs = { ...koshin.house, clock: koshin.clock };
    await suspendCertificates({ ...own.certificate, by: 'kanri01' }, needs);
    const { origin } = session;
    const failed = await presentProof(koshin, begun, { origin, shows: own.shows });
    assert.match(failed.answer.heading, /利用停止/);
    assert.doesNotMatch(failed.answer.body, /id="proof-form"/);
  });

  test('確認 has no longer life than the session that began it', async () => {
    const successor = await renew(session, newKey());
    const { origin } = session;
    const start = new Date(IN_WINDOW).getTime();
    for (let minutes = 10; minutes < 8 * 60; minutes += 10) {
      koshin.clock.set(new Date(start + minutes * 60_000));
      assert.equal((await session.visitor.get(`${origin}/notices`)).status, 200);
    }
    koshin.clock.set(new Date(start + 8 * 60 * 60_000));
    const begun = await beginProof(session);
    koshin.clock.set(new Date(start + 8 * 60 * 60_000 + 1000));
    const failed = await presentProof(koshin, begun, { origin, shows: successor.shows });
    assert.equal(failed.answer.status, 403);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
  });

  test('確認 goes on in the language in which it was begun, on its fresh host too', async () => {
    const { visitor, origin } = session;
    await visitor.get(`${origin}/notices?lang=en`);
    const renewed = await renew(session, newKey());
    const begun = await beginProof(session);
    const proved = await presentProof(koshin, begun, { origin, shows: renewed.shows });
    const page = await proved.visitor.get(proved.origin + proved.answer.location);
    assert.equal(page.heading, COMPLETED.title.en);
  });

  test('確認 asks for no PIN, and forgives no wrong one', async () => {
    const visitor = visitorOf(koshin, own.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    assert.equal((await submitPin(visitor, page, 'wrong123')).status, 403);
    const successor = await renew(session, newKey());
    const begun = await beginProof(session);
    const { origin } = session;
    const proved = await presentProof(koshin, begun, { origin, shows: successor.shows });
    assert.equal(proved.answer.location, '/renewal/completed');
    const person = await koshin.house.db
      .selectFrom('person')
      .select('pin_errors')
      .where('user_id', '=', own.certificate.identity.user)
      .executeTakeFirstOrThrow();
    assert.equal(person.pin_errors, 1);
  });

  for (const { who, change } of [
    { who: 'a stopped user', change: { stopped_at: new Date(IN_WINDOW) } },
    { who: 'a user whose PIN is locked', change: { pin_locked_at: new Date(IN_WINDOW) } },
  ]) {
    test(`確認 of ${who} proves nothing, though begun before`, async () => {
      const successor = await renew(session, newKey());
      const begun = await beginProof(session);
      await koshin.house.db
        .updateTable('person')
        .set(change)
        .where('user_id', '=', own.certificate.identity.user)
        .execute();
      const { origin } = session;
      const failed = await presentProof(koshin, begun, { origin, shows: successor.shows });
      assert.equal(failed.answer.status, 403);
      assert.doesNotMatch(failed.answer.body, /id="proof-form"/);
      assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
    });
  }

  test('更新 and 確認 by forms that no page of the session made are refused', async () => {
    const { visitor, origin } = session;
    const { request } = newKey();
    const fields = { accept: 'application/json' };
    for (const token of ['', 'A'.repeat(43)]) {
      const form = { 'form-token': token, request, unproven: 'keep' };
      const refused = await visitor.post(`${origin}/renewal`, form, fields);
      assert.deepEqual([refused.status, codeOf(refused)], [403, 'missing-token']);
    }
    assert.deepEqual(await statesOf(own, koshin), ['current']);
    await renew(session, newKey());
    const begun = await visitor.post(`${origin}/renewal/confirm`, { 'form-token': '' }, fields);
    assert.deepEqual([begun.status, codeOf(begun)], [403, 'missing-token']);
    const tokens = await koshin.house.db.selectFrom('proof_token').select('session').execute();
    const hash = sessionTokenHash(visitor.cookie(origin, '__Host-session') ?? '');
    assert.ok(!tokens.some((kept) => Buffer.compare(kept.session, hash) === 0));
  });

  test('after log off a token begun before proves nothing', async () => {
    const successor = await renew(session, newKey());
    const begun = await beginProof(session);
    await session.visitor.post(`${session.origin}/log-off`, {});
    const { origin } = session;
    const failed = await presentProof(koshin, begun, { origin, shows: successor.shows });
    assert.equal(failed.answer.status, 403);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
  });

  test('確認 from a page of another site or of the public host is refused', async () => {
    const successor = await renew(session, newKey());
    const begun = await beginProof(session);
    const publicOrigin = `https://${koshin.mihon.publicHost}:${koshin.port}`;
    const betsu = session.origin.replace('mihon', 'betsu');
    for (const origin of ['https://evil.example', publicOrigin, betsu, 'null']) {
      const failed = await presentProof(koshin, begun, { origin, shows: successor.shows });
      assert.equal(failed.answer.status, 403, origin);
    }
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
  });
});
