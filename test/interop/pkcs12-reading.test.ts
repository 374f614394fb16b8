// Files that other programs have written, as Koshin reads them: OpenSSL's, NSS's, keytool's.
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Pkcs12, readPkcs12 } from '../../src/cms/read-pkcs12.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { Folder, output, unlessInstalled } from './programs.ts';
import { sampleIdentity } from './sample-identity.ts';

const PASSWORD = 'foo-bar-baz';

const OPENSSL_FORMS = [
  { name: 'its own defaults', args: [] },
  { name: 'AES-128', args: ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC'] },
  { name: 'AES-192', args: ['-keypbe', 'AES-192-CBC', '-certpbe', 'AES-192-CBC'] },
  { name: '3DES in PBES2', args: ['-keypbe', 'DES-EDE3-CBC', '-certpbe', 'DES-EDE3-CBC'] },
  { name: 'its old defaults', args: ['-legacy'] },
  { name: 'RC2 of 128 bits', args: ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128'] },
  { name: 'no encryption', args: ['-keypbe', 'NONE', '-certpbe', 'NONE'] },
  { name: 'a MAC by SHA-384', args: ['-macalg', 'sha384'] },
  { name: 'a MAC by SHA-512', args: ['-macalg', 'sha512'] },
];

for (const { name, args } of OPENSSL_FORMS) {
  test(`a file by openssl with ${name} is read`, { skip: unlessInstalled('openssl') }, async () => {
    using folder = new Folder();
    checkRead(await readPkcs12(writtenByOpenssl(folder, PASSWORD, args), { password: PASSWORD }));
  });
}

test('a file by openssl with a Japanese password is read', {
  skip: unlessInstalled('openssl'),
}, async () => {
  using folder = new Folder();
  const password = 'パスワード𠮷';
  checkRead(await readPkcs12(writtenByOpenssl(folder, password, []), { password }));
});

test('what openssl writes without a MAC, or with DES of one key, is refused as what it is', async () => {
  using folder = new Folder();
  const without = writtenByOpenssl(folder, PASSWORD, ['-nomac']);
  await assert.rejects(readPkcs12(without, { password: PASSWORD }), { code: 'unprotected-file' });
  const des = writtenByOpenssl(folder, PASSWORD, ['-legacy', '-certpbe', 'PBE-SHA1-2DES']);
  await assert.rejects(readPkcs12(des, { password: PASSWORD }), { code: 'unsupported-algorithm' });
});

test('a file by pk12util is read', { skip: unlessInstalled('pk12util') }, async () => {
  using folder = new Folder();
  const db = `sql:${folder.path}`;
  writtenByOpenssl(folder, PASSWORD, []);
  output('certutil', ['-N', '-d', db, '--empty-password']);
  output('pk12util', ['-i', folder.file('file.p12'), '-W', PASSWORD, '-d', db]);
  const again = folder.file('again.p12');
  output('pk12util', ['-o', again, '-n', 'みほん', '-W', PASSWORD, '-d', db]);
  checkRead(await readPkcs12(readFileSync(again), { password: PASSWORD }));
});

test('a file by keytool is read', { skip: unlessInstalled('keytool') }, async () => {
  using folder = new Folder();
  writtenByOpenssl(folder, PASSWORD, []);
  const again = folder.file('again.p12');
  const from = ['-srckeystore', folder.file('file.p12'), '-srcstorepass', PASSWORD];
  const to = ['-destkeystore', again, '-deststorepass', PASSWORD, '-noprompt'];
  output('keytool', ['-importkeystore', ...from, ...to]);
  checkRead(await readPkcs12(readFileSync(again), { password: PASSWORD }));
});

/** The sample identity as openssl writes it. */
function writtenByOpenssl(folder: Folder, password: string, args: readonly string[]): Uint8Array {
  const { privateKeyPkcs8, certificate, chain } = sampleIdentity('RSA-3072');
  const pem = [
    encodePem(privateKeyPkcs8, 'PRIVATE KEY'),
    ...[certificate, ...chain].map((der) => encodePem(der, 'CERTIFICATE')),
  ];
  const source = folder.file('source.pem');
  writeFileSync(source, pem.join(''));
  const file = folder.file('file.p12');
  const names = ['-name', 'みほん', '-passout', `pass:${password}`];
  output('openssl', ['pkcs12', '-export', '-in', source, '-out', file, ...names, ...args]);
  return readFileSync(file);
}

function checkRead(read: Pkcs12): void {
  const want = sampleIdentity('RSA-3072');
  const certificates = read.certificates.map(({ der }) => der.toHex());
  assert.deepEqual(
    certificates.sort(),
    [want.certificate, ...want.chain].map((der) => der.toHex()).sort(),
  );
  assert.equal(
    publicKeyOf(read),
    parseCertificate(want.certificate).subjectPublicKeyInfo.der.toHex(),
  );
  assert.equal(read.keys[0]?.friendlyName, 'みほん');
  const leaf = read.certificates.find(({ der }) => der.toHex() === want.certificate.toHex());
  assert.deepEqual(leaf?.localKeyId, read.keys[0]?.localKeyId);
}

function publicKeyOf({ keys }: Pkcs12): string {
  const [{ der } = assert.fail('no key')] = keys;
  const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).toHex();
}
