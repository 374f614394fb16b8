// Nothing is signed but what bears a lint's mark: whatever else is given to be signed does not compile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProject, run } from './planted-project.ts';

/** What is given to be signed, by the name of the file that it is planted in. */
const UNMARKED = {
  octets: 'tbsDer',
  'without-mark': '{ tbsDer }',
  'own-mark': "{ tbsDer, [Symbol('passed the lint of CRLs')]: true } as const",
  'laid-out': 'layOutRevocationList(content, edition, by.issuer)',
};
const MARKED = { linted: 'lintRevocationList(list(), order, by.issuer)' };

const refused = await complaints({ ...UNMARKED, ...MARKED });

for (const name of Object.keys(UNMARKED)) {
  test(`the compiler refuses to have signed: ${name}`, () => {
    assert.match(refused.get(name) ?? '', /^error TS2345\b/);
  });
}

test('the compiler lets a CRL be signed that was linted, and finds no other fault', () => {
  assert.deepEqual([...refused.keys()].sort(), Object.keys(UNMARKED).sort());
});

/** What the compiler says of files that have something signed, by file, beside the product's own. */
async function complaints(given: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const files: Record<string, string> = {};
  for (const [name, what] of Object.entries(given)) files[pathOf(name)] = planted(what);
  const include = Object.keys(given).map(pathOf);
  const settings = JSON.stringify({ extends: './tsconfig.json', include });
  const { stdout } = await inProject(
    { ...files, 'planted.json': settings },
    async (folder) =>
      await run('tsc', ['--noEmit', '--pretty', 'false', '-p', 'planted.json'], folder),
    ['src'],
  );
  const lines = stdout.matchAll(/^(\S+)\(\d+,\d+\): (error .*)$/gm);
  return new Map([...lines].map(([, path = '', said = '']) => [nameOf(path), said]));
}

function pathOf(name: string): string {
  return `src/operations/planted-${name}.ts`;
}

function nameOf(path: string): string {
  return path.replace(/^src\/operations\/planted-|\.ts$/g, '');
}

function planted(given: string): string {
  return `import { lintRevocationList, type RevocationListOrder } from '../ca/lint-revocation-list.ts';
import {
  type ListEdition,
  layOutRevocationList,
  type RevocationListContent,
} from '../ca/revocation-list.ts';
import type { SigningAuthority } from './certify.ts';
import { signLinted } from './sign-linted.ts';

export type Given = {
  readonly tbsDer: Uint8Array;
  readonly content: RevocationListContent;
  readonly edition: ListEdition;
  readonly order: RevocationListOrder;
};

export function plantedIn(all: Given, by: SigningAuthority): readonly unknown[] {
  const { tbsDer, content, edition, order } = all;
  const list = () => layOutRevocationList(content, edition, by.issuer);
  return [tbsDer, order, list, lintRevocationList, signLinted(${given}, by.key)];
}
`;
}
