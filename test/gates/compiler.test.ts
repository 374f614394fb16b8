// The compiler fails on what each setting of tsconfig.json is there for, in every kind of folder.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkProject, filesOf, type Planted } from './planted-project.ts';

type PlantedType = Planted & { readonly setting: string };

const CASES: readonly PlantedType[] = [
  {
    setting: 'strict',
    rule: 'TS2322',
    path: 'src/strict.ts',
    bad: 'export const a: string = undefined;\n',
    good: "export const a: string = '';\n",
  },
  {
    setting: 'noUncheckedIndexedAccess',
    rule: 'TS2322',
    path: 'src/index-access.ts',
    bad: 'const list: string[] = [];\nexport const a: string = list[0];\n',
    good: "const list: string[] = [];\nexport const a: string = list[0] ?? '';\n",
  },
  {
    setting: 'exactOptionalPropertyTypes',
    rule: 'TS2375',
    path: 'src/exact-optional.ts',
    bad: 'export const a: { b?: string } = { b: undefined };\n',
    good: 'export const a: { b?: string } = {};\n',
  },
  {
    setting: 'noPropertyAccessFromIndexSignature',
    rule: 'TS4111',
    path: 'src/index-signature.ts',
    bad: 'export const f = (x: Record<string, string>) => x.a;\n',
    good: "export const f = (x: Record<string, string>) => x['a'];\n",
  },
  {
    setting: 'noImplicitOverride',
    rule: 'TS4114',
    path: 'src/override.ts',
    bad: 'class A {\n  a() {}\n}\nexport class B extends A {\n  a() {}\n}\n',
    good: 'class A {\n  a() {}\n}\nexport class B extends A {\n  override a() {}\n}\n',
  },
  {
    setting: 'noImplicitReturns',
    rule: 'TS7030',
    path: 'src/returns.ts',
    bad: 'export function f(x: boolean) {\n  if (x) return 1;\n}\n',
    good: 'export function f(x: boolean) {\n  return x ? 1 : undefined;\n}\n',
  },
  {
    setting: 'noFallthroughCasesInSwitch',
    rule: 'TS7029',
    path: 'src/fallthrough.ts',
    bad: 'export function f(x: number) {\n  switch (x) {\n    case 1:\n      f(2);\n    case 2:\n  }\n}\n',
    good: 'export function f(x: number) {\n  switch (x) {\n    case 1:\n      f(2);\n      break;\n    case 2:\n  }\n}\n',
  },
  {
    setting: 'noUnusedLocals',
    rule: 'TS6133',
    path: 'src/unused-local.ts',
    bad: 'const a = 1;\nexport {};\n',
    good: 'export const a = 1;\n',
  },
  {
    setting: 'noUnusedParameters',
    rule: 'TS6133',
    path: 'src/unused-parameter.ts',
    bad: 'export const f = (x: number) => 1;\n',
    good: 'export const f = (_x: number) => 1;\n',
  },
  {
    setting: 'erasableSyntaxOnly',
    rule: 'TS1294',
    path: 'src/erasable.ts',
    bad: 'export enum Kind {\n  A,\n}\n',
    good: "export type Kind = 'a';\n",
  },
  {
    setting: 'verbatimModuleSyntax',
    rule: 'TS1484',
    path: 'src/verbatim.ts',
    bad: "import { PathLike } from 'node:fs';\nexport const f = (x: PathLike) => x;\n",
    good: "import type { PathLike } from 'node:fs';\nexport const f = (x: PathLike) => x;\n",
  },
  {
    setting: 'checkJs',
    rule: 'TS2322',
    path: 'scripts/plain.mjs',
    bad: "/** @type {number} */\nexport const a = '';\n",
    good: '/** @type {number} */\nexport const a = 1;\n',
  },
  // Every folder is looked at, and the server has no browser's globals.
  ...['src/a.test.ts', 'test/a.test.ts', 'bench/a.ts', 'scripts/a.ts'].map((path) => ({
    setting: 'include',
    rule: 'TS2322',
    path,
    bad: "export const a: number = '';\n",
    good: 'export const a: number = 1;\n',
  })),
  {
    setting: 'lib',
    rule: 'TS2584',
    path: 'src/document.ts',
    bad: 'export const f = () => document.title;\n',
    good: 'export const f = () => process.title;\n',
  },
];

// The pure rooms run in the browser as well, or could: there is no Node there.
const WEB_CASES: readonly PlantedType[] = [
  ...['asn1', 'x509', 'cms', 'banking', 'ca', 'audit', 'words', '../web'].map((room) => ({
    setting: 'types',
    rule: 'TS2591',
    path: posix.join('src', room, 'node.ts'),
    bad: 'export const f = () => Buffer.alloc(1);\n',
    good: 'export const f = () => new Uint8Array(1);\n',
  })),
  {
    setting: 'include',
    rule: 'TS2322',
    path: 'web/page.ts',
    bad: 'export const f = (): number => document.title;\n',
    good: 'export const f = (): string => document.title;\n',
  },
];

const WEB_TEST_CASES: readonly PlantedType[] = [
  {
    setting: 'include',
    rule: 'TS2322',
    path: 'web/page.test.ts',
    bad: 'export const a: number = process.title;\n',
    good: 'export const a: string = process.title;\n',
  },
];

const CHECKED = [
  { check: 'types', cases: CASES },
  { check: 'types of web', cases: WEB_CASES },
  { check: 'types of web tests', cases: WEB_TEST_CASES },
];

for (const { check, cases } of CHECKED) {
  const bad = await checkProject(check, filesOf(cases, 'bad'), ['--pretty', 'false']);
  for (const { setting, rule, path } of cases) {
    test(`${check}: ${setting} finds ${rule} in ${path}`, () => {
      // The path is relative to the settings: `web/` is left out, `src/` is reached upwards.
      const name = path.replace(/^web\//, '');
      const line = bad.stdout
        .split('\n')
        .find((each) => each.includes(`${name}(`) && each.includes(`error ${rule}:`));
      assert.ok(line !== undefined, bad.stdout);
    });
  }

  test(`${check}: fails on what it finds, passes once all is repaired`, async () => {
    const good = await checkProject(check, filesOf(cases, 'good'), ['--pretty', 'false']);
    assert.notEqual(bad.code, 0);
    assert.deepEqual(good, { code: 0, stdout: '' });
  });
}

test('every strict setting of tsconfig.json is planted here', async () => {
  const path = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));
  const { compilerOptions } = JSON.parse(await readFile(path, 'utf8')) as {
    compilerOptions: Record<string, unknown>;
  };
  // These allow something, or say what is not to be written.
  const permissions = ['noEmit', 'allowImportingTsExtensions', 'skipLibCheck', 'allowJs'];
  const planted = new Set(CASES.map(({ setting }) => setting));
  const strict = Object.keys(compilerOptions).filter(
    (name) => compilerOptions[name] === true && !permissions.includes(name),
  );
  assert.ok(strict.length > 8);
  assert.deepEqual(
    strict.filter((name) => !planted.has(name)),
    [],
  );
});
