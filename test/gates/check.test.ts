// `npm run check` as a whole: green on a clean project, red and naming the check on a planted one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS } from '../../scripts/check.ts';
import { inProject, run } from './planted-project.ts';

const COPIED = [
  'scripts/check.ts',
  'scripts/run-program.ts',
  'test/architecture',
  'test/architecture.test.ts',
];
const CLEAN: Readonly<Record<string, string>> = {
  'package.json': `${JSON.stringify({ name: 'planted', type: 'module' }, null, 2)}\n`,
  'knip.json':
    '{ "entry": ["src/main.ts", "test/architecture.test.ts"], "project": ["src/**/*.ts"] }\n',
  'src/errors.ts': '// Leaf.\nexport const a = 1;\n',
  'src/asn1/tag.ts': "// Tag.\nimport { a } from '../errors.ts';\n\nexport const b = a;\n",
  'src/main.ts':
    "// The program.\nimport { type } from 'node:os';\nimport { b } from './asn1/tag.ts';\nimport { a } from './errors.ts';\n\nconsole.log(a, b, type());\n",
};

/** One violation for each check, all in one file. */
const PLANTED = [
  '// Wrong in every way.',
  "import { join } from 'node:path';",
  'const x: number = join(1);',
  'async function f() { return f(); }',
  'f();',
  'export const unused = Date.now() + x;',
  '',
].join('\n');

async function check(files: Readonly<Record<string, string>>) {
  return await inProject(
    files,
    async (folder) => await run(process.execPath, ['scripts/check.ts'], folder),
    COPIED,
  );
}

test('it fails, naming each check that failed, and goes on after the first', async () => {
  const { code, stdout } = await check({
    ...CLEAN,
    'src/asn1/wrong.ts': PLANTED,
    'web/wrong.test.ts': '// Test.\nexport const a: number = process.title;\n',
  });
  const names = Object.keys(CHECKS);
  for (const name of names) assert.match(stdout, new RegExp(`^FAIL  ${name} +\\d`, 'm'));
  assert.equal(
    stdout.trimEnd().split('\n').at(-1)?.split(': ')[1]?.split(', ').length,
    names.length,
  );
  assert.equal(code, 1);
});

test('it passes on a clean project', async () => {
  const { code, stdout } = await check(CLEAN);
  assert.match(stdout, new RegExp(`all ${Object.keys(CHECKS).length} checks passed\\n$`));
  assert.equal(code, 0);
});
