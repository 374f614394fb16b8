// What a source file imports: static, dynamic, re-exported, and by URL. Not resolved beyond its path.
import { posix } from 'node:path';
import { lineAt, type SourceFile } from './source-files.ts';

/** One import; `target` is a path in the project, `node:…`, or a package's name. */
export type Import = {
  readonly kind: 'file' | 'node' | 'package';
  readonly target: string;
  readonly line: number;
};

const QUOTED = String.raw`\s*(['"\`])(?<target>[^'"\`\n]+)\1`;
const FORMS = [
  String.raw`\b(?:import|export)\b[\w\s{},*$]*?\bfrom${QUOTED}`,
  String.raw`\bimport${QUOTED}`,
  String.raw`\b(?:import|require|import\.meta\.resolve)\s*\(${QUOTED}`,
  String.raw`\bnew\s+URL\s*\(${QUOTED}\s*,\s*import\.meta\.url`,
].map((form) => new RegExp(form, 'g'));

/** Every import of a file, in order of form and line. */
export function importsOf({ path, code, bare }: SourceFile): Import[] {
  return FORMS.flatMap((form) =>
    [...code.matchAll(form)]
      // The words of an import inside a string are no import.
      .filter(({ index }) => bare[index] === code[index])
      .map(({ index, groups }) => ({
        ...targetOf(groups?.['target'] ?? '', path),
        line: lineAt(code, index),
      })),
  );
}

function targetOf(written: string, from: string): Omit<Import, 'line'> {
  if (written.startsWith('.')) {
    return { kind: 'file', target: posix.join(posix.dirname(from), written) };
  }
  if (written.startsWith('node:')) return { kind: 'node', target: written };
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(written)?.[0] ?? written;
  return { kind: 'package', target: name };
}
