import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { makeRevocationList } from '../../src/operations/make-revocation-list.ts';
import {
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { parseCertificateList } from '../../src/x509/certificate-list.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { openssl } from '../openssl.ts';
import { openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

// First certificates end on 2028-01-05; the window opens on 2027-12-06.
const IN_WINDOW = '2027-12-20T03:00:00Z';
const EDITION = {
  number: 7n,
  thisUpdate: new Date('2027-12-21T00:00:00Z'),
  nextUpdate: new Date('2027-12-22T00:00:00Z'),
  validAt: new Date('2027-12-20T00:00:00Z'),
};

/** Renews a certificate and proves the successor, which ends the old one. */
async function supersede(current: UserCertificate, world: TestBank): Promise<UserCertificate> {
  const key = makeRequest().csr;
  const asked = { current, policy: DEFAULT_POLICY, waiting: undefined, key } as const;
  const { certificate } = await renewCertificate(
    { ...asked, unproven: 'keep', touch: null },
    world.bank,
    world,
  );
  await logIn({ evidence: { kind: 'mutual-tls', certificate }, pin: TEST_PIN }, world);
  return certificate;
}

test('a CRL names what was revoked or superseded, and nothing that is current or suspended', async () => {
  await using world = await openTestBank();
  const [revoked, old, suspended] = [
    await world.customer('suzuki01'),
    await world.customer('sato02'),
    await world.customer('tanaka03'),
  ].map(({ certificate }) => certificate);
  assert.ok(revoked && old && suspended);
  world.clock.set(IN_WINDOW);
  await revokeCertificates({ identity: revoked.identity, slot: 1, by: 'test' }, world);
  await suspendCertificates({ identity: suspended.identity, slot: 1, by: 'test' }, world);
  const successor = await supersede(old, world);

  const der = await makeRevocationList(EDITION, world.bank, world.db);
  const { entries, extensions } = parseCertificateList(der);
  assert.equal(entries.count, 2);
  assert.equal(extensions.crlNumber, 7n);
  const [entry] = entries.find(revoked.serial);
  assert.equal(entry?.entry.extensions.reason, undefined);
  assert.deepEqual(entry?.entry.revocationDate, new Date(IN_WINDOW));
  assert.equal(entries.find(old.serial)[0]?.entry.extensions.reason, 'superseded');
  assert.deepEqual(entries.find(successor.serial), []);
  assert.deepEqual(entries.find(suspended.serial), []);
  const said = openssl(['crl', '-noout', '-text'], encodePem(der, 'X509 CRL'));
  assert.match(
    said,
    new RegExp(`Serial Number: ${Buffer.from(revoked.serial).toString('hex')}`, 'i'),
  );
});

test('a certificate leaves the CRL after the edition that follows its end', async () => {
  await using world = await openTestBank();
  const { certificate } = await world.customer('suzuki01');
  await revokeCertificates({ identity: certificate.identity, slot: 1, by: 'test' }, world);
  const at = async (validAt: Date) =>
    parseCertificateList(await makeRevocationList({ ...EDITION, validAt }, world.bank, world.db))
      .entries.count;
  assert.equal(await at(certificate.notAfter), 1);
  assert.equal(await at(new Date(certificate.notAfter.getTime() + 1000)), 0);
});
