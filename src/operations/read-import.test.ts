import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readImport } from './read-import.ts';

const HEADER = Buffer.from('ご契約先ID,利用者ID,氏名,区分\n');

test('any octets are read to lines or to faults, and nothing is thrown', async () => {
  const rest = fc.uint8Array({ maxLength: 400 });
  const text = fc.string({ unit: 'binary', maxLength: 200 }).map((one) => Buffer.from(one));
  const lines = fc
    .array(fc.constantFrom('00000000001', 'a1', '青葉', '管理者', '"', ',', '\r\n', '=', "'", '\t'))
    .map((parts) => Buffer.from(parts.join('')));
  await fc.assert(
    fc.asyncProperty(fc.oneof(rest, text, lines), fc.boolean(), async (octets, isHeaded) => {
      const file = isHeaded ? Buffer.concat([HEADER, octets]) : octets;
      const read = await readImport(file, 'auto', async () => {});
      const taken = read.contracts.reduce((sum, { rows }) => sum + rows.length, 0);
      assert.ok(taken + read.faults.length > 0, 'something is said of every file');
      assert.ok(read.faults.every(({ line, value }) => line >= 1 && value.length <= 130));
    }),
  );
});

test('a file with too many lines is refused as a whole', async () => {
  const line = '00000000001,a1,青葉,管理者\n';
  const file = Buffer.concat([HEADER, Buffer.from(line.repeat(200_001))]);
  const { faults, contracts } = await readImport(file, 'utf-8', async () => {});
  assert.deepEqual(
    faults.map(({ kind }) => kind),
    ['too-many-lines'],
  );
  assert.deepEqual(contracts, []);
});

test('how far it has come is told every thousand lines, up to all of them', async () => {
  const lines = Array.from({ length: 3_500 }, (_, at) => `00000000001,a${at},青葉,管理者\n`);
  const told: number[] = [];
  const file = Buffer.concat([HEADER, Buffer.from(lines.join(''))]);
  await readImport(file, 'auto', async ({ done, of }) => {
    assert.equal(of, 3_500);
    told.push(done);
  });
  assert.deepEqual(told, [1_000, 2_000, 3_000]);
});
