// The file of CA certificates as other programs read and write it, and as `koshin ca chain` writes it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { encodeCertificatesOnly, readCertificatesOnly } from '../../src/cms/certificates-only.ts';
import { exportChain } from '../../src/operations/export-chain.ts';
import { listAuthorities } from '../../src/store/institutions.ts';
import { decodePemAll, encodePem } from '../../src/x509/pem.ts';
import { sampleCertificate } from '../sample-certificate.ts';
import { SAMPLE_KINDS, sampleKey } from '../sample-keys.ts';
import { openTestBank } from '../system/test-bank.ts';
import { Folder, output, unlessInstalled } from './programs.ts';

const CERTIFICATES = SAMPLE_KINDS.map((kind) => sampleCertificate(sampleKey(kind)));
const hexOf = (all: readonly Uint8Array[]) => all.map((one) => one.toHex()).sort();

const READERS: readonly { program: string; args: (file: string) => readonly string[] }[] = [
  { program: 'openssl', args: (file) => ['pkcs7', '-inform', 'DER', '-print_certs', '-in', file] },
  { program: 'certtool', args: (file) => ['--p7-info', '--inder', '--infile', file] },
  { program: 'keytool', args: (file) => ['-printcert', '-rfc', '-file', file] },
];

for (const { program, args } of READERS) {
  test(`${program} lists what was written`, { skip: unlessInstalled(program) }, () => {
    using folder = new Folder();
    const file = folder.file('chain.p7c');
    writeFileSync(file, encodeCertificatesOnly(CERTIFICATES));
    const listed = decodePemAll(output(program, args(file)), 'CERTIFICATE');
    assert.deepEqual(hexOf(listed), hexOf(CERTIFICATES));
  });
}

const WRITERS: readonly {
  program: string;
  args: (pem: string, to: string) => readonly string[];
}[] = [
  {
    program: 'openssl',
    args: (pem, to) => ['crl2pkcs7', '-nocrl', '-outform', 'DER', '-certfile', pem, '-out', to],
  },
  {
    program: 'certtool',
    args: (pem, to) => ['--p7-generate', '--load-certificate', pem, '--outder', '--outfile', to],
  },
];

for (const { program, args } of WRITERS) {
  test(`what ${program} writes is read`, { skip: unlessInstalled(program) }, async () => {
    using folder = new Folder();
    const [pem, to] = [folder.file('all.pem'), folder.file('all.p7c')];
    writeFileSync(pem, CERTIFICATES.map((one) => encodePem(one, 'CERTIFICATE')).join(''));
    output(program, args(pem, to));
    assert.deepEqual(hexOf(readCertificatesOnly(await readFile(to))), hexOf(CERTIFICATES));
  });
}

test("an institution's chain holds its root and its issuing CA, and one of no institution is refused", async () => {
  await using world = await openTestBank();
  const { code } = world.bank;
  const authorities = await listAuthorities(code, world.db);
  const file = await exportChain(code, world.db);
  assert.deepEqual(
    hexOf(readCertificatesOnly(file)),
    hexOf(authorities.map(({ certificate }) => certificate)),
  );
  assert.equal(authorities.length, 2);
  await assert.rejects(exportChain('9999', world.db), { code: 'invalid-input' });
});
