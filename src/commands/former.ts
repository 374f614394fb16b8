// What `koshin ca former` prints.
import { type FormerAuthority, isAccepted } from '../banking/former-authority.ts';
import type { FormerImport } from '../operations/import-former-certificates.ts';
import type { NotMovedPerson } from '../operations/list-formers.ts';
import type { RevocationsRead } from '../operations/read-former-revocations.ts';

const MOST_SHOWN = 100;

/** An import as text: each line that was not imported, then what came of all. */
export function formerImportText(
  { lines, imported, numbered, leftOut, faults }: FormerImport,
  mode: 'import' | 'try',
): string {
  const notes = [
    ...faults.slice(0, MOST_SHOWN).map(({ line, why }) => `line ${line}: ${why}`),
    ...leftOut.slice(0, MOST_SHOWN).map(({ line, why }) => `line ${line}: left out, ${why}`),
  ];
  const counted = `${lines} lines: ${imported} good (${numbered} by their number alone), ${leftOut.length} left out, ${faults.length} wrong`;
  return [...notes, counted, outcomeText(imported, faults.length, mode)].join('\n');
}

function outcomeText(imported: number, faults: number, mode: 'import' | 'try'): string {
  if (faults > 0) return 'nothing was imported';
  return mode === 'try'
    ? 'a trial: nothing was imported'
    : `${imported} certificates were imported`;
}

/** A CRL's outcome as text. */
export function revocationsText(read: RevocationsRead, now: Date): string {
  const { name, thisUpdate, nextUpdate, entries, revoked, suspended } = read;
  const isOld = nextUpdate !== undefined && nextUpdate < now;
  return [
    `list of ${name}, of ${thisUpdate.toISOString()}, with ${entries} entries`,
    ...(isOld ? [`a newer one was due at ${nextUpdate.toISOString()}`] : []),
    `${revoked} certificates were revoked, ${suspended} suspended`,
  ].join('\n');
}

/** A former authority as a line. */
export function formerText(
  former: FormerAuthority & { readonly name: string },
  notMoved: number,
  now: Date,
): string {
  const key = Buffer.from(former.issuer).toString('hex');
  const stand = isAccepted(former, now) ? `until ${former.until.toISOString()}` : 'not accepted';
  return `${former.name}\n  key ${key}\n  ${stand}; ${former.imported} imported, ${notMoved} not yet moved`;
}

/** Somebody who holds nothing else, as a line. */
export function personText({ certificate, name }: NotMovedPerson): string {
  const { identity, notAfter, slot } = certificate;
  const ends = notAfter.toISOString();
  return `  ${identity.contract} ${identity.user} slot ${slot}, until ${ends}: ${name}`;
}
