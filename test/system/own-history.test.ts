// A person's own history: what belongs to it, and that it is read by an index, however much is on record of
// others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { logIn } from '../../src/operations/log-in.ts';
import { readMyPage } from '../../src/operations/read-my-page.ts';
import { recordRefusal } from '../../src/operations/record-refusal.ts';
import { resumeSession } from '../../src/operations/resume-session.ts';
import { type Db, inTransaction } from '../../src/store/database.ts';
import { openTestBank, TEST_PIN } from './test-bank.ts';

test('the history holds refusals of a login, not every page that was not found', async () => {
  await using world = await openTestBank();
  const { certificate, der } = await world.customer('suzuki01');
  const evidence = { kind: 'mutual-tls', certificate } as const;
  const { token } = await logIn({ evidence, pin: TEST_PIN }, world);
  const by = { kind: 'holder', certificate } as const;
  const refused = async (code: 'not-found' | 'missing-token' | 'pin-locked', inquiry: string) =>
    await recordRefusal({ by, inquiry, code, asked: 'GET /x' }, world.bank.code, world);
  await refused('not-found', 'AAAA1111');
  await refused('missing-token', 'BBBB2222');
  await refused('pin-locked', 'CCCC3333');
  const shown = { token, leaf: der, inquiry: 'ABCD2345' };
  const user = await resumeSession(shown, world.bank, world);
  const { history, certificates } = await readMyPage(user, world.db);
  const at = world.clock.now();
  assert.deepEqual(history, [
    { at, inquiry: 'CCCC3333', kind: 'refused', code: 'pin-locked' },
    { at, inquiry: null, kind: 'logged-in', by: 'mutual-tls' },
    { at, inquiry: null, kind: 'logged-in', by: 'mutual-tls' },
  ]);
  assert.deepEqual(
    certificates.map(({ state }) => state),
    ['current'],
  );
});

test('thirty thousand entries of others are not read for one person', async () => {
  await using world = await openTestBank();
  const { certificate, der } = await world.customer('suzuki01');
  const { institution, contract } = certificate.identity;
  await sql`insert into audit_entry (institution, at, event, contract, user_id, detail)
    select ${institution}, now(), 'logged-in', ${contract}, 'user' || n % 300, '{}'
    from generate_series(1, 30000) n`.execute(world.db);
  const evidence = { kind: 'mutual-tls', certificate } as const;
  const { token } = await logIn({ evidence, pin: TEST_PIN }, world);
  const shown = { token, leaf: der, inquiry: 'ABCD2345' };
  const user = await resumeSession(shown, world.bank, world);
  const earlier = await readWholly(world.db);
  await inTransaction(world.db, async (tx) => {
    assert.equal((await readMyPage(user, tx)).history.length, 2);
    await sql`select pg_stat_force_next_flush()`.execute(tx);
  });
  const later = await readWholly(world.db);
  assert.deepEqual(
    [later.whole, later.byIndex > earlier.byIndex],
    [earlier.whole, true],
    'the log was read from its beginning',
  );
});

/** How often the audit log was read from its beginning, and by an index. */
async function readWholly(db: Db): Promise<{ readonly whole: number; readonly byIndex: number }> {
  const { rows } = await sql<{ whole: number; by_index: number }>`
    select seq_scan::integer as whole, idx_scan::integer as by_index
    from pg_stat_user_tables where relname = 'audit_entry'`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('nothing is counted of the audit log');
  return { whole: row.whole, byIndex: row.by_index };
}
