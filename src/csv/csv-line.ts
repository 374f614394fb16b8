// CSV for spreadsheets (RFC 4180): with a mark of UTF-8 for Excel, and no field that a spreadsheet would take for a
// formula.

/** What a file begins with: Excel reads it as UTF-8 by this alone. */
export const CSV_BEGINS = '\uFEFF';
/** A spreadsheet takes what begins so for a formula, some of them after spaces too. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

/** A line of fields; each is text to a spreadsheet, whatever it begins with. */
export function csvLine(fields: readonly string[]): string {
  const quoted = fields.map((field) => {
    const safe = FORMULA.test(field) ? `'${field}` : field;
    return `"${safe.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(',')}\r\n`;
}
