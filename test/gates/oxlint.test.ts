// Oxlint fails on each rule that .oxlintrc.json asks for, and passes on the same files repaired.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkProject, filesOf, type Planted } from './planted-project.ts';

const PROMISED = 'const promised = async () => await Promise.resolve(1);\n';

const CASES: readonly Planted[] = [
  {
    rule: 'typescript(no-floating-promises)',
    path: 'src/floating.ts',
    bad: `${PROMISED}promised();\n`,
    good: `${PROMISED}await promised();\n`,
  },
  {
    rule: 'typescript(no-misused-promises)',
    path: 'src/misused.ts',
    bad: `${PROMISED}if (promised()) console.log(1);\n`,
    good: `${PROMISED}if (await promised()) console.log(1);\n`,
  },
  {
    rule: 'typescript(await-thenable)',
    path: 'src/thenable.ts',
    bad: 'await 1;\nexport {};\n',
    good: 'await Promise.resolve(1);\nexport {};\n',
  },
  {
    rule: 'typescript(switch-exhaustiveness-check)',
    path: 'src/switch.ts',
    bad: "export function f(x: 'a' | 'b') {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n}\n",
    good: "export function f(x: 'a' | 'b') {\n  switch (x) {\n    case 'a':\n    case 'b':\n      return 1;\n  }\n}\n",
  },
  {
    rule: 'typescript(no-unsafe-assignment)',
    path: 'src/unsafe-assignment.ts',
    bad: "export const x: string = JSON.parse('1');\n",
    good: "export const x: unknown = JSON.parse('1');\n",
  },
  {
    rule: 'typescript(no-unsafe-argument)',
    path: 'src/unsafe-argument.ts',
    bad: "Number.parseInt(JSON.parse('1'), 10);\n",
    good: "Number.parseInt(String(JSON.parse('1')), 10);\n",
  },
  {
    rule: 'typescript(only-throw-error)',
    path: 'src/throw.ts',
    bad: "throw 'no';\n",
    good: "throw new Error('no');\n",
  },
  {
    rule: 'typescript(return-await)',
    path: 'src/return-await.ts',
    bad: `${PROMISED}export const f = async () => promised();\n`,
    good: `${PROMISED}export const f = async () => await promised();\n`,
  },
  // One of the whole category.
  {
    rule: 'eslint(no-self-assign)',
    path: 'src/self-assign.ts',
    bad: 'let a = 1;\na = a;\nexport { a };\n',
    good: 'let a = 1;\na = 2;\nexport { a };\n',
  },
];

const ALLOWED: Record<string, string> = {
  'src/known-safe.test.ts': "import { test } from 'node:test';\n\ntest('a', () => undefined);\n",
};

type Report = { readonly diagnostics: readonly { code: string; filename: string }[] };

const bad = await checkProject('oxlint', filesOf(CASES, 'bad'), ['--format=json']);
const report = JSON.parse(bad.stdout) as Report;
const found = new Set(report.diagnostics.map(({ code, filename }) => `${filename} ${code}`));

for (const { rule, path } of CASES) {
  test(`oxlint finds ${rule} in ${path}`, () => {
    assert.ok(found.has(`${path} ${rule}`), [...found].join('\n'));
  });
}

test('oxlint fails on what it finds', () => {
  assert.equal(bad.code, 1);
});

test('oxlint passes once all is repaired, and knows that node:test awaits its own', async () => {
  const files = { ...filesOf(CASES, 'good'), ...ALLOWED };
  const { code, stdout } = await checkProject('oxlint', files, ['--format=json']);
  assert.deepEqual([code, (JSON.parse(stdout) as Report).diagnostics], [0, []]);
});

test('every rule that .oxlintrc.json turns on is planted here', async () => {
  const text = await readFile(
    fileURLToPath(new URL('../../.oxlintrc.json', import.meta.url)),
    'utf8',
  );
  const { rules } = JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, '')) as {
    rules: Record<string, unknown>;
  };
  const planted = new Set(CASES.map(({ rule }) => rule));
  const configured = Object.entries(rules)
    .filter(([, level]) => level !== 'off')
    .map(([name]) => name.replace(/^(\w+)\/(.+)$/, '$1($2)'));
  assert.ok(configured.length > 5);
  assert.deepEqual(
    configured.filter((rule) => !planted.has(rule)),
    [],
  );
});
