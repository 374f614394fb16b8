import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSettings } from './settings.ts';

const SOURCE = readFileSync(new URL('settings.ts', import.meta.url), 'utf8');
const DOCUMENT = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const NAMES = new Set(SOURCE.match(/(?<=')KOSHIN_[A-Z_]+(?=')/g));

/** The rows of the table of settings: name, default, why it exists. */
const ROWS = (/^## Settings\n([\s\S]*?)\n## /m.exec(DOCUMENT)?.[1] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split(/\s*\|\s*/).slice(1, 4));

test('docs/operations.md has a row for each setting, with why it exists, and for no other', () => {
  assert.ok(NAMES.size >= 10, `${NAMES.size} names found in the source`);
  const named = ROWS.map(([name = '']) => name.slice(1, -1));
  assert.deepEqual(new Set(named), NAMES);
  assert.equal(named.length, NAMES.size);
  for (const [name = '', , why = ''] of ROWS) assert.ok(why.length > 30, name);
});

test('docs/operations.md names no setting that does not exist', () => {
  const named = new Set(DOCUMENT.match(/\bKOSHIN_[A-Z_]+\b/g));
  assert.deepEqual(named, NAMES);
});

test('a default that docs/operations.md gives as a figure or an address is the one in force', () => {
  const given = ROWS.flatMap(([name = '', value = '']) => {
    const text = /^`([\d.]+)`$/.exec(value)?.[1];
    return text === undefined ? [] : [[name.slice(1, -1), text] as const];
  });
  assert.ok(given.length >= 5);
  assert.deepEqual(readSettings(Object.fromEntries(given)), readSettings({}));
});
