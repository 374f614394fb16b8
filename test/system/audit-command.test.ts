// The program as it is run: `koshin serve` sequences and anchors what it records, and `koshin audit` says
// that it is good, proves an entry, and finds an edit.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { newestAnchor } from '../../src/operations/anchor-file.ts';
import { connectionTo } from '../../src/store/database-address.ts';
import { KoshinProcess } from '../faults/koshin-process.ts';
import { freePort } from './free-port.ts';
import { openTestDatabase } from './test-database.ts';
import { urlOf } from './test-koshin.ts';

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));

test('what serve records is in the signed tree when it stops, and verify finds what is edited then', async () => {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-audit-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const database = opened.use(await openTestDatabase());
  const environment = {
    KOSHIN_DATA: folder,
    KOSHIN_DATABASE_URL: urlOf(database.address),
    KOSHIN_PORT: String(await freePort()),
  };
  const koshin = new KoshinProcess(environment, ['--sample']);
  await koshin.start();
  await koshin[Symbol.asyncDispose]();
  const { rows } = await asOwner('select count(*)::integer as count from audit_entry');
  const count = Number(rows[0]?.['count']);
  assert.ok(count > 0);
  assert.equal((await newestAnchor(join(folder, 'anchor')))?.checkpoint.size, count);
  const good = await audit('verify');
  assert.equal(good.lines.at(-1), 'the audit log is good');
  assert.deepEqual([good.code, good.lines[0]?.split(',')[0]], [0, `${count} entries in the tree`]);
  const key = (await audit('key')).lines[0] ?? '';
  const proof = join(folder, 'entry.tlog-proof');
  const first = await asOwner(
    "select min(entry)::text as entry from audit_entry where institution = '1394'",
  );
  const entry = String(first.rows[0]?.['entry']);
  await audit('prove', entry, proof);
  assert.match(await readFile(proof, 'utf8'), /^c2sp\.org\/tlog-proof@v1\n/);
  const checked = await audit('check', proof, '--key', key);
  const proved = `entry ${entry} of 1394 is in the log koshin.audit/`;
  assert.equal(checked.lines[0]?.slice(0, proved.length), proved);
  const file = join(folder, 'export.jsonl');
  await audit('export', file);
  assert.equal((await audit('verify', '--export', file, '--key', key)).code, 0);
  await asOwner(`update audit_entry set event = 'logged-off' where entry = ${entry}`);
  const edited = await audit('verify');
  assert.equal(edited.code, 1);
  const wrong = new RegExp(`^WRONG {2}changed: entry ${entry} of 1394, position [0-9]+: `);
  assert.match(edited.lines[2] ?? '', wrong);

  async function audit(...words: readonly string[]) {
    const child = spawn(process.execPath, [MAIN, 'audit', ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    });
    const ended = once(child, 'exit');
    const said = await text(child.stdout);
    await ended;
    return { code: child.exitCode, lines: said.trimEnd().split('\n') };
  }

  async function asOwner(statement: string) {
    const client = new pg.Client(connectionTo(database.owner));
    await client.connect();
    try {
      return await client.query<Readonly<Record<string, unknown>>>(statement);
    } finally {
      await client.end();
    }
  }
});
