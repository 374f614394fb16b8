// Knip fails on what nothing uses, and passes once it is used or gone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkProject } from './planted-project.ts';

const MAIN = '// The program.\n';

/** A package.json of a project that needs just these packages. */
function packages(...names: readonly string[]): string {
  const dependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
  return JSON.stringify({ name: 'planted', type: 'module', dependencies });
}

const USED: Readonly<Record<string, string>> = {
  'package.json': packages('pg'),
  'src/main.ts': `${MAIN}import pg from 'pg';\nimport { a } from './asn1/tag.ts';\n\nconsole.log(a, pg);\n`,
  'src/asn1/tag.ts': 'export type Tag = number;\nexport const a: Tag = 1;\n',
};

const CASES: readonly { title: string; files: Readonly<Record<string, string>>; says: RegExp }[] = [
  {
    title: 'a file that nothing imports',
    files: { 'src/asn1/orphan.ts': 'export const b = 1;\n' },
    says: /Unused files \(1\)\nsrc\/asn1\/orphan\.ts/,
  },
  {
    title: 'an export that nothing imports',
    files: { 'src/asn1/tag.ts': 'export const a = 1;\nexport const b = 2;\n' },
    says: /Unused exports \(1\)\nb +src\/asn1\/tag\.ts/,
  },
  {
    title: 'a type that nothing uses',
    files: { 'src/asn1/tag.ts': 'export const a = 1;\nexport type B = 2;\n' },
    says: /Unused exported types \(1\)\nB +type +src\/asn1\/tag\.ts/,
  },
  {
    title: 'a package that nothing imports',
    files: { 'package.json': packages('pg', 'kysely') },
    says: /Unused dependencies \(1\)\nkysely +package\.json/,
  },
  {
    title: 'a package that package.json does not name',
    files: { 'package.json': packages() },
    says: /Unlisted dependencies \(1\)\npg +src\/main\.ts/,
  },
  {
    title: 'an import of a file that is not there',
    files: { 'src/asn1/tag.ts': "export { a } from './gone.ts';\n" },
    says: /Unresolved imports \(1\)\n\.\/gone\.ts/,
  },
];

for (const { title, files, says } of CASES) {
  test(`knip finds ${title}`, async () => {
    const { code, stdout } = await checkProject('knip', { ...USED, ...files });
    assert.match(stdout, says);
    assert.equal(code, 1);
  });
}

test('knip passes once all is used', async () => {
  const { code, stdout } = await checkProject('knip', USED);
  assert.equal(code, 0, stdout);
});
