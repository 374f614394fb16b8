// Finds every statement in the source that writes to the database, by the function it stands in.
// A table that is not named in so many words is reported as `?`. Not a parser of SQL.
import { isTest, type SourceFile } from '../architecture/source-files.ts';

const BUILT = /\.\s*(insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\s*\(\s*(?:'(\w+)')?/g;
const WRITTEN =
  /\b(?:(insert\s+into|delete\s+from|merge\s+into|truncate\s+table)\s+"?(\w+)|(update)\s+(?:only\s+)?"?(\w+)"?(?:\s+(?:as\s+)?\w+)?\s+set\b)/gi;
const TOP = /^(?:export\s+)?(?:async\s+)?(?:function\*?|const|class)\s+(\w+)/gm;

const VERBS: Readonly<Record<string, string>> = {
  insertInto: 'insert',
  updateTable: 'update',
  deleteFrom: 'delete',
  mergeInto: 'merge',
  replaceInto: 'replace',
};

/** The writes of the product, each as `file function: verb table`, as often as it stands there. */
export function writesIn(files: readonly SourceFile[]): string[] {
  const products = files.filter((file) => /^src\/.*\.ts$/.test(file.path) && !isTest(file));
  return products.flatMap(writesOf);
}

function writesOf({ path, code }: SourceFile): string[] {
  const built = [...code.matchAll(BUILT)].map((found) => ({
    at: found.index,
    what: `${VERBS[found[1] ?? ''] ?? '?'} ${found[2] ?? '?'}`,
  }));
  const written = [...code.matchAll(WRITTEN)].map((found) => ({
    at: found.index,
    what: `${(found[1] ?? found[3] ?? '?').toLowerCase().split(/\s/)[0]} ${found[2] ?? found[4]}`,
  }));
  return [...built, ...written]
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, what }) => `${path} ${functionAt(code, at)}: ${what}`);
}

function functionAt(code: string, offset: number): string {
  return [...code.slice(0, offset).matchAll(TOP)].at(-1)?.[1] ?? '?';
}
