import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openServerLog, readServerLog } from './server-log.ts';

const LIMIT_BYTES = 8 * 1024 * 1024;

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'koshin-log-'));
});
after(async () => {
  await rm(folder, { recursive: true });
});

test('a log at its limit is put aside, and what follows begins a new one', async () => {
  const file = path.join(folder, 'full.log');
  await writeFile(file, 'a'.repeat(LIMIT_BYTES));
  await using handle = await openServerLog(file);
  await handle.write('next\n');
  assert.equal(await readFile(file, 'utf8'), 'next\n');
  assert.equal((await stat(`${file}.1`)).size, LIMIT_BYTES);
});

test('a log below its limit is continued', async () => {
  const file = path.join(folder, 'small.log');
  await writeFile(file, 'first\n');
  await using handle = await openServerLog(file);
  await handle.write('next\n');
  assert.equal(await readFile(file, 'utf8'), 'first\nnext\n');
});

test('only what was written since is read, and of that the end', async () => {
  const file = path.join(folder, 'read.log');
  await writeFile(file, `before\n${'x'.repeat(5000)}\nFATAL: the end\n`);
  assert.equal(await readServerLog(file, 5008), 'FATAL: the end');
  const all = await readServerLog(file, 0);
  assert.ok(all.endsWith('FATAL: the end') && all.length <= 4096);
});
