// Who stole the cookie of a session that a passkey opened can read its pages, and start nothing that changes
// anything: every address that takes a POST is tried, with all that the pages themselves give.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { LOGIN_PATHS, MEMBER_PATHS } from '../../src/frame/paths.ts';
import { loggedIn, makeCustomer, visitorOf } from '../system/customers.ts';
import {
  change,
  type DeviceHolding,
  type DeviceSession,
  loggedInByPasskey,
  makeDeviceCustomer,
  renewOnDevice,
  saidIn,
} from '../system/device-client.ts';
import { newKey } from '../system/renewal-client.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const SESSION = '__Host-session';
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';

let koshin: TestKoshin;
let own: DeviceHolding;
let session: DeviceSession;

/** Everything that a request could change, but what is seen and what is refused. */
async function standing(): Promise<unknown> {
  const { db } = koshin.house;
  return [
    await db
      .selectFrom('session')
      .select(['token_hash', 'ended_at', 'fresh_hash', 'fresh_until'])
      .orderBy('token_hash')
      .execute(),
    await db.selectFrom('certificate').selectAll().orderBy('sha256').execute(),
    await db.selectFrom('credential').selectAll().orderBy('credential_id').execute(),
    await db.selectFrom('proof_token').selectAll().orderBy('token_hash').execute(),
    await db.selectFrom('person').selectAll().orderBy('user_id').execute(),
    await db
      .selectFrom('audit_entry')
      .select('event')
      .where('event', 'not in', ['request-refused', 'certificate-refused'])
      .orderBy('entry')
      .execute(),
  ];
}

/** The thief's browser: the cookie, and whatever the pages tell; not what the owner's tab keeps. */
function thief(fresh = ''): DeviceSession {
  const visitor = visitorOf(koshin);
  visitor.putCookie(session.origin, SESSION, session.visitor.cookie(session.origin, SESSION) ?? '');
  return { visitor, origin: session.origin, fresh };
}

/** Fields that would do, for every form there is. */
async function plausibleFields(wanted: string): Promise<Readonly<Record<string, string>>> {
  const passkey = new SoftwarePasskey();
  const challenge = { challenge: wanted, domain: koshin.mihon.passkeyDomain };
  return await Promise.resolve({
    ...passkey.registration(challenge, session.origin),
    ...passkey.assertion(challenge, session.origin),
    request: newKey().request,
    unproven: 'replace',
    pin: 'mihon1234',
    'proof-token': '',
    seal: '',
  });
}

const PATHS = [...new Set([...Object.values(MEMBER_PATHS), ...Object.values(LOGIN_PATHS)])].filter(
  (path) => path !== MEMBER_PATHS.logOff,
);

suite('a stolen session of a passkey', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ now: ISSUED });
    own = await makeDeviceCustomer('suzuki01', koshin);
    koshin.clock.set(IN_WINDOW);
    session = await loggedInByPasskey(koshin, own);
    // A successor waits, so that every step of a renewal has something to work on.
    await renewOnDevice(session, new SoftwarePasskey());
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  for (const fresh of ['', 'A'.repeat(43)]) {
    for (const path of PATHS) {
      test(`POST ${path} with ${fresh === '' ? 'no' : 'a made-up'} secret changes nothing`, async () => {
        const earlier = await standing();
        const { status } = await change(thief(fresh), path, await plausibleFields('A'.repeat(72)));
        // Two give out a challenge, which only the passkey can sign.
        const gives: readonly string[] = [LOGIN_PATHS.challenge, LOGIN_PATHS.touchWanted];
        assert.equal(status === 200, gives.includes(path), `${path} answered ${status}`);
        assert.deepEqual(await standing(), earlier);
      });
    }
  }

  test('a touch wanted by the thief cannot be answered with a passkey of their own', async () => {
    const earlier = await standing();
    const wanted = saidIn(await change(thief(), LOGIN_PATHS.touchWanted));
    const fields = await plausibleFields(String(wanted['challenge']));
    assert.equal((await change(thief(), LOGIN_PATHS.touch, fields)).status, 403);
    assert.deepEqual(await standing(), earlier);
  });

  test('the owner’s own page, with its secret, may change something meanwhile', async () => {
    assert.equal((await change(session, MEMBER_PATHS.deviceProofWanted)).status, 200);
  });

  test('cookies of one kind of host are worthless on the other', async () => {
    koshin.clock.set(ISSUED);
    const file = await makeCustomer('tanaka02', koshin);
    const members = await loggedIn(koshin, file);
    const memberToken = members.visitor.cookie(members.origin, SESSION) ?? '';
    koshin.clock.set(IN_WINDOW);
    const stranger = visitorOf(koshin);
    stranger.putCookie(session.origin, SESSION, memberToken);
    assert.equal((await stranger.get(`${session.origin}/notices`)).status, 403);
    const deviceToken = session.visitor.cookie(session.origin, SESSION) ?? '';
    members.visitor.putCookie(members.origin, SESSION, deviceToken);
    assert.equal((await members.visitor.get(`${members.origin}/notices`)).status, 403);
  });

  test('every refusal is on record with the session’s certificate', async () => {
    const answer = await change(thief(), MEMBER_PATHS.deviceWanted);
    const { inquiry } = saidIn(answer);
    const entry = await koshin.house.db
      .selectFrom('audit_entry')
      .select(['event', 'user_id', 'detail'])
      .where('inquiry', '=', String(inquiry))
      .executeTakeFirst();
    assert.deepEqual(entry, {
      event: 'request-refused',
      user_id: 'suzuki01',
      detail: { code: 'touch-needed', asked: `POST ${MEMBER_PATHS.deviceWanted}` },
    });
  });
});
