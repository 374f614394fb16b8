// How sessions of a passkey end, and what their cookie tells afterwards: nothing, but what their certificate's
// end has to tell.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { logOff } from '../../src/operations/log-off.ts';
import { sessionTokenHash } from '../../src/operations/open-session.ts';
import { revokeCertificates } from '../../src/operations/withdraw-certificate.ts';
import { findSession } from '../../src/store/sessions.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import {
  type DeviceHolding,
  type DeviceSession,
  loggedInByPasskey,
  makeDeviceCustomer,
} from '../system/device-client.ts';
import { assertRefused } from '../system/refusals.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const ISSUED = '2027-01-05T03:00:00Z';
const AFTER_THE_END = '2028-01-10T03:00:00Z';
const COOKIE = '__Host-session';

let koshin: TestKoshin;
let own: DeviceHolding;
let session: DeviceSession;
let users = 0;

const later = (minutes: number) =>
  koshin.clock.set(new Date(koshin.clock.now().getTime() + minutes * 60_000));
const page = async (path: string) => await session.visitor.get(`${session.origin}${path}`);
const token = () => session.visitor.cookie(session.origin, COOKIE) ?? '';

async function endReason(): Promise<string | null | undefined> {
  const { db } = koshin.house;
  const found = await findSession(koshin.mihon.code, sessionTokenHash(token()), db);
  return found?.endReason;
}

async function entries(): Promise<number> {
  return (await koshin.house.db.selectFrom('audit_entry').select('entry').execute()).length;
}

/** Logs off on the page; the browser keeps the cookie all the same, as one who stole it would. */
async function logOffByForm(): Promise<void> {
  const stolen = token();
  const form = { 'form-token': (await page('/notices')).formToken ?? '' };
  await session.visitor.post(`${session.origin}/log-off`, form);
  session.visitor.putCookie(session.origin, COOKIE, stolen);
}

suite('the end of a session of a passkey', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    koshin.clock.set(ISSUED);
    users += 1;
    own = await makeDeviceCustomer(`device${users}`, koshin);
    session = await loggedInByPasskey(koshin, own);
  });

  test('log-off ends it, and its cookie opens nothing any more', async () => {
    await logOffByForm();
    assert.equal(await endReason(), 'log-off');
    assertRefused(await page('/notices'), 'session-ended');
  });

  test('the cookie of one that ended tells nothing of its certificate', async () => {
    await logOffByForm();
    koshin.clock.set(AFTER_THE_END);
    const answer = await page('/notices');
    assertRefused(answer, 'session-ended');
    assert.ok(!answer.body.includes(own.certificate.commonName));
  });

  test('the cookie of one whose certificate was withdrawn tells so', async () => {
    await revokeCertificates({ ...own.certificate, by: 'kanri01' }, needs());
    assertRefused(await page('/notices'), 'revoked');
  });

  test('the login page looks at the cookie and leaves nothing on record', async () => {
    await revokeCertificates({ ...own.certificate, by: 'kanri01' }, needs());
    const earlier = await entries();
    assert.equal((await page('/')).status, 200);
    assert.equal(await entries(), earlier);
  });

  test('unused for a quarter of an hour it is over, and used within that time it goes on', async () => {
    later(15);
    assert.equal((await page('/notices')).status, 200);
    later(15);
    assert.equal((await page('/notices')).status, 200);
    later(16);
    assertRefused(await page('/notices'), 'session-ended');
    assert.equal(await endReason(), 'idle');
  });

  test('after its whole time it is over, however much it was used', async () => {
    const { total, idle } = { total: 8 * 60, idle: 15 };
    for (let minutes = 0; minutes < total; minutes += idle) {
      later(idle);
      assert.equal((await page('/notices')).status, 200);
    }
    later(1);
    assertRefused(await page('/notices'), 'session-ended');
    assert.equal(await endReason(), 'total');
  });

  test('the host of passkeys ends no session of a certificate in a file', async () => {
    const file = await loggedIn(koshin, await makeCustomer(`file${users}`, koshin));
    const fileToken = file.visitor.cookie(file.origin, COOKIE) ?? '';
    session.visitor.putCookie(session.origin, COOKIE, fileToken);
    await session.visitor.post(`${session.origin}/log-off`, {});
    assert.equal((await file.visitor.get(`${file.origin}/notices`)).status, 200);
  });

  test('a host that asks for certificates ends no session of a passkey', async () => {
    const { certificate, visitor } = { ...own, ...session };
    const members = `https://m-0001.${koshin.mihon.membersDomain}:${koshin.port}`;
    visitor.putCookie(members, COOKIE, token());
    await visitor.post(`${members}/log-off`, {});
    assert.equal(await endReason(), null);
    // Nor one that shows the session's own certificate, which no browser could.
    const by = { kind: 'mutual-tls', shown: certificate.sha256 } as const;
    const leaving = { institution: koshin.mihon.code, token: token(), by };
    assert.equal(await logOff(leaving, needs()), 'not-theirs');
    assert.equal(await endReason(), null);
  });
});

function needs() {
  return { ...koshin.house, clock: koshin.clock };
}
