// The project against its own map: who may import whom, and the rules of the house.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HOUSE_RULES, houseViolations, NAME_RULE } from './architecture/house-rules.ts';
import { NAMED_TESTS_RULE, unnamedTests } from './architecture/named-tests.ts';
import { countImports, ROOM_RULES, ROOMS, roomViolations } from './architecture/rooms.ts';
import { shown, sourceFiles } from './architecture/source-files.ts';
import { unusedWords, WORDS_RULE } from './architecture/unused-words.ts';

const FILES = sourceFiles(fileURLToPath(new URL('..', import.meta.url)));
const VIOLATIONS = [
  ...roomViolations(FILES),
  ...houseViolations(FILES),
  ...unusedWords(FILES),
  ...unnamedTests(FILES),
];
const RULES = new Set([
  ...Object.values(ROOM_RULES),
  ...HOUSE_RULES.map(({ rule }) => rule),
  NAME_RULE,
  WORDS_RULE,
  NAMED_TESTS_RULE,
]);

test('the rules see the files and imports of the project', () => {
  const inSource = FILES.filter(({ path }) => path.startsWith('src/'));
  assert.ok(
    countImports(inSource) > inSource.length,
    `only ${countImports(inSource)} imports seen`,
  );
});

test('the table of rooms has no cycle', () => {
  const below = (room: string, seen: readonly string[]): void => {
    assert.ok(!seen.includes(room), `cycle: ${[...seen, room].join(' → ')}`);
    for (const other of ROOMS[room]?.may ?? []) {
      if (other !== room) below(other, [...seen, room]);
    }
  };
  for (const room of Object.keys(ROOMS)) below(room, []);
});

for (const rule of RULES) {
  test(`nothing breaks ${rule}`, () => {
    assert.deepEqual(VIOLATIONS.filter((each) => each.rule === rule).map(shown), []);
  });
}
