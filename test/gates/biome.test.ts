// Biome fails on each rule that biome.json asks for, and passes on the same files repaired.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkProject, filesOf, type Planted } from './planted-project.ts';

const ifs = (depth: number): string => (depth === 0 ? '' : `if (n > ${depth}) {${ifs(depth - 1)}}`);
const lines = (count: number, line: string) => `${line}\n`.repeat(count);

const CASES: readonly Planted[] = [
  {
    rule: 'lint/complexity/noExcessiveCognitiveComplexity',
    path: 'src/complex.ts',
    bad: `export function f(n: number) {${ifs(6)}}\n`,
    good: 'export function f(n: number): number {\n  return n;\n}\n',
  },
  {
    rule: 'lint/complexity/noExcessiveLinesPerFunction',
    path: 'src/long-function.ts',
    bad: `export function f(): void {\n${lines(61, '  f();')}}\n`,
    good: `export function f(): void {\n${lines(58, '  f();')}}\n`,
  },
  {
    rule: 'lint/style/noExcessiveLinesPerFile',
    path: 'src/long-file.ts',
    bad: lines(401, 'f();'),
    good: lines(399, 'f();'),
  },
  {
    rule: 'lint/performance/noBarrelFile',
    path: 'src/barrel.ts',
    bad: "export { f } from './complex.ts';\n",
    good: "import { f } from './complex.ts';\n\nf(1);\n",
  },
  {
    rule: 'lint/performance/noReExportAll',
    path: 'src/all.ts',
    bad: "export * from './complex.ts';\n",
    good: "import { f } from './complex.ts';\n\nf(1);\n",
  },
  {
    rule: 'lint/style/noDefaultExport',
    path: 'src/default.ts',
    bad: 'export default 1;\n',
    good: 'export const one = 1;\n',
  },
  {
    rule: 'lint/style/noNonNullAssertion',
    path: 'src/non-null.ts',
    bad: 'export const f = (x: string | undefined) => x!.length;\n',
    good: 'export const f = (x: string | undefined) => x?.length;\n',
  },
  {
    rule: 'lint/style/noEnum',
    path: 'src/enum.ts',
    bad: 'export enum Kind {\n  A,\n}\n',
    good: "export type Kind = 'a';\n",
  },
  {
    rule: 'lint/style/noNamespace',
    path: 'src/namespace.ts',
    bad: 'export namespace n {\n  export const a = 1;\n}\n',
    good: 'export const a = 1;\n',
  },
  {
    rule: 'lint/style/noParameterProperties',
    path: 'src/parameter-property.ts',
    bad: 'export class A {\n  constructor(readonly a: number) {}\n}\n',
    good: 'export class A {\n  readonly a = 1;\n}\n',
  },
  {
    rule: 'lint/style/useImportType',
    path: 'src/import-type.ts',
    bad: "import { Kind } from './enum.ts';\n\nexport type Two = readonly [Kind, Kind];\n",
    good: "import type { Kind } from './enum.ts';\n\nexport type Two = readonly [Kind, Kind];\n",
  },
  {
    rule: 'lint/style/useNodejsImportProtocol',
    path: 'src/node-protocol.ts',
    bad: "import { join } from 'path';\n\njoin('a');\n",
    good: "import { join } from 'node:path';\n\njoin('a');\n",
  },
  {
    rule: 'lint/style/useFilenamingConvention',
    path: 'src/camelCase.ts',
    goodPath: 'src/kebab-case.ts',
    bad: 'export const a = 1;\n',
    good: 'export const a = 1;\n',
  },
  {
    rule: 'lint/style/useErrorCause',
    path: 'src/cause.ts',
    bad: "try {\n  f();\n} catch (failure) {\n  throw new Error('no');\n}\n",
    good: "try {\n  f();\n} catch (cause) {\n  throw new Error('no', { cause });\n}\n",
  },
  {
    rule: 'lint/suspicious/noExplicitAny',
    path: 'src/any.ts',
    bad: 'export const f = (x: any) => x;\n',
    good: 'export const f = (x: unknown) => x;\n',
  },
  {
    rule: 'lint/suspicious/noImportCycles',
    path: 'src/cycle.ts',
    bad: "import { b } from './cycle-back.ts';\n\nexport const a = () => b;\n",
    good: 'export const a = 1;\n',
  },
  {
    rule: 'lint/suspicious/noImportCycles',
    path: 'src/cycle-back.ts',
    bad: "import { a } from './cycle.ts';\n\nexport const b = () => a;\n",
    good: "import { a } from './cycle.ts';\n\nexport const b = () => a;\n",
  },
  // The recommended rules are on, and their warnings count.
  {
    rule: 'lint/correctness/noUnusedVariables',
    path: 'src/unused.ts',
    bad: 'const a = 1;\n',
    good: 'export const a = 1;\n',
  },
  {
    rule: 'lint/suspicious/noDebugger',
    path: 'src/debugger.ts',
    bad: 'debugger;\n',
    good: 'f();\n',
  },
  {
    rule: 'format',
    path: 'src/format.ts',
    bad: 'export const a = "1"',
    good: "export const a = '1';\n",
  },
  {
    rule: 'assist/source/organizeImports',
    path: 'src/order.ts',
    bad: "import { b } from './b.ts';\nimport { a } from './a.ts';\n\na(b);\n",
    good: "import { a } from './a.ts';\nimport { b } from './b.ts';\n\na(b);\n",
  },
];

type Report = { readonly diagnostics: readonly { category: string; location: { path: string } }[] };

const MORE = ['--reporter=json', '--max-diagnostics=none'];
const bad = await checkProject('biome', filesOf(CASES, 'bad'), MORE);
const report = JSON.parse(bad.stdout) as Report;
const found = new Set(
  report.diagnostics.map(({ category, location }) => `${location.path} ${category}`),
);

for (const { rule, path } of CASES) {
  test(`biome finds ${rule} in ${path}`, () => {
    assert.ok(found.has(`${path} ${rule}`), [...found].join('\n'));
  });
}

test('biome fails where a warning is all there is', async () => {
  const files = filesOf(
    CASES.filter(({ rule }) => rule.endsWith('noUnusedVariables')),
    'bad',
  );
  assert.equal((await checkProject('biome', files)).code, 1);
});

test('biome passes once all is repaired', async () => {
  const { code, stdout } = await checkProject('biome', filesOf(CASES, 'good'), MORE);
  assert.deepEqual([code, (JSON.parse(stdout) as Report).diagnostics], [0, []]);
});

test('every rule that biome.json turns on is planted here', async () => {
  const path = fileURLToPath(new URL('../../biome.json', import.meta.url));
  const { linter } = JSON.parse(await readFile(path, 'utf8')) as {
    linter: { rules: Record<string, unknown> };
  };
  const planted = new Set(CASES.map(({ rule }) => rule));
  const configured = Object.entries(linter.rules).flatMap(([group, rules]) =>
    typeof rules !== 'object' || rules === null
      ? []
      : Object.entries(rules)
          .filter(([, level]) => level !== 'off')
          .map(([rule]) => `lint/${group}/${rule}`),
  );
  assert.ok(configured.length > 10);
  assert.deepEqual(
    configured.filter((rule) => !planted.has(rule)),
    [],
  );
});
