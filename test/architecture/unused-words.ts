// Words that no page, mail or command says: entries of the tables of src/words that nothing names.
// A table that is used whole (`TABLE[key]`, `...TABLE`, passed on) counts as used in every entry.
import { isSource, isTest, lineAt, type SourceFile, type Violation } from './source-files.ts';

/** The rule about words that nobody uses. */
export const WORDS_RULE = 'house/unused-word';

type Entry = { readonly table: string; readonly key: string; readonly line: number };

const TABLE = /^export const ([A-Z]\w*)[^=\n]*= \{\n([\s\S]*?)^\}/gm;
const KEY = /^ {2}(\w+)(?=[:,(])/gm;
const IMPORT = /^(?:import|export)\b[\w\s{},*]*?\bfrom\b/gm;

/** Every entry of a table of words that is never named, and whose table is never used whole. */
export function unusedWords(files: readonly SourceFile[]): Violation[] {
  const product = files.filter(
    (file) => /^(?:src|web)\//.test(file.path) && isSource(file) && !isTest(file),
  );
  const code = product.map(({ bare }) => bare.replaceAll(IMPORT, '')).join('\n');
  return product
    .filter(({ path }) => path.startsWith('src/words/'))
    .flatMap((file) =>
      entriesOf(file)
        .filter((entry) => !isUsed(entry, code))
        .map(({ table, key, line }) => ({
          rule: WORDS_RULE,
          says: `nobody says ${table}.${key}: use it or remove it`,
          path: file.path,
          line,
        })),
    );
}

function entriesOf({ bare }: SourceFile): Entry[] {
  return [...bare.matchAll(TABLE)].flatMap(({ 0: whole, 1: table = '', 2: body = '', index }) => {
    const from = index + whole.indexOf('\n') + 1;
    const keys = [...body.matchAll(KEY)].map((found) => ({
      table,
      key: found[1] ?? '',
      line: lineAt(bare, from + found.index),
    }));
    // One text in both languages is used whole.
    return keys.every(({ key }) => key === 'ja' || key === 'en') ? [] : keys;
  });
}

function isUsed({ table, key }: Entry, code: string): boolean {
  const named = new RegExp(String.raw`\b${table}\s*\??\.\s*${key}\b`);
  const whole = new RegExp(String.raw`(?<!\bconst )\b${table}\b(?!\s*\??\.\s*\w)`);
  return named.test(code) || whole.test(code);
}
