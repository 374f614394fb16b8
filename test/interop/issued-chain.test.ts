// The chain a bank issues, from its root to a user's certificate, judged by openssl, GnuTLS, NSS and
// Java. The bank is founded at this machine's own time: GnuTLS and Java can be told no other.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { listAuthorities } from '../../src/store/institutions.ts';
import { decodePemAll, encodePem } from '../../src/x509/pem.ts';
import { openTestBank } from '../system/test-bank.ts';
import { Folder, output, unlessInstalled } from './programs.ts';

const NOW = new Date();
const AFTER_END = new Date(NOW.getTime() + 500 * 24 * 60 * 60 * 1000);

const folder = new Folder();
after(() => folder[Symbol.dispose]());

before(async () => {
  await using mihon = await openTestBank({ founded: NOW.toISOString() });
  const authorities = await listAuthorities(mihon.bank.code, mihon.db);
  const root = authorities.find(({ purpose }) => purpose === 'root')?.certificate;
  assert.ok(root, 'the bank has a root');
  const { der } = await mihon.customer('suzuki01');
  const { issuingCertificate } = mihon.bank;
  for (const [name, one] of Object.entries({ root, issuing: issuingCertificate, user: der })) {
    writeFileSync(folder.file(`${name}.pem`), encodePem(one, 'CERTIFICATE'));
  }
  const chain = [der, issuingCertificate, root].map((one) => encodePem(one, 'CERTIFICATE'));
  writeFileSync(folder.file('chain.pem'), chain.join(''));
});

test('openssl takes the issued chain for a TLS client, at its strictest', () => {
  assert.equal(opensslVerify(NOW), `${folder.file('user.pem')}: OK\n`);
});

test('openssl refuses the chain past the end of the certificate', () => {
  assert.throws(() => opensslVerify(AFTER_END), /certificate has expired/);
});

test('GnuTLS takes the issued chain', { skip: unlessInstalled('certtool') }, () => {
  assert.match(certtoolVerify('chain.pem'), /Chain verification output: Verified/);
});

test('GnuTLS refuses the chain with one bit of the certificate changed', {
  skip: unlessInstalled('certtool'),
}, () => {
  const [user, ...above] = decodePemAll(
    readFileSync(folder.file('chain.pem'), 'utf8'),
    'CERTIFICATE',
  );
  assert.ok(user);
  user[user.length - 1] = (user.at(-1) ?? 0) ^ 1;
  const chain = [user, ...above].map((one) => encodePem(one, 'CERTIFICATE'));
  writeFileSync(folder.file('changed.pem'), chain.join(''));
  assert.throws(() => certtoolVerify('changed.pem'), saying(/Not verified/));
});

test('NSS takes the issued chain for a TLS client', { skip: unlessInstalled('certutil') }, () => {
  assert.match(nssVerify(NOW), /certificate is valid/);
});

test('NSS refuses the chain past the end of the certificate', {
  skip: unlessInstalled('certutil'),
}, () => {
  assert.throws(() => nssVerify(AFTER_END), saying(/expired/i));
});

test('Java takes the issued chain', { skip: unlessInstalled('keytool') }, () => {
  const store = ['-keystore', folder.file('java.p12'), '-storepass', 'mihon-test'];
  const keytool = (...args: readonly string[]): string => output('keytool', args);
  // `-noprompt` is only given for the root: the others are taken because they verify under it.
  keytool('-importcert', '-noprompt', '-alias', 'root', '-file', folder.file('root.pem'), ...store);
  for (const name of ['issuing', 'user']) {
    keytool('-importcert', '-alias', name, '-file', folder.file(`${name}.pem`), ...store);
  }
  const listed = keytool('-list', '-v', '-alias', 'user', ...store);
  const serial = new X509Certificate(output('openssl', ['x509', '-in', folder.file('user.pem')]))
    .serialNumber;
  assert.match(listed, new RegExp(`Serial number: ${serial.replace(/^0+/, '')}`, 'i'));
  assert.match(listed, /clientAuth/);
});

function opensslVerify(at: Date): string {
  return output('openssl', [
    'verify',
    ...['-x509_strict', '-check_ss_sig', '-purpose', 'sslclient'],
    ...['-attime', String(Math.floor(at.getTime() / 1000))],
    ...['-CAfile', folder.file('root.pem'), '-untrusted', folder.file('issuing.pem')],
    folder.file('user.pem'),
  ]);
}

function certtoolVerify(chain: string): string {
  return output('certtool', [
    '--verify',
    ...['--load-ca-certificate', folder.file('root.pem'), '--infile', folder.file(chain)],
    ...['--verify-purpose', '1.3.6.1.5.5.7.3.2'],
  ]);
}

function nssVerify(at: Date): string {
  using store = new Folder();
  const certutil = (...args: readonly string[]): string =>
    output('certutil', [...args, '-d', `sql:${store.path}`]);
  certutil('-N', '--empty-password');
  const held = [
    { name: 'root', trust: 'CT,,' },
    { name: 'issuing', trust: ',,' },
    { name: 'user', trust: ',,' },
  ];
  for (const { name, trust } of held) {
    certutil('-A', '-a', '-n', name, '-t', trust, '-i', folder.file(`${name}.pem`));
  }
  const moment = at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return certutil('-V', '-n', 'user', '-u', 'C', '-e', '-b', `${moment}Z`);
}

/** Both programs print why on standard output, which the error of a failed command carries. */
function saying(what: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof Error && 'stdout' in error && what.test(String(error.stdout));
}
