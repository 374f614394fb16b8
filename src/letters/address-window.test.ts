import assert from 'node:assert/strict';
import { test } from 'node:test';
import PDFDocument from 'pdfkit';
import { drawAddress, MM } from './address-window.ts';

const SHORT = {
  postalCode: '1000001',
  address: 'Chiyoda 1-1-1, Chiyoda-ku',
  contractName: 'Sakura Trading',
  name: 'Ichiro Suzuki',
};
// As long as any that is on record, in the widest letters.
const LONGEST = 'W'.repeat(200);

for (const { what, letter } of [
  { what: 'a usual address', letter: SHORT },
  { what: 'a long address', letter: { ...SHORT, address: LONGEST } },
  { what: 'a long company', letter: { ...SHORT, contractName: LONGEST } },
  { what: 'a long name', letter: { ...SHORT, name: LONGEST } },
  {
    what: 'the longest of everything',
    letter: { ...SHORT, address: LONGEST, contractName: LONGEST, name: LONGEST },
  },
]) {
  test(`${what} stays within the window of the envelope`, () => {
    const document = new PDFDocument({ size: 'A4', margin: 0 });
    drawAddress(letter, document);
    assert.ok(document.y > 20 * MM && document.y <= 55 * MM, `${document.y / MM} mm`);
  });
}

test('an address that fits is drawn in its usual size, and a missing one leaves its place', () => {
  const [full, empty] = [SHORT, { ...SHORT, postalCode: null, address: null }].map((letter) => {
    const document = new PDFDocument({ size: 'A4', margin: 0 });
    drawAddress(letter, document);
    return document.y;
  });
  assert.equal(full, empty);
  assert.ok((full ?? 0) > 38 * MM, `${(full ?? 0) / MM} mm`);
});
