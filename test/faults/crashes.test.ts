// Crashes at writes: a sample, drawn by a seed, of the cases that `npm run faults` runs whole, and the
// proof that no write of the source is forgotten. KOSHIN_FAULTS_SEED draws another sample.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sourceFiles } from '../architecture/source-files.ts';
import { writesIn } from './code-writes.ts';
import { casesOf, drawnCases, type PassedWrite, recordWrites, runCase } from './crash-cases.ts';
import { type CrashSite, openCrashSite } from './crash-site.ts';
import { disagreements } from './known-writes.ts';
import { isWrite } from './statement-reader.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SEED = Number(process.env['KOSHIN_FAULTS_SEED'] ?? 20_270_105);

suite('crashes', { concurrency: false }, () => {
  let site: CrashSite;
  let writes: readonly PassedWrite[] = [];
  before(async () => {
    site = await openCrashSite();
    writes = await recordWrites(site);
  });
  after(async () => await site[Symbol.asyncDispose]());

  test('every write of the source passes in a journey, or belongs elsewhere for a reason', () => {
    const inCode = writesIn(sourceFiles(ROOT));
    assert.deepEqual(
      disagreements(
        inCode,
        writes.map(({ sql }) => sql),
      ),
      [],
    );
  });

  test('PostgreSQL is as durable as in production', async () => {
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      assert.equal(await site.setting(setting), 'on', setting);
    }
  });

  test(`one write of each kind of crash, drawn by ${SEED}, loses nothing`, async (context) => {
    for (const one of drawnCases(casesOf(writes), SEED)) {
      const { journey, step, at } = one.write;
      await context.test(`${journey}, ${step}, write ${at}: ${one.fault}`, async () => {
        assert.deepEqual((await runCase(one, site)).wrong, []);
      });
    }
  });
});

for (const { sql, is } of [
  { sql: 'select 1 for no key update', is: false },
  { sql: 'begin isolation level read committed', is: false },
  { sql: '\n  with one as (select 1) select * from one', is: false },
  { sql: '\n  with one as (update person set name = $1 returning 1) select * from one', is: true },
  { sql: 'INSERT INTO slot VALUES (1)', is: true },
  { sql: 'commit', is: true },
  { sql: 'call something_nobody_has_seen_yet()', is: true },
]) {
  test(`${sql.trim()} is ${is ? 'a' : 'no'} write to the proxy`, () => {
    assert.equal(isWrite(sql), is);
  });
}

const planted = (text: string) => [{ path: 'src/store/planted.ts', text, code: text, bare: text }];

for (const { name, text, write } of [
  {
    name: 'a statement that is built',
    text: "export async function renameUser() { await tx.updateTable('person').execute(); }",
    write: 'renameUser: update person',
  },
  {
    name: 'a statement over a table that is chosen as it runs',
    text: 'export async function empty(table) { await tx.deleteFrom(table).execute(); }',
    write: 'empty: delete ?',
  },
  {
    name: 'a statement that is written out',
    text: 'const CLEAN = `with old as (delete from session where seen_at < $1) select 1`;',
    write: 'CLEAN: delete session',
  },
]) {
  test(`${name} and that nobody thought of is found`, () => {
    const wrong = disagreements(writesIn(planted(text)), []);
    const said = `in the source, not in the table: src/store/planted.ts ${write}`;
    assert.ok(wrong.includes(said), wrong.join('\n'));
  });
}
