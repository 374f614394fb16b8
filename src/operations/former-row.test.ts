import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORMER_COLUMNS, type FormerCells, parseFormerRow } from './former-row.ts';

const EMPTY = Object.fromEntries(FORMER_COLUMNS.map((name) => [name, ''])) as FormerCells;
const WHOSE = { ...EMPTY, contract: '00012345678', user: 'suzuki01' };
const ENDS = { not_after: '2027-03-31' };

const SERIALS = [
  { cells: { serial_hex: '0a1B' }, want: '0a1b' },
  { cells: { serial_hex: '0x0A:1B' }, want: '0a1b' },
  { cells: { serial_hex: 'a 1b' }, want: '0a1b' },
  { cells: { serial_hex: '00:00:8f' }, want: '008f' },
  { cells: { serial_hex: '８Ｆ' }, want: '008f' },
  { cells: { serial_decimal: '2587' }, want: '0a1b' },
  { cells: { serial_decimal: '2,587' }, want: '0a1b' },
  { cells: { serial_decimal: '143' }, want: '008f' },
] as const;
for (const { cells, want } of SERIALS) {
  test(`the number ${JSON.stringify(cells)} is ${want} in octets`, () => {
    const { of } = parseFormerRow({ ...WHOSE, ...ENDS, ...cells }, '1394');
    assert.equal(of.kind === 'number' && Buffer.from(of.serial).toString('hex'), want);
  });
}

const INSTANTS = [
  { not_after: '2027-03-31', want: '2027-03-31T14:59:59.000Z' },
  { not_after: '2027/3/1', want: '2027-03-01T14:59:59.000Z' },
  { not_after: '2027-03-31T23:59:59+09:00', want: '2027-03-31T14:59:59.000Z' },
  { not_after: '2027-03-31 14:59Z', want: '2027-03-31T14:59:00.000Z' },
];
for (const { not_after, want } of INSTANTS) {
  test(`an end of ${not_after} is ${want}`, () => {
    const { of } = parseFormerRow({ ...WHOSE, serial_hex: '01', not_after }, '1394');
    assert.equal(of.kind === 'number' && of.notAfter.toISOString(), want);
  });
}

const WRONG: readonly { readonly name: string; readonly cells: Partial<FormerCells> }[] = [
  { name: 'no certificate and no number', cells: {} },
  { name: 'two numbers', cells: { ...ENDS, serial_hex: '01', serial_decimal: '1' } },
  { name: 'a number with other signs', cells: { ...ENDS, serial_hex: '0x0g' } },
  { name: 'a negative number', cells: { ...ENDS, serial_decimal: '-1' } },
  { name: 'the number zero', cells: { ...ENDS, serial_hex: '00' } },
  { name: 'a number of 21 octets', cells: { ...ENDS, serial_hex: '80'.repeat(20) } },
  { name: 'a number without an end', cells: { serial_hex: '01' } },
  { name: 'an end without a zone', cells: { serial_hex: '01', not_after: '2027-03-31T00:00' } },
  { name: 'a day that there is not', cells: { serial_hex: '01', not_after: '2027-02-30' } },
  { name: 'an unknown state', cells: { certificate: 'x', state: 'maybe' } },
  { name: 'the slot zero', cells: { certificate: 'x', slot: '0' } },
  { name: 'a short contract ID', cells: { certificate: 'x', contract: '123' } },
];
for (const { name, cells } of WRONG) {
  test(`${name} is refused`, () => {
    assert.throws(() => parseFormerRow({ ...WHOSE, ...cells }, '1394'), { code: 'invalid-input' });
  });
}
