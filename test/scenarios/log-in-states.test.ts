// Whatever a visitor shows in the handshake gets the page that fits it. What our key signed is
// recorded under the number on the page; strangers leave no trace in the audit log.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import { logIn } from '../../src/operations/log-in.ts';
import {
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import { insertCertificate } from '../../src/store/certificates.ts';
import { inTransaction } from '../../src/store/database.ts';
import { PIN } from '../../src/words/login.ts';
import type { RefusalKind } from '../../src/words/refusals.ts';
import { encodePem } from '../../src/x509/pem.ts';
import {
  enter,
  type Forged,
  forge,
  type Holding,
  loggedIn,
  makeCustomer,
  renewOf,
  submitPin,
  visitorOf,
} from '../system/customers.ts';
import { assertRefused, entriesOf } from '../system/refusals.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { ClientIdentity } from '../system/visitor.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const AFTER_THE_END = '2028-01-06T03:00:00Z';
const BEFORE_THE_BEGINNING = '2027-01-05T01:59:59Z';

let koshin: TestKoshin;
let users = 0;
type Case = {
  readonly name: string;
  /** Makes what the visitor shows, of a customer whose certificate is in use. */
  readonly show: (own: Holding) => ClientIdentity | undefined | Promise<ClientIdentity | undefined>;
  readonly kind: RefusalKind;
  readonly recorded: boolean;
  readonly at?: string;
};

const OURS: readonly Case[] = [
  { name: 'a superseded certificate', kind: 'superseded', recorded: true, show: superseded },
  {
    name: 'a certificate replaced by 取得し直す',
    kind: 'replaced',
    recorded: true,
    show: replaced,
  },
  { name: 'a revoked certificate', kind: 'revoked', recorded: true, show: revoked },
  {
    name: 'the unproven successor of a revoked one',
    kind: 'revoked',
    recorded: true,
    show: revokedSuccessor,
  },
  { name: 'a suspended certificate', kind: 'suspended', recorded: true, show: suspended },
  {
    name: 'an expired certificate',
    kind: 'expired',
    recorded: true,
    at: AFTER_THE_END,
    show: ({ shows }) => shows,
  },
  {
    name: 'a certificate before its time',
    kind: 'not-yet-valid',
    recorded: true,
    at: BEFORE_THE_BEGINNING,
    show: ({ shows }) => shows,
  },
  {
    name: 'a certificate that our key signed and nobody recorded',
    kind: 'unknown-certificate',
    recorded: true,
    show: ({ certificate }) =>
      forge({ like: certificate, bank: koshin.mihon, by: 'issuing-key' }).shows,
  },
  {
    name: 'a serverAuth certificate that our key signed and nobody recorded',
    kind: 'not-for-login',
    recorded: true,
    show: (own) => serverAuth(own).shows,
  },
  {
    name: 'a recorded serverAuth certificate',
    kind: 'not-for-login',
    recorded: true,
    show: recordedServerAuth,
  },
];

const STRANGERS: readonly Case[] = [
  { name: 'no certificate', kind: 'no-certificate', recorded: false, show: () => undefined },
  {
    name: 'a certificate of another institution whose CA bears the same name',
    kind: 'unknown-issuer',
    recorded: false,
    show: async () => await elsewhere(),
  },
  {
    name: 'an expired one of another institution whose CA bears the same name',
    kind: 'unknown-issuer',
    recorded: false,
    at: AFTER_THE_END,
    show: async () => await elsewhere(),
  },
  {
    name: 'a self-made certificate with every name, serial and key identifier of a real one',
    kind: 'unknown-issuer',
    recorded: false,
    show: (own) => selfMade(own).shows,
  },
  {
    name: 'an expired self-made certificate with the names of a real one',
    kind: 'unknown-issuer',
    recorded: false,
    at: AFTER_THE_END,
    show: (own) => selfMade(own).shows,
  },
  {
    name: 'a self-made certificate that brings our own issuing certificate along',
    kind: 'unknown-issuer',
    recorded: false,
    show: (own) => withChain(selfMade(own).shows, [koshin.mihon.issuingCertificate]),
  },
  {
    name: 'a self-made certificate followed by a real one',
    kind: 'unknown-issuer',
    recorded: false,
    show: (own) => withChain(selfMade(own).shows, [own.der, koshin.mihon.issuingCertificate]),
  },
];

suite('what is shown in the handshake', () => {
  before(async () => {
    koshin = await openTestKoshin({ now: ISSUED });
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  for (const { name, show, kind, recorded, at = IN_WINDOW } of [...OURS, ...STRANGERS]) {
    test(`${name} gets its own page${recorded ? ' and is recorded' : ' and no audit entry'}`, async () => {
      koshin.clock.set(ISSUED);
      users += 1;
      const user = `user${users}`;
      const shows = await show(await makeCustomer(user, koshin));
      koshin.clock.set(at);
      const entries = await auditLength();
      const page = await enter(visitorOf(koshin, shows), koshin.mihon, koshin);
      assertRefused(page, kind);
      assert.equal(page.formToken, undefined);
      const found = await entriesOf(page, koshin);
      if (!recorded) {
        assert.equal(await auditLength(), entries);
        return;
      }
      assert.deepEqual(
        found.map(({ event, detail }) => [event, detail['code']]),
        [['certificate-refused', kind]],
      );
      assert.equal(await auditLength(), entries + 1);
    });
  }

  test('the page of a superseded certificate names the one to choose instead', async () => {
    const own = await customerInWindow();
    const successor = await renewOf(own, koshin);
    await prove(successor);
    const page = await enter(visitorOf(koshin, own.shows), koshin.mihon, koshin);
    assert.ok(page.text.includes(own.certificate.commonName));
    assert.ok(page.text.includes(successor.certificate.commonName));
  });

  test('a stranger’s page shows what was shown and nothing of our records', async () => {
    const own = await customerInWindow();
    await revokeCertificates({ ...own.certificate, by: 'test' }, needs());
    const page = await enter(visitorOf(koshin, selfMade(own).shows), koshin.mihon, koshin);
    assertRefused(page, 'unknown-issuer');
    assert.ok(page.text.includes(own.certificate.commonName));
  });

  test('a successor that waits for its proof is asked for the PIN, and the old one still is too', async () => {
    const own = await customerInWindow();
    const successor = await renewOf(own, koshin);
    for (const { shows } of [own, successor]) {
      const page = await enter(visitorOf(koshin, shows), koshin.mihon, koshin);
      assert.equal(page.status, 200);
      assert.equal(page.heading, PIN.title.ja);
    }
  });

  test('the PIN page names whose certificate was shown; the right PIN leads to the notices', async () => {
    const own = await customerInWindow();
    const visitor = visitorOf(koshin, own.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    assert.equal(page.status, 200);
    assert.equal(page.heading, PIN.title.ja);
    assert.ok(page.text.includes(own.certificate.identity.contract));
    assert.ok(page.text.includes(own.certificate.identity.user));
    const answer = await submitPin(visitor, page, TEST_PIN);
    assert.deepEqual([answer.status, answer.location], [303, '/notices']);
    const notices = await visitor.get(new URL('/notices', page.url).href);
    assert.equal(notices.heading, '重要なお知らせ');
    assert.ok(notices.text.includes('電子証明書の更新をお願いします'));
  });

  test('the session of one user does not go on with the certificate of another', async () => {
    const mine = await customerInWindow();
    const other = await customerInWindow();
    const { visitor, origin } = await loggedIn(koshin, mine);
    const thief = visitorOf(koshin, other.shows);
    thief.putCookie(origin, '__Host-session', visitor.cookie(origin, '__Host-session') ?? '');
    const page = await thief.get(`${origin}/notices`);
    assertRefused(page, 'certificate-changed');
    const [entry] = await entriesOf(page, koshin);
    assert.equal(entry?.user_id, other.certificate.identity.user);
  });

  test('a stopped user is told so, and it is on record', async () => {
    const own = await customerInWindow();
    const { user } = own.certificate.identity;
    const visitor = visitorOf(koshin, own.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    await koshin.house.db
      .updateTable('person')
      .set({ stopped_at: koshin.clock.now() })
      .where('user_id', '=', user)
      .execute();
    const answer = await submitPin(visitor, page, TEST_PIN);
    assertRefused(answer, 'user-stopped');
    assert.equal((await entriesOf(answer, koshin))[0]?.user_id, user);
  });
});

async function superseded(own: Holding): Promise<ClientIdentity> {
  koshin.clock.set(IN_WINDOW);
  await prove(await renewOf(own, koshin));
  return own.shows;
}

async function replaced(own: Holding): Promise<ClientIdentity> {
  koshin.clock.set(IN_WINDOW);
  const { shows } = await renewOf(own, koshin);
  await renewOf(own, koshin, 'replace');
  return shows;
}

async function revoked({ certificate, shows }: Holding): Promise<ClientIdentity> {
  await revokeCertificates({ ...certificate, by: 'test' }, needs());
  return shows;
}

async function revokedSuccessor(own: Holding): Promise<ClientIdentity> {
  koshin.clock.set(IN_WINDOW);
  const { shows } = await renewOf(own, koshin);
  await revoked(own);
  return shows;
}

async function suspended({ certificate, shows }: Holding): Promise<ClientIdentity> {
  await suspendCertificates({ ...certificate, by: 'test' }, needs());
  return shows;
}

async function elsewhere(): Promise<ClientIdentity> {
  koshin.clock.set(ISSUED);
  const { certificate, shows } = await makeCustomer(`user${users}`, koshin, { bank: koshin.betsu });
  assert.equal(certificate.identity.institution, '1395');
  return shows;
}

function selfMade({ certificate }: Holding): Forged {
  return forge({
    like: certificate,
    bank: koshin.mihon,
    by: 'another-key',
    changes: { serialNumber: certificate.serial },
  });
}

function serverAuth({ certificate }: Holding): Forged {
  const edit = (tbs: Uint8Array): Uint8Array => {
    // id-kp-clientAuth, turned into id-kp-serverAuth.
    const at = Buffer.from(tbs).indexOf('06082b06010505070302', 'hex');
    assert.ok(at > 0);
    return Uint8Array.from(tbs, (octet, i) => (i === at + 9 ? 1 : octet));
  };
  return forge({ like: certificate, bank: koshin.mihon, by: 'issuing-key', edit });
}

async function recordedServerAuth(own: Holding): Promise<ClientIdentity> {
  await revoked(own);
  const serial = new Uint8Array(20).fill(users);
  const { der, spkiSha256, shows } = serverAuth(own);
  const sha256 = new Uint8Array(createHash('sha256').update(der).digest());
  const { identity, slot, issuer, commonName, home, notBefore, notAfter, issuedAt } =
    own.certificate;
  const record = { identity, slot, issuer, commonName, home, notBefore, notAfter, issuedAt };
  await inTransaction(koshin.house.db, async (tx) => {
    const keys = { spkiSha256, keyIdentity: spkiSha256 };
    await insertCertificate(
      { ...record, serial, sha256, der, ...keys, predecessor: null, acquiredAs: 'first' },
      tx,
    );
  });
  return shows;
}

function withChain({ cert, key }: ClientIdentity, above: readonly Uint8Array[]): ClientIdentity {
  return { cert: cert + above.map((der) => encodePem(der, 'CERTIFICATE')).join(''), key };
}

async function customerInWindow(): Promise<Holding> {
  koshin.clock.set(ISSUED);
  users += 1;
  const own = await makeCustomer(`user${users}`, koshin);
  koshin.clock.set(IN_WINDOW);
  return own;
}

async function prove({ certificate }: Holding): Promise<void> {
  await logIn({ evidence: { kind: 'mutual-tls', certificate }, pin: TEST_PIN }, needs());
}

async function auditLength(): Promise<number> {
  return (await koshin.house.db.selectFrom('audit_entry').select('entry').execute()).length;
}

function needs() {
  return { ...koshin.house, clock: koshin.clock };
}
