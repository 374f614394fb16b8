// The kinds of fault that other products had with logins by certificate: broken handshakes that became
// records, chains that had to be sent, sessions that outlived the card, certificates taken for each other.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, suite, test } from 'node:test';
import { connect } from 'node:tls';
import { inquiryText } from '../../src/commands/inquiry.ts';
import { sha256 } from '../../src/operations/certify.ts';
import { findInquiry } from '../../src/operations/find-inquiry.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { revokeCertificates } from '../../src/operations/withdraw-certificate.ts';
import { findCertificate, insertCertificate } from '../../src/store/certificates.ts';
import { inTransaction } from '../../src/store/database.ts';
import { PIN } from '../../src/words/login.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { openssl } from '../openssl.ts';
import {
  enter,
  forge,
  type Holding,
  loggedIn,
  makeCustomer,
  visitorOf,
} from '../system/customers.ts';
import { assertRefused } from '../system/refusals.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { ClientIdentity } from '../system/visitor.ts';

let koshin: TestKoshin;
let own: Holding;
let other: Holding;

suite('logins as other products had them', () => {
  before(async () => {
    koshin = await openTestKoshin();
    own = await makeCustomer('suzuki01', koshin);
    other = await makeCustomer('tanaka02', koshin);
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  test('handshakes: one that the browser breaks off is no refused login, and the next is served', async () => {
    const entries = await auditLength();
    await breakOff(`m-0001.${koshin.mihon.membersDomain}`);
    assert.equal(await auditLength(), entries);
    assert.equal(await headingFor(own.shows), PIN.title.ja);
  });

  for (const { name, above } of [
    { name: 'alone', above: () => [] },
    { name: 'with its issuer', above: () => [koshin.mihon.issuingCertificate] },
    { name: 'with another’s certificate behind it', above: () => [other.der] },
    {
      name: 'with a chain in the wrong order, and doubled',
      above: () => [other.der, koshin.mihon.issuingCertificate, koshin.mihon.issuingCertificate],
    },
  ]) {
    test(`chains: a certificate ${name} is its holder’s`, async () => {
      const visitor = visitorOf(koshin, withChain(own.shows, above()));
      const page = await enter(visitor, koshin.mihon, koshin);
      assert.equal(page.heading, PIN.title.ja);
      assert.ok(page.text.includes(own.certificate.identity.user));
    });
  }

  test('cards: once the card is pulled, the cookie of its session opens nothing', async () => {
    const { visitor, origin } = await loggedIn(koshin, own);
    const without = visitorOf(koshin);
    without.putCookie(origin, '__Host-session', visitor.cookie(origin, '__Host-session') ?? '');
    assertRefused(await without.get(`${origin}/notices`), 'no-certificate');
    assert.equal((await visitor.get(`${origin}/notices`)).status, 200);
  });

  test('serials: the same one of two institutions is two certificates, and one revoked revokes one', async () => {
    const mine = await makeCustomer('twin1', koshin);
    const theirs = await makeCustomer('twin1', koshin, { bank: koshin.betsu });
    const twin = await withSerialOf(mine, theirs);
    await revokeCertificates({ ...mine.certificate, by: 'test' }, needs());
    const refused = await enter(visitorOf(koshin, mine.shows), koshin.mihon, koshin);
    assertRefused(refused, 'revoked');
    const page = await enter(visitorOf(koshin, twin.shows), koshin.betsu, koshin);
    assert.equal(page.heading, PIN.title.ja);
    // Nor does it open the other institution's pages.
    const elsewhere = await enter(visitorOf(koshin, twin.shows), koshin.mihon, koshin);
    assertRefused(elsewhere, 'unknown-issuer');
  });

  test('serials: the help desk reads the one that openssl shows', async () => {
    const revoked = await makeCustomer('serial1', koshin);
    await revokeCertificates({ ...revoked.certificate, by: 'test' }, needs());
    const { inquiry = '' } = await enter(visitorOf(koshin, revoked.shows), koshin.mihon, koshin);
    const text = inquiryText(inquiry, await findInquiry(inquiry, koshin.house.db));
    const said = openssl(['x509', '-inform', 'der', '-noout', '-serial'], revoked.der);
    const [, serial = ''] = /^serial=([0-9A-F]+)/.exec(said) ?? [];
    assert.ok(serial.length > 30);
    assert.ok(text.includes(`serial ${serial.toLowerCase()}`), text);
  });

  test('mix-ups: a certificate of one user and the PIN of another are refused, never a fault of ours', async () => {
    const third = await makeCustomer('mixed1', koshin, { pin: 'third1234' });
    const visitor = visitorOf(koshin, third.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    const form = { 'form-token': page.formToken ?? '', pin: TEST_PIN };
    const answer = await visitor.post(new URL('/pin', page.url).href, form);
    assert.equal(answer.status, 403);
    assert.match(answer.inquiry ?? '', /^[0-9A-Z]{8}$/);
    const text = inquiryText(
      answer.inquiry ?? '',
      await findInquiry(answer.inquiry ?? '', koshin.house.db),
    );
    assert.ok(text.includes(REFUSALS['wrong-pin'].title.ja), text);
  });
});

/** A client that goes away when the server has asked for its certificate. */
async function breakOff(servername: string): Promise<void> {
  const socket = connect({
    host: '127.0.0.1',
    port: koshin.port,
    servername,
    ca: koshin.serverAuthorityPem,
    ...own.shows,
  });
  // The keys of the handshake are there: nothing of ours has been sent since the greeting.
  socket.once('keylog', () => socket.destroy());
  await once(socket, 'close');
  assert.equal(socket.authorized, false);
}

/** The same serial in a certificate of the other institution, recorded there and proved by a login. */
async function withSerialOf({ certificate: { serial } }: Holding, like: Holding): Promise<Holding> {
  await revokeCertificates({ ...like.certificate, by: 'test' }, needs());
  const { certificate } = like;
  const bank = koshin.betsu;
  const changes = { serialNumber: serial };
  const { der, spkiSha256, shows } = forge({ like: certificate, bank, by: 'issuing-key', changes });
  const { identity, slot, issuer, commonName, home, notBefore, notAfter, issuedAt } = certificate;
  const record = { identity, slot, issuer, commonName, home, notBefore, notAfter, issuedAt };
  const keys = { spkiSha256, keyIdentity: spkiSha256 };
  await inTransaction(koshin.house.db, async (tx) => {
    const made = {
      serial,
      sha256: sha256(der),
      der,
      predecessor: null,
      acquiredAs: 'first' as const,
    };
    await insertCertificate({ ...record, ...made, ...keys }, tx);
  });
  const twin = await findCertificate(bank.code, sha256(der), koshin.house.db);
  assert.ok(twin);
  await logIn({ evidence: { kind: 'mutual-tls', certificate: twin }, pin: TEST_PIN }, needs());
  return { certificate: twin, der, shows };
}

function withChain({ cert, key }: ClientIdentity, above: readonly Uint8Array[]): ClientIdentity {
  return { cert: cert + above.map((der) => encodePem(der, 'CERTIFICATE')).join(''), key };
}

async function headingFor(shows: ClientIdentity): Promise<string> {
  return (await enter(visitorOf(koshin, shows), koshin.mihon, koshin)).heading;
}

async function auditLength(): Promise<number> {
  return (await koshin.house.db.selectFrom('audit_entry').select('entry').execute()).length;
}

function needs() {
  return { ...koshin.house, clock: koshin.clock };
}
