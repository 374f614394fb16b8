// docs/troubles.md answers each of the forty-two troubles, and the tests that it names exist.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const TESTS = new URL('../', import.meta.url);
const DOCUMENT = new URL('../../docs/troubles.md', import.meta.url);
const TROUBLES = 42;
const NAMED = 36;

/** What is wrong with the table, in words; empty where nothing is. */
function faultsOf(text: string): readonly string[] {
  const rows = text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^[0-9]+$/.test(cells[1] ?? ''));
  const numbers = rows.map((cells) => Number(cells[1]));
  const wanted = Array.from({ length: TROUBLES }, (_, i) => i + 1);
  const missing = wanted.filter((number) => !numbers.includes(number));
  const unanswered = rows.filter((cells) => cells.slice(2, 6).some((cell) => cell === ''));
  const named = rows.flatMap((cells) =>
    [...(cells[5] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
  );
  return [
    ...missing.map((number) => `no row ${number}`),
    ...unanswered.map((cells) => `row ${cells[1]} has an empty cell`),
    ...named.filter((name) => !isTest(name)).map((name) => `no such test: ${name}`),
    ...(rows.filter((cells) => (cells[5] ?? '').includes('`')).length === NAMED
      ? []
      : [`not ${NAMED} rows that name a test`]),
  ];
}

function isTest(name: string): boolean {
  const places = [`scenarios/${name}.test.ts`, `${name}.test.ts`];
  return places.some((place) => existsSync(fileURLToPath(new URL(place, TESTS))));
}

test('every trouble is answered, by tests that exist', async () => {
  assert.deepEqual(faultsOf(await readFile(DOCUMENT, 'utf8')), []);
});

test('a row that is gone, an empty cell and a test that is none are found', async () => {
  const text = await readFile(DOCUMENT, 'utf8');
  assert.deepEqual(faultsOf(text.replace(/^\| 7 .*\n/m, '')), [
    'no row 7',
    `not ${NAMED} rows that name a test`,
  ]);
  assert.deepEqual(faultsOf(text.replace('`wrong-pin`', '`no-such-thing`')), [
    'no such test: no-such-thing',
  ]);
  assert.deepEqual(faultsOf(text.replace('| nothing to install  ', '|   ')), [
    'row 11 has an empty cell',
  ]);
});
