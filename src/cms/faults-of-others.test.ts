// The kinds of fault that other programs had with PKCS#12 files, one test each.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Folder, output } from '../../test/interop/programs.ts';
import { sampleIdentity } from '../../test/interop/sample-identity.ts';
import { encodePem } from '../x509/pem.ts';
import { makePkcs12 } from './make-pkcs12.ts';
import { readPkcs12 } from './read-pkcs12.ts';

const PASSWORD = 'k7fm-x2qp-9hdn-4vtr';
/** What .NET accepts of one file, key, certificates and MAC together. */
const MOST_OF_NET = 600_000;

/** What openssl says of the MAC and the two ciphers of a file, both or all three of one age. */
const SAID = {
  standard: { mac: /^MAC: sha256,/m, cipher: /PBES2, PBKDF2, AES-256-CBC, .*PRF hmacWithSHA256/g },
  compatible: { mac: /^MAC: sha1,/m, cipher: /pbeWithSHA1And3-KeyTripleDES-CBC/g },
};

for (const variant of ['standard', 'compatible'] as const) {
  const written = async (certificates = 1) => {
    const identity = sampleIdentity('P-256');
    const chain = Array.from({ length: certificates }, () => identity.chain).flat();
    return await makePkcs12({
      ...identity,
      chain,
      variant,
      friendlyName: 'mihon',
      password: PASSWORD,
    });
  };

  test(`iterations: those of a ${variant} file are within .NET's bound together, by openssl's count`, async () => {
    const said = saidByOpenssl(await written());
    const counts = [...said.matchAll(/Iteration (\d+)/g)].map(([, count]) => Number(count));
    assert.equal(counts.length, 3, said);
    assert.ok(counts.reduce((sum, count) => sum + count, 0) <= MOST_OF_NET);
  });

  test(`iterations: a ${variant} file of many certificates asks for no more than one of few`, async () => {
    const file = await written(9);
    const opening = { password: PASSWORD, maxIterations: MOST_OF_NET };
    const { certificates } = await readPkcs12(file, opening);
    assert.equal(certificates.length, 10);
  });

  test(`iterations: a ${variant} file is never written without a password`, async () => {
    const identity = sampleIdentity('P-256');
    const options = { ...identity, variant, friendlyName: 'mihon', password: '' };
    await assert.rejects(makePkcs12(options));
  });

  test(`ciphers: a ${variant} file has those of its kind and a MAC to match, never one without the other`, async () => {
    const said = saidByOpenssl(await written());
    assert.match(said, SAID[variant].mac);
    assert.equal(said.match(SAID[variant].cipher)?.length, 2, said);
  });

  test(`friendlyName: a ${variant} file is never written without one`, async () => {
    const identity = sampleIdentity('P-256');
    const options = { ...identity, variant, friendlyName: '', password: PASSWORD };
    await assert.rejects(makePkcs12(options));
  });
}

for (const password of ['Bçş', 'żółw', 'パスワード']) {
  test(`passwords: a file that openssl wrote under ${password} is read, its MAC and its contents`, async () => {
    using folder = new Folder();
    const { certificate, privateKeyPkcs8 } = sampleIdentity('P-256');
    const pem = `${encodePem(privateKeyPkcs8, 'PRIVATE KEY')}${encodePem(certificate, 'CERTIFICATE')}`;
    const [from, to] = [folder.file('from.pem'), folder.file('to.p12')];
    writeFileSync(from, pem);
    output('openssl', [
      'pkcs12',
      '-export',
      '-in',
      from,
      '-out',
      to,
      '-passout',
      `pass:${password}`,
    ]);
    const file = new Uint8Array(readFileSync(to));
    const { certificates } = await readPkcs12(file, { password });
    assert.deepEqual(
      certificates.map(({ der }) => new Uint8Array(der)),
      [certificate],
    );
    const wrong = readPkcs12(file, { password: 'Bcs' });
    await assert.rejects(wrong, { code: 'wrong-file-password' });
  });
}

/** What openssl tells about a file; it does so on its standard error. */
function saidByOpenssl(p12: Uint8Array): string {
  using folder = new Folder();
  const file = folder.file('file.p12');
  writeFileSync(file, p12);
  const args = ['pkcs12', '-in', file, '-info', '-noout', '-passin', `pass:${PASSWORD}`];
  return spawnSync('openssl', args, { encoding: 'utf8' }).stderr;
}
