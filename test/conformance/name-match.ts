// 82 distinguished names in every string type: each is read and held against every other.
// The file's name says with which it is the same: those of its family, or none.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isSameName } from '../../src/x509/match-names.ts';
import { type Name, parseName } from '../../src/x509/name.ts';
import { type CaseResult, type Corpus, refusalOf, runCase } from './corpus.ts';
import { blockOf, readBlocks } from './pem-blocks.ts';

/** Runs all files. */
export const nameMatch: Corpus = (folder) => {
  const names = join(folder, 'names');
  const files = readdirSync(names).sort();
  const der = new Map(files.map((file) => [file, blockOf(readBlocks(join(names, file)), 'NAME')]));
  const isInvalid = (file: string): boolean => file.startsWith('invalid-');
  const valid = new Map<string, Name>();
  const results: CaseResult[] = [];
  for (const [file, octets] of der) {
    if (isInvalid(file)) results.push(refusedCase(file, octets));
    else valid.set(file, parseName(octets));
  }
  for (const [file, name] of valid) results.push(matchedCase(file, name, valid));
  return results;
};

function refusedCase(file: string, der: Uint8Array): CaseResult {
  return runCase(file, () => (refusalOf(() => parseName(der)) ? undefined : 'it was read'));
}

function matchedCase(file: string, name: Name, all: ReadonlyMap<string, Name>): CaseResult {
  return runCase(file, () => {
    const wrong: string[] = [];
    for (const [other, otherName] of all) {
      const isSame = isSameName(name, otherName);
      if (isSame !== isSameName(otherName, name)) wrong.push(`${other} one way only`);
      if (isSame !== (familyOf(file) === familyOf(other))) wrong.push(other);
    }
    return wrong.length === 0 ? undefined : `otherwise than expected with ${wrong.join(', ')}`;
  });
}

/** Files of one family are the same name. */
function familyOf(file: string): string {
  const [text = '', type = '', mangling = '', ...variant] = file.replace('.pem', '').split('-');
  // Only a TeletexString's octets can be compared: it is the same as nothing but itself.
  if (type === 'T61STRING') return file;
  if (mangling.endsWith('_1') || mangling.endsWith('_2')) return mangling.slice(0, -2);
  return type === 'mixed' || text.startsWith('unicode_') || text === 'ascii'
    ? [text, ...variant].join('-')
    : file;
}
