// Holds a page that names tests to the tests: each row of its tables names some, or says why not, and
// each that is named is there. No test itself.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of a table, by its first cell. */
export type NamedRow = {
  readonly row: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
  /** The last cell: tests, or why there are none. */
  readonly said: string;
};

const NAMED = /`([^`]+\.test\.ts)`|“([^”]+)”/g;
const NO_TEST = /^none\b/;

/** The rows of all tables in a page of Markdown. */
export function namedRows(page: string): readonly NamedRow[] {
  const lines = page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (row|-+) /.test(line));
  return lines.map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const said = cells.at(-2) ?? '';
    return { row: cells[1] ?? '', tests: testsIn(said), said };
  });
}

/** What is wrong with the rows, a sentence each. */
export function faultsOf(rows: readonly NamedRow[], root: string): readonly string[] {
  return rows.flatMap(({ row, tests, said }) => {
    if (tests.length === 0) return NO_TEST.test(said) ? [] : [`${row} names no test, and not why`];
    return tests.flatMap(({ file, title }) => {
      if (!existsSync(join(root, file))) return [`${row} names ${file}, which is not there`];
      const source = readFileSync(join(root, file), 'utf8');
      if (titlesIn(source).some((pattern) => pattern.test(title))) return [];
      return [`${row} names "${title}", which ${file} does not have`];
    });
  });
}

/** A title stands behind its file, or behind another title of the same file. */
function testsIn(cell: string): NamedRow['tests'] {
  let file = '';
  const tests: { file: string; title: string }[] = [];
  for (const [, named, title] of cell.matchAll(NAMED)) {
    if (named !== undefined) file = named;
    else if (title !== undefined) tests.push({ file, title });
  }
  return tests;
}

const CALL = /\b(?:test|it)\(\s*(['"`])/g;

/** The titles of the tests in a source; what is filled in may be anything. */
export function titlesIn(source: string): readonly RegExp[] {
  return [...source.matchAll(CALL)].map(({ index, 0: call, 1: quote = '' }) => {
    const pattern = patternOf(source, index + call.length, quote);
    return new RegExp(`^${pattern}$`, 'u');
  });
}

function patternOf(source: string, start: number, quote: string): string {
  let pattern = '';
  for (let at = start; at < source.length && source[at] !== quote; at += 1) {
    if (quote === '`' && source.startsWith('${', at)) {
      at = endOfExpression(source, at + 2);
      pattern += '.+';
    } else {
      if (source[at] === '\\') at += 1;
      pattern += RegExp.escape(source[at] ?? '');
    }
  }
  return pattern;
}

/** Where the brace closes that was opened before `start`; strings inside hold none of their own. */
function endOfExpression(source: string, start: number): number {
  let depth = 1;
  let at = start;
  for (; at < source.length; at += 1) {
    if (source[at] === '{') depth += 1;
    if (source[at] === '}') depth -= 1;
    if (depth === 0) break;
  }
  return at;
}
