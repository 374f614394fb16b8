// The kinds of fault that other programs had with the iterations of PKCS#12 files, one test each.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Folder } from '../../test/interop/programs.ts';
import { sampleIdentity } from '../../test/interop/sample-identity.ts';
import { makePkcs12 } from './make-pkcs12.ts';
import { readPkcs12 } from './read-pkcs12.ts';

const PASSWORD = 'k7fm-x2qp-9hdn-4vtr';
/** What .NET accepts of one file, key, certificates and MAC together. */
const MOST_OF_NET = 600_000;

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
    using folder = new Folder();
    const file = folder.file('file.p12');
    writeFileSync(file, await written());
    // It tells about iterations on its standard error.
    const args = ['pkcs12', '-in', file, '-info', '-noout', '-passin', `pass:${PASSWORD}`];
    const said = spawnSync('openssl', args, { encoding: 'utf8' }).stderr;
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
}
