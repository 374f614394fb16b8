// CSV for spreadsheets (RFC 4180): with a mark of UTF-8 for Excel, and no field that a spreadsheet would take for a
// formula.

/** What a file begins with: Excel reads it as UTF-8 by this alone. */
export const CSV_BEGINS = '\uFEFF';
/**
 * A spreadsheet takes what begins so for a formula, some of them after spaces too. What has the mark of text before it
 * already gets one more, since one is taken off where it is read.
 */
const FORMULA = /^'*\s*[=+\-@\t\r＝＋－＠]/;

/** A field: text, or digits whose zeros a spreadsheet keeps only as the text of a formula. */
export type CsvField = string | { readonly digits: string };

/** A line of fields; each is text to a spreadsheet, whatever it begins with. */
export function csvLine(fields: readonly CsvField[]): string {
  const quoted = fields.map((field) => {
    if (typeof field !== 'string') return asFormula(field.digits);
    const safe = FORMULA.test(field) ? `'${field}` : field;
    return `"${safe.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(',')}\r\n`;
}

/** Nothing but digits may stand in it: a formula of anything else is somebody else's. */
function asFormula(digits: string): string {
  if (!/^[0-9]*$/.test(digits)) throw new Error('a field of digits holds something else');
  return digits === '' ? '""' : `"=""${digits}"""`;
}
