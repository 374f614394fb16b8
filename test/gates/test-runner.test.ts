// What runs the tests counts them right, and takes no crash, early end or empty file for a success.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runTestFile } from '../../scripts/run-test-file.ts';
import { inProject, run } from './planted-project.ts';

const IMPORT = "import { after, describe, it, test } from 'node:test';\n";

type Case = { title: string; source: string; want: readonly (readonly [string, string])[] };

const CASES: readonly Case[] = [
  {
    title: 'a passing test counts once',
    source: "test('a', () => undefined);",
    want: [['passed', 'a']],
  },
  {
    title: 'suites and tests that hold others do not count, what they hold does',
    source: `
      describe('s', () => { it('one', () => {}); it('two', () => {}); });
      test('t', async (t) => { await t.test('three', () => {}); });`,
    want: [
      ['passed', 's > one'],
      ['passed', 's > two'],
      ['passed', 't > three'],
    ],
  },
  {
    title: 'a failing subtest counts once, not again for the test around it',
    source: "test('t', async (t) => { await t.test('no', () => { throw new Error('x'); }); });",
    want: [['failed', 't > no']],
  },
  {
    title: 'a test that fails itself counts beside its passing subtests',
    source: `
      test('t', async (t) => { await t.test('yes', () => {}); throw new Error('x'); });`,
    want: [
      ['passed', 't > yes'],
      ['failed', 't'],
    ],
  },
  {
    title: 'skipped ones tell their reason, skipped suites too',
    source: `
      test('a', { skip: 'no openssl' }, () => {});
      test('b', (t) => { t.skip('no keytool'); });
      describe('c', { skip: 'no browser' }, () => { it('d', () => {}); });
      test.todo('e');`,
    want: [
      ['skipped', 'a: no openssl'],
      ['skipped', 'b: no keytool'],
      ['skipped', 'c: no browser'],
      ['skipped', 'e: to do: no reason given'],
    ],
  },
  {
    title: 'a suite that throws has failed',
    source: "describe('s', () => { throw new Error('x'); });",
    want: [['failed', 's']],
  },
  {
    title: 'a hook that throws has failed',
    source: "test('a', () => {}); after(() => { throw new Error('x'); });",
    want: [
      ['passed', 'a'],
      ['failed', 'FILE'],
    ],
  },
  {
    title: 'a file without a test has failed',
    source: 'void [after, describe, it, test];',
    want: [['failed', '(the file as a whole): holds no test']],
  },
  {
    title: 'a file that ends before its tests has failed, even with exit code 0',
    source: "test('a', () => {}); test('b', () => { process.exit(0); });",
    want: [['failed', '(the file as a whole): holds no test']],
  },
  {
    title: 'a file that crashes while it loads has failed',
    source: "test('a', () => {}); throw new Error('x');",
    want: [['failed', '(the file as a whole): ended with code 7 before its tests did']],
  },
  {
    title: 'a file that is killed has failed',
    source: "test('a', () => { process.kill(process.pid, 'SIGKILL'); });",
    want: [['failed', '(the file as a whole): ended by SIGKILL']],
  },
  {
    title: 'an exit code set by hand is no success',
    source: "test('a', () => {}); after(() => { process.exitCode = 3; });",
    want: [
      ['passed', 'a'],
      ['failed', '(the file as a whole): ended with code 3'],
    ],
  },
];

await inProject(
  Object.fromEntries(
    CASES.map(({ source }, i) => [`src/case-${i}.test.ts`, `${IMPORT}${source}\n`]),
  ),
  async (folder) => {
    for (const [i, { title, want }] of CASES.entries()) {
      const path = join(folder, `src/case-${i}.test.ts`);
      const { outcomes } = await runTestFile(path);
      test(title, () => {
        const got = outcomes.map(({ is, name, detail }) => {
          const shownDetail = is === 'skipped' || name.startsWith('(') ? `: ${detail}` : '';
          return [is, name === path ? 'FILE' : name + shownDetail];
        });
        assert.deepEqual(got, want);
      });
    }
  },
);

test('processes that a test leaves behind are noticed and ended', async () => {
  const source = `
    import { spawn } from 'node:child_process';
    import { test } from 'node:test';
    test('a', () => { spawn('sleep', ['600'], { stdio: 'ignore' }).unref(); });`;
  await inProject({ 'src/leak.test.ts': source }, async (folder) => {
    const { outcomes, leftProcesses } = await runTestFile(join(folder, 'src/leak.test.ts'));
    assert.deepEqual([outcomes.map(({ is }) => is), leftProcesses], [['passed'], true]);
  });
});

const PASSING = `${IMPORT}void [after, describe, it];\ntest('a', () => undefined);\ntest('b', { skip: 'no tool' }, () => undefined);\n`;

for (const { title, files, args, code, says } of [
  {
    title: 'counts and ends well where all passed',
    files: { 'src/a.test.ts': PASSING, 'test/gates/b.test.ts': PASSING },
    args: ['--only', 'unit,gates'],
    code: 0,
    says: /skip {2}src\/a\.test\.ts: b: no tool\n[\s\S]*\n2 passed, 0 failed, 2 skipped\n$/,
  },
  {
    title: 'fails where one failed, and shows why',
    files: { 'src/a.test.ts': PASSING, 'src/b.test.ts': "throw new Error('as planted');\n" },
    args: ['--only', 'unit'],
    code: 1,
    says: /as planted[\s\S]*FAIL {2}src\/b\.test\.ts[\s\S]*\n1 passed, 1 failed, 1 skipped\n$/,
  },
  {
    title: 'fails where nothing was run',
    files: {},
    args: ['--only', 'faults'],
    code: 1,
    says: /\n0 passed, 0 failed, 0 skipped\n$/,
  },
  {
    title: 'counts the checks, and fails where one of them does',
    files: {},
    args: ['--only', 'check'],
    code: 1,
    says: /FAIL {2}check: knip\n[\s\S]*\n\d+ passed, \d+ failed, 0 skipped\n$/,
  },
  {
    title: 'refuses a test file that is in no suite',
    files: { 'test/attic/a.test.ts': PASSING },
    args: ['--only', 'unit'],
    code: 1,
    says: /^$/,
  },
  {
    title: 'refuses a suite that there is not',
    files: {},
    args: ['--only', 'units'],
    code: 1,
    says: /^$/,
  },
] satisfies readonly { files: Record<string, string>; [more: string]: unknown }[]) {
  test(`npm test ${title}`, async () => {
    const printed = await inProject(
      files,
      async (folder) => await run(process.execPath, ['scripts/run-tests.ts', ...args], folder),
      [
        'scripts/run-tests.ts',
        'scripts/run-test-file.ts',
        'scripts/run-program.ts',
        'scripts/check.ts',
        'scripts/test-suites.ts',
        'scripts/test-reporter.ts',
      ],
    );
    assert.match(printed.stdout, says);
    assert.equal(printed.code, code);
  });
}
