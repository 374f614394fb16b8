import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileNameOf, friendlyNameOf } from './file-names.ts';

const END = '2027-12';

const CASES = [
  {
    name: 'an institution and user as they are',
    institution: 'みほん信用金庫',
    user: 'suzuki01',
    fileName: 'みほん信用金庫_suzuki01_2027-12.p12',
    friendlyName: 'みほん信用金庫 suzuki01 2027-12',
  },
  {
    name: 'what Windows forbids in a file name',
    institution: 'A/B:C*D?E"F<G>H|I\\J 銀行',
    user: 'x',
    fileName: 'ABCDEFGHIJ-銀行_x_2027-12.p12',
    friendlyName: 'A/B:C*D?E"F<G>H|I\\J 銀行 x 2027-12',
  },
  {
    name: 'what shows nothing, and what turns the direction of writing',
    institution: 'みほん\u{202e}\u{200b}\n銀行',
    user: 'x\0',
    fileName: 'みほん銀行_x_2027-12.p12',
    friendlyName: 'みほん銀行 x 2027-12',
  },
  {
    name: 'a leading dot and characters that macOS would write in two parts',
    institution: '..か\u{3099}く銀行',
    user: 'x',
    fileName: 'がく銀行_x_2027-12.p12',
    friendlyName: '..がく銀行 x 2027-12',
  },
  {
    name: 'half of a surrogate pair',
    institution: '銀行\ud842',
    user: 'x',
    fileName: '銀行\ufffd_x_2027-12.p12',
    friendlyName: '銀行\ufffd x 2027-12',
  },
];

for (const { name, institution, user, fileName, friendlyName } of CASES) {
  test(`names are right for ${name}`, () => {
    assert.equal(fileNameOf({ institution, user, end: END }), fileName);
    assert.equal(friendlyNameOf({ institution, user, end: END }), friendlyName);
  });
}

test('a file of the longest name can be written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-names-'));
  try {
    const name = fileNameOf({ institution: '漢'.repeat(99), user: 'x'.repeat(30), end: END });
    writeFileSync(join(folder, name), '');
    assert.deepEqual(await readdir(folder), [name]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
