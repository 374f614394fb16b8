// The project's files as the rules see them. Nothing here judges.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainCode } from './plain-code.ts';

/** A text file of the project; `code` and `bare` are the text itself where it is not source. */
export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly code: string;
  readonly bare: string;
};

/** Where something breaks which rule. */
export type Violation = {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly says: string;
};

const NOT_OURS = new Set(['node_modules', '.git', 'data', 'out']);
const SOURCE = /\.(?:ts|mts|js|mjs)$/;
const NOT_TEXT = /\.(?:png|jpg|gif|ico|webp|woff2|p12|der|log)$/;

/** Reads every text file below a folder, in order of path, leaving out what is not ours. */
export function sourceFiles(root: string): SourceFile[] {
  return pathsBelow(root, '').map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, ...(SOURCE.test(path) ? plainCode(text) : { code: text, bare: text }) };
  });
}

/** Whether a file is TypeScript or JavaScript. */
export function isSource({ path }: SourceFile): boolean {
  return SOURCE.test(path);
}

/** Whether a file is a test beside what it tests. */
export function isTest({ path }: SourceFile): boolean {
  return /\.test\.\w+$/.test(path);
}

/** The number of the line, from 1, in which an offset lies. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** A violation on one line, as it is shown. */
export function shown({ rule, path, line, says }: Violation): string {
  return `${path}:${line} ${rule}: ${says}`;
}

function pathsBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name) && !NOT_TEXT.test(name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return pathsBelow(root, path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}
