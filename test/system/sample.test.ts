import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { systemClock } from '../../src/clock.ts';
import { createSecrets } from '../../src/keys/secrets.ts';
import { PinHasher } from '../../src/operations/pin-hasher.ts';
import { buildSample } from '../../src/sample/build-sample.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { openTestDatabase } from './test-database.ts';

const run = promisify(execFile);

test('the sample holds a person for each state, and openssl accepts every chain', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-sample-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(folder, { recursive: true }));
  const { db } = cleanup.use(await openTestDatabase());
  const secrets = await createSecrets(join(folder, 'secret'));
  const pins = cleanup.use(
    new PinHasher({
      pepper: secrets('pin-pepper'),
      cost: { memory: 64, passes: 1, lanes: 1 },
      threads: 1,
      limit: 50,
      strangersLimit: 50,
    }),
  );
  const files = join(folder, 'sample');
  await buildSample(files, 8080, { db, clock: systemClock, secrets, keysFolder: folder, pins });

  const states = await db
    .selectFrom('certificate')
    .select(['user_id', 'state'])
    .orderBy('user_id')
    .orderBy('issued_at')
    .execute();
  assert.deepEqual(
    states.map(({ user_id, state }) => `${user_id} ${state}`),
    [
      'caseki01 current',
      'ito04 superseded',
      'ito04 current',
      'kanri01 current',
      'kansa01 current',
      'kobayashi06 suspended',
      'midori01 current',
      'sato03 current',
      'shonin01 current',
      'suzuki01 current',
      'tanaka02 current',
      'tanto01 current',
      'watanabe05 revoked',
      'yamada02 current',
    ],
  );

  const authorities = await db.selectFrom('authority').selectAll().execute();
  for (const { institution, purpose, certificate } of authorities) {
    const file = join(folder, `${institution}-${purpose}.pem`);
    await writeFile(file, encodePem(certificate, 'CERTIFICATE'));
  }
  const pems = (await readdir(files)).filter((name) => name.endsWith('.pem'));
  assert.equal(pems.length, 14);
  for (const pem of pems) {
    const house = join(folder, pem.startsWith('00000000000-') ? '0000' : '1394');
    const chain = `-CAfile ${house}-root.pem -untrusted ${house}-issuing.pem`;
    const options = `-x509_strict -purpose sslclient -no_check_time ${chain}`;
    const { stdout } = await run('openssl', ['verify', ...options.split(' '), join(files, pem)]);
    assert.match(stdout, /: OK\n$/);
  }
});
