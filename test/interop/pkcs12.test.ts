// Files that Koshin writes, opened by the programs that people have: key and certificates come out as they went in.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { makePkcs12, type Pkcs12Variant } from '../../src/cms/make-pkcs12.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { decodePemAll } from '../../src/x509/pem.ts';
import { Folder, output, unlessInstalled } from './programs.ts';
import { type IdentityKind, pkcs8Of, sampleIdentity } from './sample-identity.ts';

const VARIANTS: readonly Pkcs12Variant[] = ['standard', 'compatible'];
const KINDS: readonly IdentityKind[] = ['RSA-3072', 'P-256'];
const TEXTS = [
  { texts: 'ASCII', friendlyName: 'mihon suzuki01 2027-12', password: 'k7fm-x2qp-9hdn-4vtr' },
  { texts: 'Japanese', friendlyName: 'みほん信用金庫 鈴木', password: 'パスワード' },
  { texts: 'composed', friendlyName: 'が', password: '\u{304c}\u{17c}ó\u{142}w' },
  { texts: 'decomposed', friendlyName: 'か\u{3099}', password: '\u{304b}\u{3099}ż' },
  { texts: 'surrogate pair', friendlyName: '𠮷野家', password: '𠮷-\u{1f511}-key' },
];

type Case = {
  readonly variant: Pkcs12Variant;
  readonly kind: IdentityKind;
  readonly texts: string;
  readonly friendlyName: string;
  readonly password: string;
};

const CASES: readonly Case[] = VARIANTS.flatMap((variant) =>
  KINDS.flatMap((kind) => TEXTS.map((text) => ({ variant, kind, ...text }))),
);

/** Runs `judge` with the file of a case, in a folder that goes away. */
async function withFile(each: Case, judge: (file: string, folder: Folder) => void): Promise<void> {
  using folder = new Folder();
  const file = folder.file('file.p12');
  writeFileSync(file, await makePkcs12({ ...sampleIdentity(each.kind), ...each }));
  judge(file, folder);
}

function checkContents(pem: string, kind: IdentityKind): void {
  const [key = assert.fail('no key')] = decodePemAll(pem, 'PRIVATE KEY');
  assert.equal(reencode(key), reencode(sampleIdentity(kind).privateKeyPkcs8));
  checkCertificates(pem, kind);
}

/** Programs differ in what they add to PKCS#8: attributes, or the public key. */
function reencode(pkcs8: Uint8Array): string {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return pkcs8Of(key).toHex();
}

function checkCertificates(pem: string, kind: IdentityKind): void {
  const want = sampleIdentity(kind);
  const certificates = decodePemAll(pem, 'CERTIFICATE').map((der) => der.toHex());
  assert.deepEqual(
    certificates.sort(),
    [want.certificate, ...want.chain].map((der) => der.toHex()).sort(),
  );
}

for (const each of CASES) {
  const { variant, kind, texts, friendlyName, password } = each;
  const title = `${variant} file, ${kind}, ${texts} texts`;

  test(`openssl opens a ${title}`, { skip: unlessInstalled('openssl') }, async () => {
    await withFile(each, (file) => {
      const pem = output('openssl', openSslArgs(file, password));
      checkContents(pem, kind);
      assert.equal(pem.match(/Microsoft Software Key Storage Provider/g)?.length, 1);
    });
  });

  test(`pk12util imports a ${title}`, { skip: unlessInstalled('pk12util') }, async () => {
    await withFile(each, (file, folder) => {
      const db = `sql:${folder.path}`;
      assert.ok(output('pk12util', ['-l', file, '-W', password]).includes(friendlyName));
      output('certutil', ['-N', '-d', db, '--empty-password']);
      output('pk12util', ['-i', file, '-W', password, '-d', db]);
      const again = folder.file('again.p12');
      output('pk12util', ['-o', again, '-n', friendlyName, '-W', 'again', '-d', db]);
      checkContents(output('openssl', openSslArgs(again, 'again')), kind);
    });
  });

  // GnuTLS composes a password's characters before it uses them, so that a decomposed one opens nothing.
  if (texts !== 'decomposed') {
    test(`certtool opens a ${title}`, { skip: unlessInstalled('certtool') }, async () => {
      await withFile(each, (file, folder) => {
        const open = ['--p12-info', '--inder', '--infile', file, '--password', password];
        const printed = output('certtool', open);
        assert.ok(printed.includes(`Friendly name: ${friendlyName}`));
        checkCertificates(printed, kind);
        const shrouded = folder.file('key.pem');
        writeFileSync(shrouded, printed.slice(printed.indexOf('-----BEGIN ENCRYPTED')));
        const key = ['--pubkey-info', '--load-privkey', shrouded, '--password', password];
        const [spki = assert.fail()] = decodePemAll(output('certtool', key), 'PUBLIC KEY');
        const { certificate } = sampleIdentity(kind);
        assert.deepEqual(spki, parseCertificate(certificate).subjectPublicKeyInfo.der);
      });
    });
  }

  if (!/^\p{ASCII}*$/u.test(password)) continue;

  test(`keytool imports a ${title}`, { skip: unlessInstalled('keytool') }, async () => {
    await withFile(each, (file, folder) => {
      const from = ['-srckeystore', file, '-srcstorepass', password, '-srcstoretype', 'PKCS12'];
      const again = folder.file('again.p12');
      const to = ['-destkeystore', again, '-deststorepass', 'again-again', '-noprompt'];
      output('keytool', ['-importkeystore', ...from, ...to]);
      checkContents(output('openssl', openSslArgs(again, 'again-again')), kind);
      const list = ['-list', '-storetype', 'PKCS12', '-keystore', file, '-storepass', password];
      assert.match(output('keytool', list), /PrivateKeyEntry/);
    });
  });
}

for (const variant of VARIANTS) {
  test(`openssl refuses a wrong password for a ${variant} file`, async () => {
    const each = { variant, kind: 'P-256', ...(TEXTS[0] ?? assert.fail()) } as const;
    await withFile(each, (file) => {
      assert.throws(() => output('openssl', openSslArgs(file, 'wrong')), /invalid password/);
    });
  });
}

function openSslArgs(file: string, password: string): readonly string[] {
  return ['pkcs12', '-in', file, '-passin', `pass:${password}`, '-noenc'];
}
