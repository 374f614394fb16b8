// `koshin ca former` as it is run: accept, list, import on trial from a folder, take over a CRL, switch off.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FormerCa } from './former-ca.ts';
import { openTestDatabase } from './test-database.ts';
import { urlOf } from './test-koshin.ts';

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));

test('a former CA is accepted, its list tried, its CRL taken over, and it is switched off', async () => {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-former-command-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const database = opened.use(await openTestDatabase());
  const former = opened.use(await FormerCa.open());
  const environment = { KOSHIN_DATA: folder, KOSHIN_DATABASE_URL: urlOf(database.address) };
  await koshin('sample');
  const until = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
  const at = ['--institution', '1394'];
  const added = await ca('add', former.certificateFile, ...at, '--until', until);
  assert.match(added.said, /^1394 accepts certificates of Kyu Ninsho CA G2 until /);
  const key = /key ([0-9a-f]{64})/.exec(added.said)?.[1] ?? '';
  const again = await ca('add', former.certificateFile, ...at, '--until', until);
  assert.deepEqual([again.code, again.told], [1, 'koshin: this CA is accepted already\n']);
  const { shows } = former.stamp('kyu');
  await writeFile(join(folder, 'one.pem'), shows.cert);
  const list = join(folder, 'list.csv');
  await writeFile(list, 'contract,user,certificate\r\n00012345678,daremo,one.pem\r\n');
  const tried = await ca('import', list, ...at, '--files', folder, '--dry-run');
  assert.deepEqual(tried, {
    code: 1,
    told: '',
    said: 'line 2: there is no such user\n1 lines: 0 good (0 by their number alone), 0 left out, 1 wrong\nnothing was imported\n',
  });
  const crl = join(folder, 'kyu.crl');
  await writeFile(crl, await former.revocationList([]));
  assert.match((await ca('crl', crl, ...at)).said, /\n0 certificates were revoked, 0 suspended\n$/);
  const listed = await ca('list', ...at, '--people');
  assert.match(listed.said, new RegExp(`key ${key}\\n  until .*; 0 imported, 0 not yet moved\\n$`));
  assert.match((await ca('off', key, ...at)).said, /^switched off; 0 certificates/);
  assert.match((await ca('list', ...at)).said, /not accepted; 0 imported/);

  async function ca(...words: readonly string[]) {
    return await koshin('ca', 'former', ...words);
  }

  async function koshin(...words: readonly string[]) {
    const child = spawn(process.execPath, [MAIN, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    const ended = once(child, 'exit');
    const [said, told] = await Promise.all([text(child.stdout), text(child.stderr)]);
    await ended;
    // Between lines of the log.
    const plain = told.split('\n').filter((line) => !line.startsWith('{'));
    return { code: child.exitCode, said, told: plain.join('\n') };
  }
});
