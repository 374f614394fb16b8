import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSearchText } from './search-text.ts';

const HEX = '3fa1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3';
const OCTETS = HEX.match(/../g)?.map((pair) => Number.parseInt(pair, 16));

for (const { name, typed } of [
  { name: 'small hexadecimal', typed: HEX },
  { name: 'capitals', typed: HEX.toUpperCase() },
  { name: 'colons', typed: HEX.replaceAll(/..(?=.)/g, '$&:') },
  { name: 'spaces', typed: HEX.replaceAll(/....(?=.)/g, '$& ') },
  { name: 'a prefix of programs', typed: `0x${HEX}` },
  { name: 'the octet that says positive', typed: `00:${HEX}` },
  { name: 'decimal', typed: BigInt(`0x${HEX}`).toString() },
  {
    name: 'full width',
    typed: HEX.replaceAll(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
  },
  { name: 'a label', typed: `Serial Number: ${HEX}` },
  { name: 'a Japanese label', typed: `シリアル番号 ${HEX}` },
]) {
  test(`a serial is read in ${name}`, () => {
    assert.deepEqual(
      readSearchText(typed).serials.map((one) => [...one]),
      [OCTETS],
    );
  });
}

for (const { typed, want } of [
  { typed: '00012345678', want: { contract: '00012345678', user: '00012345678', serials: [] } },
  {
    typed: '０００１２３４５６７８',
    want: { contract: '00012345678', user: '00012345678', serials: [] },
  },
  { typed: '0001-2345-678', want: { contract: '00012345678', serials: [] } },
  { typed: 'Suzuki01', want: { user: 'suzuki01', serials: [], name: 'Suzuki01' } },
  { typed: '7K3M-9QPA', want: { serials: [], inquiry: '7K3M9QPA', name: '7K3M-9QPA' } },
  { typed: ' 鈴木　太郎 ', want: { serials: [], name: '鈴木 太郎' } },
  { typed: '12', want: { user: '12', serials: [] } },
  { typed: '', want: { serials: [] } },
  { typed: 'x'.repeat(201), want: { serials: [] } },
]) {
  test(`${JSON.stringify(typed.slice(0, 20))} is read as what it can be`, () => {
    assert.deepEqual(readSearchText(typed), want);
  });
}
