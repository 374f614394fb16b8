// Everything that a passkey, its thief or a page in between could send wrongly: each is refused with its page,
// and none opens or changes anything.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { sql } from 'kysely';
import type { RefusalCode } from '../../src/errors.ts';
import {
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import { openDatabase } from '../../src/store/database.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { visitorOf } from '../system/customers.ts';
import {
  change,
  type DeviceHolding,
  givePin,
  loggedInByPasskey,
  loginOrigin,
  makeDeviceCustomer,
  proveOnDevice,
  renewOnDevice,
  saidIn,
  sealIn,
  setPolicy,
  showPasskey,
  whatStands,
} from '../system/device-client.ts';
import { assertRefused, entriesOf } from '../system/refusals.ts';
import { codeOf } from '../system/renewal-client.ts';
import { SoftwarePasskey, type Twist } from '../system/software-passkey.ts';
import { quietLog } from '../system/test-database.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer } from '../system/visitor.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const AFTER_THE_END = '2028-01-10T03:00:00Z';
const UV = 0x04;
const BACKED_UP = 0x18;

let koshin: TestKoshin;
let users = 0;
let own: DeviceHolding;

async function customer(choice: Parameters<typeof makeDeviceCustomer>[2] = {}) {
  koshin.clock.set(ISSUED);
  users += 1;
  const made = await makeDeviceCustomer(`device${users}`, koshin, choice);
  koshin.clock.set(IN_WINDOW);
  return made;
}

const later = (minutes: number) =>
  koshin.clock.set(new Date(koshin.clock.now().getTime() + minutes * 60_000));

suite('refused passkeys', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    own = await customer();
  });

  const WRONG_ASSERTIONS: readonly { name: string; twist: () => Twist; code: RefusalCode }[] = [
    {
      name: 'for a page of another domain',
      twist: () => ({ origin: 'https://evil.example' }),
      code: 'assertion-invalid',
    },
    {
      name: 'for the public host’s page',
      twist: () => ({ origin: `https://mihon.localhost:${koshin.port}` }),
      code: 'assertion-invalid',
    },
    {
      name: 'for the passkey domain of another',
      twist: () => ({ domain: 'betsu.localhost' }),
      code: 'assertion-invalid',
    },
    {
      name: 'inside a foreign page',
      twist: () => ({ crossOrigin: true }),
      code: 'assertion-invalid',
    },
    {
      name: 'of the kind of a new passkey',
      twist: () => ({ type: 'webauthn.create' }),
      code: 'assertion-invalid',
    },
    { name: 'without user verification', twist: () => ({ clear: UV }), code: 'user-not-verified' },
    { name: 'with another’s handle', twist: () => ({ handle: 'AAAA' }), code: 'assertion-invalid' },
    {
      name: 'suddenly of a copied passkey',
      twist: () => ({ set: BACKED_UP }),
      code: 'assertion-invalid',
    },
    {
      name: 'over a challenge of its own',
      twist: () => ({ challenge: Buffer.alloc(54).toString('base64url') }),
      code: 'challenge-invalid',
    },
  ];
  for (const { name, twist, code } of WRONG_ASSERTIONS) {
    test(`signed ${name}: ${code}`, async () => {
      const earlier = await whatStands(koshin);
      const { page } = await showPasskey(koshin, own, { twist: twist() });
      assertRefused(page, code);
      assert.deepEqual(await whatStands(koshin), earlier);
      // Of a challenge that is none of ours nobody is asked who signed it.
      const known = code === 'challenge-invalid' ? [] : [own.certificate.identity.user];
      assert.deepEqual(await usersOnRecord(page), known);
    });
  }

  test('signed by another key under the ID of this one: assertion-invalid', async () => {
    const thief = new SoftwarePasskey();
    own.passkey.id.copy(thief.id);
    thief.handle = own.passkey.handle;
    const { page } = await showPasskey(koshin, { passkey: thief });
    assertRefused(page, 'assertion-invalid');
    assert.deepEqual(await usersOnRecord(page), []);
  });

  test('an ID longer than any passkey has is malformed', async () => {
    const passkey = new SoftwarePasskey('ES256', { idOctets: 1024 });
    const { page } = await showPasskey(koshin, { passkey });
    assert.equal(page.heading, REFUSALS.malformed.title.ja);
    assert.equal(page.status, 400);
  });

  test('a challenge that is none of ours is refused before the records are asked', async () => {
    const twist = { challenge: Buffer.alloc(54).toString('base64url') };
    const { page } = await showPasskey(koshin, { passkey: new SoftwarePasskey() }, { twist });
    assertRefused(page, 'challenge-invalid');
  });

  for (const signature of ['', 'AAAA', Buffer.alloc(256).toString('base64url')]) {
    test(`a signature of ${signature.length} characters that is none is refused: assertion-invalid`, async () => {
      for (const kind of ['ES256', 'RS256'] as const) {
        const holding = await customer({ passkey: new SoftwarePasskey(kind) });
        const { page } = await showPasskey(koshin, holding, { twist: { signature } });
        assertRefused(page, 'assertion-invalid');
        assert.deepEqual(await usersOnRecord(page), []);
      }
    });
  }

  test('an unknown passkey leaves nothing on record', async () => {
    const { page } = await showPasskey(koshin, { passkey: new SoftwarePasskey() });
    assertRefused(page, 'unknown-credential');
    assert.deepEqual(await entriesOf(page, koshin), []);
  });

  test('a passkey of another institution is unknown here', async () => {
    const elsewhere = await customer({ bank: koshin.betsu });
    elsewhere.passkey.handle = '';
    assertRefused((await showPasskey(koshin, elsewhere)).page, 'unknown-credential');
  });

  test('a challenge of another institution’s host is none here', async () => {
    const origin = loginOrigin(koshin, koshin.betsu);
    const answer = await visitorOf(koshin).post(`${origin}/passkey/challenge`, {});
    const challenge = String(saidIn(answer)['challenge']);
    assertRefused(
      (await showPasskey(koshin, own, { twist: { challenge } })).page,
      'challenge-invalid',
    );
  });

  test('sent a second time it is refused, and the refusal is on record under its number', async () => {
    const origin = loginOrigin(koshin, koshin.mihon);
    const visitor = visitorOf(koshin);
    const wanted = saidIn(await visitor.post(`${origin}/passkey/challenge`, {}));
    const challenge = String(wanted['challenge']);
    const signed = own.passkey.assertion({ challenge, domain: 'mihon.localhost' }, origin);
    assert.equal((await visitor.post(`${origin}/passkey`, signed)).status, 200);
    const again = await visitor.post(`${origin}/passkey`, signed);
    assert.equal(again.status, 409);
    assert.equal(again.heading, REFUSALS['challenge-used'].title.ja);
    const [entry] = await entriesOf(again, koshin);
    assert.equal(entry?.user_id, own.certificate.identity.user);
  });

  test('a challenge older than five minutes is refused', async () => {
    const answer = await visitorOf(koshin).post(
      `${loginOrigin(koshin, koshin.mihon)}/passkey/challenge`,
      {},
    );
    const challenge = String(saidIn(answer)['challenge']);
    later(6);
    const { page } = await showPasskey(koshin, own, { twist: { challenge } });
    assertRefused(page, 'challenge-invalid');
    assert.deepEqual(await usersOnRecord(page), [own.certificate.identity.user]);
  });

  test('a counter that went back is refused and raises the alarm', async () => {
    own.passkey.counter = 40;
    await loggedInByPasskey(koshin, own);
    const { page } = await showPasskey(koshin, own, { twist: { counter: 40 } });
    assertRefused(page, 'counter-went-back');
    const alarms = await koshin.house.db
      .selectFrom('audit_entry')
      .select('detail')
      .where('event', '=', 'counter-went-back')
      .where('user_id', '=', own.certificate.identity.user)
      .execute();
    assert.equal(alarms.length, 1);
    assert.equal((await entriesOf(page, koshin))[0]?.event, 'request-refused');
  });

  test('of two devices with one key that count alike, one opens a session and one is refused', async () => {
    own.passkey.counter = 40;
    const pages = await Promise.all([
      showPasskey(koshin, own, { twist: { counter: 50 } }),
      showPasskey(koshin, own, { twist: { counter: 50 } }),
    ]);
    const statuses = pages.map(({ page }) => page.status).toSorted((a, b) => a - b);
    assert.deepEqual(statuses, [200, 403]);
  });

  test('a passkey that does not count may be used again and again', async () => {
    const passkey = new SoftwarePasskey('ES256', { counts: false });
    const uncounted = await customer({ passkey });
    for (let login = 1; login <= 3; login += 1) await loggedInByPasskey(koshin, uncounted);
  });

  test('where policy wants the key bound to the device, a copied one is refused at login and at renewal', async () => {
    const synced = await customer({ passkey: new SoftwarePasskey('ES256', { isSynced: true }) });
    const session = await loggedInByPasskey(koshin, own);
    await setPolicy(koshin, { deviceBoundOnly: true });
    try {
      assertRefused((await showPasskey(koshin, synced)).page, 'synced-credential');
      const answer = await renewOnDevice(session, new SoftwarePasskey('ES256', { isSynced: true }));
      assert.equal(codeOf(answer), 'synced-credential');
      assert.equal((await renewOnDevice(session, new SoftwarePasskey())).status, 200);
    } finally {
      await setPolicy(koshin, {});
    }
  });

  test('a copied one is refused in its open session and at its proof as well, and nothing changes', async () => {
    const synced = () => new SoftwarePasskey('ES256', { isSynced: true });
    const holding = await customer({ passkey: synced() });
    const [open, session] = [
      await loggedInByPasskey(koshin, holding),
      await loggedInByPasskey(koshin, own),
    ];
    const passkey = synced();
    const wanted = await renewOnDevice(session, passkey);
    await setPolicy(koshin, { deviceBoundOnly: true });
    try {
      const earlier = await whatStands(koshin);
      assertRefused(await open.visitor.get(`${open.origin}/notices`), 'synced-credential');
      assert.equal(codeOf(await proveOnDevice(session, passkey, wanted)), 'synced-credential');
      assert.deepEqual(await whatStands(koshin), earlier);
    } finally {
      await setPolicy(koshin, {});
    }
  });

  test('a successor whose certificate our CA did not sign as it is kept proves nothing', async () => {
    const session = await loggedInByPasskey(koshin, own);
    const passkey = new SoftwarePasskey();
    const wanted = await renewOnDevice(session, passkey);
    await flipLastBit(own.certificate.identity.user);
    const earlier = await whatStands(koshin);
    assert.equal(codeOf(await proveOnDevice(session, passkey, wanted)), 'unknown-issuer');
    assert.deepEqual(await whatStands(koshin), earlier);
    await loggedInByPasskey(koshin, own);
  });

  test('where policy allows no passkeys, or files alone, the other home is refused', async () => {
    const session = await loggedInByPasskey(koshin, own);
    await setPolicy(koshin, { keyHomes: ['file'] });
    try {
      assert.equal(codeOf(await change(session, '/renewal/device/wanted')), 'policy-forbids');
    } finally {
      await setPolicy(koshin, {});
    }
  });

  for (const { kind, become } of [
    { kind: 'expired', become: async () => await Promise.resolve(koshin.clock.set(AFTER_THE_END)) },
    { kind: 'suspended', become: async () => await suspendCertificates(withdrawal(), needs()) },
    { kind: 'revoked', become: async () => await revokeCertificates(withdrawal(), needs()) },
  ] as const) {
    test(`the passkey of a certificate that is ${kind} gets its page, with data for an inquiry`, async () => {
      await become();
      const { page } = await showPasskey(koshin, own);
      assertRefused(page, kind);
      const [entry] = await entriesOf(page, koshin);
      assert.equal(entry?.event, 'certificate-refused');
      assert.equal(entry?.user_id, own.certificate.identity.user);
    });
  }

  test('withdrawn between the touch and the PIN, it opens nothing', async () => {
    const { visitor, page } = await showPasskey(koshin, own);
    await suspendCertificates(withdrawal(), needs());
    const answer = await givePin(visitor, page, { origin: loginOrigin(koshin, koshin.mihon) });
    assertRefused(answer, 'suspended');
  });

  test('the successor of a withdrawn certificate proves nothing, by touch or by login', async () => {
    const session = await loggedInByPasskey(koshin, own);
    const passkey = new SoftwarePasskey();
    const wanted = await renewOnDevice(session, passkey);
    await revokeCertificates(withdrawal(), needs());
    assert.equal((await proveOnDevice(session, passkey, wanted)).status, 403);
    assertRefused((await showPasskey(koshin, { passkey })).page, 'revoked');
  });

  const HOLDERS: readonly { name: string; become: () => Promise<unknown>; code: RefusalCode }[] = [
    {
      name: 'who was stopped',
      become: async () => await setPerson({ stopped_at: koshin.clock.now() }),
      code: 'user-stopped',
    },
    {
      name: 'whose PIN is locked',
      become: async () => await setPerson({ pin_locked_at: koshin.clock.now() }),
      code: 'pin-locked',
    },
  ];
  for (const { name, become, code } of HOLDERS) {
    test(`a holder ${name} is on record, though the browser has another’s cookie`, async () => {
      const other = await loggedInByPasskey(koshin, await customer());
      const { page } = await showPasskey(koshin, own, { visitor: other.visitor });
      await become();
      const answer = await givePin(other.visitor, page, { origin: other.origin });
      assertRefused(answer, code);
      const [entry] = await entriesOf(answer, koshin);
      assert.equal(entry?.user_id, own.certificate.identity.user);
    });
  }

  test('a PIN form that is not of this page is on record as its holder’s', async () => {
    const { visitor, page } = await showPasskey(koshin, own);
    const forged = { ...page, formToken: '' };
    const answer = await givePin(visitor, forged, { origin: loginOrigin(koshin, koshin.mihon) });
    assertRefused(answer, 'missing-token');
    const [entry] = await entriesOf(answer, koshin);
    assert.equal(entry?.user_id, own.certificate.identity.user);
  });

  test('one evidence opens one session, for five minutes, and on its own host only', async () => {
    const origin = loginOrigin(koshin, koshin.mihon);
    const { visitor, page } = await showPasskey(koshin, own);
    assert.equal((await givePin(visitor, page, { origin })).status, 200);
    assert.equal((await givePin(visitor, page, { origin })).status, 409);
    const late = await showPasskey(koshin, own);
    later(6);
    assertRefused(await givePin(late.visitor, late.page, { origin }), 'challenge-invalid');
    const moved = await showPasskey(koshin, own);
    const seal = sealIn(moved.page);
    const betsu = loginOrigin(koshin, koshin.betsu);
    assertRefused(
      await visitorOf(koshin).post(`${betsu}/pin`, { seal, pin: 'mihon1234' }),
      'challenge-invalid',
    );
    const handOver = await visitorOf(koshin).post(`${origin}/arrive`, { seal });
    assertRefused(handOver, 'challenge-invalid');
  });
});

function withdrawal() {
  return { ...own.certificate, by: 'kanri01' };
}

function needs() {
  return { ...koshin.house, clock: koshin.clock };
}

async function usersOnRecord(page: Answer): Promise<readonly (string | null)[]> {
  return (await entriesOf(page, koshin)).map(({ user_id }) => user_id);
}

async function setPerson(to: { stopped_at?: Date; pin_locked_at?: Date }): Promise<void> {
  const { user } = own.certificate.identity;
  await koshin.house.db.updateTable('person').set(to).where('user_id', '=', user).execute();
}

/** Spoils the signature of the successor that waits, as the tables' owner: the application's role could not. */
async function flipLastBit(user: string): Promise<void> {
  await using owner = openDatabase(koshin.owner, { log: quietLog });
  await sql`update certificate
    set der = set_byte(der, length(der) - 1, get_byte(der, length(der) - 1) # 1)
    where user_id = ${user} and state = 'issued'`.execute(owner);
}
