// The address of a letter, where the window of its envelope shows it (長形3号): smaller where it is long, so that it
// stays whole and writes over nothing.
import { shownPostalCode } from '../banking/contract-facts.ts';
import type { Letter } from '../banking/letter.ts';
import { LETTER } from '../words/letters.ts';

/** Points of a millimetre. */
export const MM = 72 / 25.4;

/** Where the address stands: the window is 20 to 110 mm from the left and 15 to 55 mm from the top. */
const WINDOW = { left: 25 * MM, top: 20 * MM, width: 80 * MM, bottom: 55 * MM } as const;

type Line = { readonly text: string; readonly size: number; readonly gapAfter: number };

/** What sizes are tried, as parts of the usual one; at the least of them the longest that is on record fits. */
const SCALES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4] as const;

/** Draws it in the font that is set; the position is then below it. */
export function drawAddress(
  letter: Pick<Letter, 'postalCode' | 'address' | 'contractName' | 'name'>,
  document: PDFKit.PDFDocument,
): void {
  const lines = linesOf(letter);
  const { left, top, width, bottom } = WINDOW;
  const scale =
    SCALES.find((one) => heightOf(lines, one, document) <= bottom - top) ?? SCALES.at(-1);
  document.x = left;
  document.y = top;
  for (const { text, size, gapAfter } of scaled(lines, scale ?? 1)) {
    document.fontSize(size).text(text, { width, lineGap: 1 });
    document.y += gapAfter;
  }
}

function linesOf({
  postalCode,
  address,
  contractName,
  name,
}: Parameters<typeof drawAddress>[0]): readonly Line[] {
  const postal = postalCode === null ? ' ' : `${LETTER.postal}${shownPostalCode(postalCode)}`;
  return [
    { text: postal, size: 10, gapAfter: 0 },
    { text: address ?? ' ', size: 10, gapAfter: 4 },
    { text: contractName, size: 10, gapAfter: 0 },
    { text: `${name} ${LETTER.to}`, size: 11.5, gapAfter: 0 },
  ];
}

function scaled(lines: readonly Line[], scale: number): readonly Line[] {
  return lines.map(({ text, size, gapAfter }) => {
    return { text, size: size * scale, gapAfter: gapAfter * scale };
  });
}

function heightOf(lines: readonly Line[], scale: number, document: PDFKit.PDFDocument): number {
  const { width } = WINDOW;
  return scaled(lines, scale).reduce(
    (sum, { text, size, gapAfter }) =>
      sum + document.fontSize(size).heightOfString(text, { width, lineGap: 1 }) + gapAfter,
    0,
  );
}
