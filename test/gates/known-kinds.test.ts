// docs/known-kinds.md names a test for each kind of fault: the tests are there, and where one is not it is noticed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faultsOf, namedRows, titlesIn } from './named-tests.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROWS = namedRows(readFileSync(`${ROOT}docs/known-kinds.md`, 'utf8'));
const FEWEST_ROWS = 60;
const HERE = 'test/gates/known-kinds.test.ts';

test('every test that docs/known-kinds.md names is there, and every row names one or says why not', () => {
  assert.ok(ROWS.length >= FEWEST_ROWS, `${ROWS.length} rows`);
  assert.deepEqual(faultsOf(ROWS, ROOT), []);
  const rows = ROWS.flatMap(({ row }) => row.split(', '));
  assert.equal(new Set(rows).size, rows.length, 'a row stands there once');
});

for (const { name, cell, want } of [
  {
    name: 'a test file that is not there',
    cell: '`src/no.test.ts` “a”',
    want: /which is not there$/,
  },
  {
    name: 'a title that its file does not have',
    cell: `\`${HERE}\` “no such title”`,
    want: /does not have$/,
  },
  { name: 'a file without a title', cell: `\`${HERE}\``, want: /names no test/ },
  { name: 'no test and no reason', cell: '', want: /names no test/ },
]) {
  test(`${name} is noticed`, () => {
    const [fault, ...others] = faultsOf(namedRows(`| X1 | a/b#1 | kind | ${cell} |`), ROOT);
    assert.match(fault ?? '', want);
    assert.deepEqual(others, []);
  });
}

test('what may be named is found, whatever is filled in', () => {
  const rows = namedRows(
    `| X1 | a/b#1 | kind | \`${HERE}\` “a file without a title is noticed”, “what may be named is found, whatever is filled in” |\n| X2 | a/b#2 | kind | none: not built yet |`,
  );
  assert.deepEqual(faultsOf(rows, ROOT), []);
  const source = "test('one', () {}); test(`two $<a ? '1' : `2`> of $<b>`, () {});"
    .replaceAll('<', '{')
    .replaceAll('>', '}');
  const [one, two, ...more] = titlesIn(source);
  assert.ok(one?.test('one') && !one.test('one more'));
  assert.ok(two?.test('two 1 of b'));
  assert.deepEqual(more, []);
});
