// `koshin import users` as an engineer runs it: looking through a file, and asking for it in a staff member's name.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { workOnImports } from '../../src/operations/work-on-imports.ts';
import { freePort } from './free-port.ts';
import { contractId, FAULTY_LINES, fileOf, goodLines } from './import-files.ts';
import { approve, staffAt } from './staff.ts';
import { openTestKoshin, type TestKoshin, urlOf } from './test-koshin.ts';

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));

let koshin: TestKoshin;
let folder = '';

type Said = { readonly code: number | null; readonly out: string; readonly errors: string };

suite('koshin import users', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true, now: new Date() });
    folder = await mkdtemp(path.join(tmpdir(), 'koshin-import-'));
    await staffAt(koshin, 'tanto01', { role: 'operator', scope: 'all' });
    await staffAt(koshin, 'kansa01', { role: 'auditor', scope: 'all' });
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await koshin[Symbol.asyncDispose]();
  });

  test('a dry run says what is wrong, writes the report, and changes nothing', async () => {
    const faulty = Object.values(FAULTY_LINES).map((make, at) => make(contractId(60_000 + at)));
    const file = await fileIn('faulty.csv', fileOf([...goodLines(2, 3, 50_000), ...faulty]));
    const report = path.join(folder, 'report.csv');
    const words = [file, '--institution', '1394', '--dry-run', '--report', report, '--lang', 'en'];
    const said = await run(words);
    assert.equal(said.code, 1, said.errors);
    assert.match(said.out, new RegExp(`faults: ${faulty.length}, in \\d+ contracts`));
    assert.match(said.out, /dry run: nothing was changed/);
    const lines = (await readFile(report, 'utf8')).trimEnd().split('\r\n');
    assert.equal(lines.length, faulty.length + 1);
    assert.equal(await sentFiles(), 0);
    assert.equal((await run(words)).code, 1, 'a report is not written over another file');
  });

  test('what is missing is said before anything is read', async () => {
    const file = await fileIn('good.csv', fileOf(goodLines(1, 2, 51_000)));
    const none = await run([file, '--institution', '1394']);
    assert.match(none.errors, /--dry-run, or --staff and --reason/);
    const elsewhere = await run([file, '--institution', '0000', '--dry-run']);
    assert.match(elsewhere.errors, /there is no bank 0000/);
    const nobody = await run([
      file,
      '--institution',
      '1394',
      '--staff',
      'kansa01',
      '--reason',
      'x',
    ]);
    assert.match(nobody.errors, /not for the role auditor/);
    assert.equal(await sentFiles(), 0);
  });

  test('what is asked for is done once another of the staff has approved it', async () => {
    const file = await fileIn('good.csv', fileOf(goodLines(2, 3, 52_000)));
    const asked = [file, '--institution', '1394', '--staff', 'tanto01', '--reason', '申込書'];
    const said = await run(asked);
    assert.equal(said.code, 0, said.errors);
    const [, id] = /request ([0-9a-f-]{36})/.exec(said.out) ?? [];
    const approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
    const done = await approve(approver, `/console/orders/1394/${id}`);
    assert.equal(done.status, 303, done.text);
    await workOnImports({ db: koshin.house.db, clock: koshin.clock });
    const people = await koshin.house.db
      .selectFrom('person')
      .select('user_id')
      .where('contract', 'in', [contractId(52_000), contractId(52_001)])
      .execute();
    assert.equal(people.length, 6);
    const again = await run(asked);
    assert.match(again.out, /nothing would be done: nothing was asked for/);
  });
});

async function run(words: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [MAIN, 'import', 'users', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      KOSHIN_DATA: koshin.folder,
      KOSHIN_SECRET_FILE: path.join(koshin.folder, 'secret'),
      KOSHIN_DATABASE_URL: urlOf(koshin.house.database),
      KOSHIN_PORT: String(await freePort()),
    },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, errors };
}

async function fileIn(name: string, octets: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, octets);
  return file;
}

async function sentFiles(): Promise<number> {
  return (await koshin.house.db.selectFrom('user_import').select('import').execute()).length;
}
