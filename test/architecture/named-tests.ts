// The tests that docs/protocols names: what is called done there has one, and each that is named exists.
// A cell names files, `same` or `both` for those of the row above, and after commas what the titles say.
import { isTest, type SourceFile, type Violation } from './source-files.ts';

/** The rule about what the protocols' tables name. */
export const NAMED_TESTS_RULE = 'house/named-test';

type Row = { readonly line: number; readonly cells: readonly string[] };
type Table = {
  readonly before: string;
  readonly head: readonly string[];
  readonly rows: readonly Row[];
};

/** Every row that is done without a test, and every test that is named and not there. */
export function unnamedTests(files: readonly SourceFile[]): Violation[] {
  return files
    .filter(({ path }) => /^docs\/protocols\/.*\.md$/.test(path))
    .flatMap(({ path, text }) =>
      tablesOf(text)
        .flatMap((table) => complaintsOf(table, files))
        .map(({ line, says }) => ({ rule: NAMED_TESTS_RULE, path, line, says })),
    );
}

type Complaint = Pick<Violation, 'line' | 'says'>;

function complaintsOf({ before, head, rows }: Table, files: readonly SourceFile[]): Complaint[] {
  const column = head.findIndex((cell) => /^test\b/.test(cell));
  if (column < 0) {
    const isNamedAbove = namedFiles(before, files).length > 0;
    return rows
      .filter(({ cells }) => cells.some(isDone) && !isNamedAbove)
      .map(({ line }) => ({ line, says: 'done, and no test is named' }));
  }
  const complaints: Complaint[] = [];
  const ofTable = namedFiles(head[column] ?? '', files);
  let above = ofTable;
  for (const { line, cells } of rows) {
    const cell = cells[column] ?? '';
    if (cell === '' && cells.some(isDone))
      complaints.push({ line, says: 'done, and no test is named' });
    const named = namedFiles(cell, files);
    for (const says of wrongParts(cell, above, files)) complaints.push({ line, says });
    if (ofTable.length === 0 && named.length > 0) above = named;
  }
  return complaints;
}

function isDone(cell: string): boolean {
  return /^(?:read|written|done)\b|[;:] (?:read|done)\b/.test(cell);
}

/** What is wrong with the parts of a cell, each of its own files and titles. */
function wrongParts(
  cell: string,
  above: readonly SourceFile[],
  files: readonly SourceFile[],
): readonly string[] {
  return cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('PKITS'))
    .flatMap((part) => {
      const [, corpus] = /^conformance `([^`]+)`/.exec(part) ?? [];
      if (corpus !== undefined) {
        const runner = `test/conformance/${corpus}.ts`;
        return files.some(({ path }) => path === runner) ? [] : [`there is no ${runner}`];
      }
      const named = namedFiles(part, files);
      const used = named.length > 0 ? named : above;
      if (used.length === 0) return [`no test file is named: ${part}`];
      return titlesOf(part)
        .filter((title) => !used.some(({ text }) => says(text, title)))
        .map((title) => `${used.map(({ path }) => path).join(', ')} says nothing of: ${title}`);
    });
}

/** The test files that a text names between backticks, by their whole path, name, or name without ending. */
function namedFiles(text: string, files: readonly SourceFile[]): readonly SourceFile[] {
  return [...text.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) => {
    const whole = name.endsWith('.test.ts') ? name : `${name}.test.ts`;
    return files.filter((file) => isTest(file) && `/${file.path}`.endsWith(`/${whole}`));
  });
}

function titlesOf(part: string): readonly string[] {
  return part
    .replaceAll(/`[^`]*`/g, '')
    .split(',')
    .map((title) => title.trim().replace(/^and /, ''))
    .filter((title) => title !== '' && title !== 'same' && title !== 'both');
}

/** Whether a line of a text holds a title; what varies is left out as `…`. */
function says(text: string, title: string): boolean {
  const pieces = title.split('…').map((piece) => RegExp.escape(piece.trim()));
  return new RegExp(pieces.join('.*'), 'i').test(text);
}

function tablesOf(text: string): Table[] {
  const lines = text.split('\n').map((line, i) => ({ line: i + 1, text: line }));
  const tables: Table[] = [];
  let paragraph = '';
  for (const [i, { text: shown }] of lines.entries()) {
    const isRow = shown.startsWith('|');
    if (!isRow && shown !== '') paragraph = shown.startsWith('#') ? '' : `${paragraph}\n${shown}`;
    if (!isRow || lines[i - 1]?.text.startsWith('|')) continue;
    const end = lines.findIndex(({ text: next }, at) => at > i && !next.startsWith('|'));
    const rows = lines.slice(i, end < 0 ? undefined : end);
    tables.push({
      before: paragraph,
      head: cellsOf(shown),
      rows: rows.slice(2).map(({ line, text: row }) => ({ line, cells: cellsOf(row) })),
    });
    paragraph = '';
  }
  return tables;
}

function cellsOf(row: string): readonly string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
