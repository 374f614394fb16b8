// The corpora by name: who runs each, how many cases it has, and where it lies.
// Data that nobody of this project wrote; it is read from beside the project, never copied into it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseResult, Corpus } from './corpus.ts';
import { crl } from './crl.ts';
import { nameMatch } from './name-match.ts';
import { parseCertificateCorpus } from './parse-certificate.ts';
import { pkcs12 } from './pkcs12.ts';
import { pkits } from './pkits.ts';

type Entry = { readonly run: Corpus; readonly cases: number };

/** Every corpus; a folder with another number of cases is not the one that is meant. */
export const CORPORA: Readonly<Record<string, Entry>> = {
  pkits: { run: pkits, cases: 247 },
  crl: { run: crl, cases: 66 },
  'parse-certificate': { run: parseCertificateCorpus, cases: 103 },
  'name-match': { run: nameMatch, cases: 82 },
  pkcs12: { run: pkcs12, cases: 14 },
};

const BESIDE = fileURLToPath(new URL('../../../shared/corpora', import.meta.url));

/** The folder of a corpus: in `given`, or that itself, or beside the project; undefined for none. */
export function corpusFolder(
  name: string,
  given = process.env['KOSHIN_CORPORA'],
): string | undefined {
  const root = given ?? BESIDE;
  const below = join(root, name);
  if (existsSync(below)) return below;
  return given !== undefined && existsSync(given) ? given : undefined;
}

/** Runs a corpus; with a case more where it has not as many as it should. */
export async function runCorpus(name: string, folder: string): Promise<readonly CaseResult[]> {
  const entry = CORPORA[name];
  if (entry === undefined) throw new Error(`there is no corpus ${name}`);
  const results = await entry.run(folder);
  if (results.length === entry.cases) return results;
  const detail = `${results.length} cases in place of ${entry.cases}`;
  return [...results, { name: `all cases of ${name}`, outcome: 'failed', detail }];
}
