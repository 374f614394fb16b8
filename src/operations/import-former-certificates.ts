// Imports certificates of former authorities by a list: whose each is, and itself or its number. All lines in one
// transaction, or none: where a line cannot be imported nothing is, and every such line is told.
import type { AuditEntry } from '../audit/entry.ts';
import { isAccepted } from '../banking/former-authority.ts';
import type { Clock } from '../clock.ts';
import type { CsvRecord } from '../csv/csv-reader.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { countImported, lockFormerAuthority } from '../store/former-authorities.ts';
import { type ImportedCertificate, insertImported } from '../store/imported-certificates.ts';
import { policyAt } from '../store/institutions.ts';
import { insertSlot } from '../store/persons.ts';
import { candidateOf, LeftOut, type Reading } from './former-candidate.ts';
import { type Candidate, checkPlaces, type LineNote } from './former-places.ts';
import {
  FORMER_COLUMNS,
  type FormerCells,
  type FormerColumn,
  parseFormerRow,
} from './former-row.ts';
import { loadFormers } from './load-bank.ts';

/** A list to be imported. */
export type FormerList = {
  readonly institution: string;
  /** Its lines; the first names the columns. */
  readonly records: readonly CsvRecord[];
  readonly fileOf: Reading['fileOf'];
  readonly mode: 'import' | 'try';
};

/** What came of it. */
export type FormerImport = {
  /** How many lines there are, without the first. */
  readonly lines: number;
  /** How many were imported, or would be. */
  readonly imported: number;
  /** How many of those are known by their number alone. */
  readonly numbered: number;
  readonly leftOut: readonly LineNote[];
  /** Where there are any nothing was imported. */
  readonly faults: readonly LineNote[];
};

const BY = 'koshin ca';
const MOST_LINES = 100_000;
const AT_ONCE = 500;

/** Imports it, or tries to; refuses (`invalid-input`) a file that is no such list. */
export async function importFormerCertificates(
  list: FormerList,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<FormerImport> {
  const { institution, mode, fileOf } = list;
  const [head, ...lines] = list.records;
  if (lines.length > MOST_LINES) throw invalid(`a list has at most ${MOST_LINES} lines`);
  const columns = columnsIn(head);
  const now = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    const formers = (await loadFormers(institution, tx)).filter((one) => isAccepted(one, now));
    if (formers.length === 0) throw invalid(`${institution} accepts no former CA`);
    // Nobody switches one off meanwhile, nor imports the same list.
    for (const { issuer } of formers) await lockFormerAuthority({ institution, issuer }, tx);
    const policy = await policyAt(institution, now, tx);
    const reading = { formers, policy, now, fileOf };
    const read = await readLines({ lines, columns, institution }, reading);
    const checked = await checkPlaces(read.candidates, { institution, policy }, tx);
    const faults = [...read.faults, ...checked.faults].toSorted(byLine);
    const leftOut = [...read.leftOut, ...checked.leftOut].toSorted(byLine);
    const good = checked.good.map(({ certificate }) => certificate);
    if (mode === 'import' && faults.length === 0) {
      for (const slot of checked.slots) await insertSlot(slot, tx);
      await record(good, institution, now, tx);
    }
    const numbered = good.filter(({ der }) => der.length === 0).length;
    return { lines: lines.length, imported: good.length, numbered, leftOut, faults };
  });
}

type Read = {
  readonly candidates: readonly Candidate[];
  readonly faults: readonly LineNote[];
  readonly leftOut: readonly LineNote[];
};

async function readLines(
  file: {
    readonly lines: readonly CsvRecord[];
    readonly columns: readonly FormerColumn[];
    readonly institution: string;
  },
  reading: Reading,
): Promise<Read> {
  const candidates: Candidate[] = [];
  const faults: LineNote[] = [];
  const leftOut: LineNote[] = [];
  for (const record of file.lines) {
    const { line } = record;
    try {
      const row = parseFormerRow(cellsIn(record, file.columns), file.institution);
      candidates.push({ line, certificate: await candidateOf(row, reading) });
    } catch (fault) {
      if (fault instanceof LeftOut) leftOut.push({ line, why: fault.message });
      else if (fault instanceof Refusal) faults.push({ line, why: fault.message });
      else throw fault;
    }
  }
  return { candidates, faults, leftOut };
}

async function record(
  certificates: readonly ImportedCertificate[],
  institution: string,
  at: Date,
  tx: Tx,
): Promise<void> {
  for (let i = 0; i < certificates.length; i += AT_ONCE) {
    const some = certificates.slice(i, i + AT_ONCE);
    await insertImported(some, tx);
    await appendAudit(
      some.map((one) => importedEntry(one, at)),
      tx,
    );
  }
  const byIssuer = Map.groupBy(certificates, ({ issuer }) => Buffer.from(issuer).toString('hex'));
  for (const [key, some] of byIssuer) {
    const issuer = Uint8Array.fromHex(key);
    await countImported({ institution, issuer }, some.length, tx);
    const detail = { by: BY, key, count: some.length };
    await appendAudit([{ institution, at, event: 'certificates-imported', detail }], tx);
  }
}

function importedEntry(certificate: ImportedCertificate, at: Date): AuditEntry {
  const { identity, sha256, commonName, serial, notAfter, state, slot } = certificate;
  return {
    institution: identity.institution,
    at,
    event: 'certificate-imported',
    person: identity,
    certificate: sha256,
    detail: {
      by: BY,
      name: commonName,
      serial: Buffer.from(serial).toString('hex'),
      notAfter: notAfter.toISOString(),
      state,
      slot,
    },
  };
}

function columnsIn(head: CsvRecord | undefined): readonly FormerColumn[] {
  const names = head?.fields.map((field) => field.trim().toLowerCase()) ?? [];
  const columns = names.map((name) => FORMER_COLUMNS.find((one) => one === name));
  const strange = names.find((_name, i) => columns[i] === undefined);
  if (strange !== undefined) throw invalid(`no such column: ${strange}`);
  if (new Set(names).size !== names.length) throw invalid('a column is named twice');
  for (const name of ['contract', 'user'] as const) {
    if (!columns.includes(name)) throw invalid(`the first line names no column ${name}`);
  }
  return columns.filter((one) => one !== undefined);
}

function cellsIn({ fields, isBroken }: CsvRecord, columns: readonly FormerColumn[]): FormerCells {
  if (isBroken) throw invalid('a quote is out of place');
  if (fields.length !== columns.length) {
    throw invalid(`the line has ${fields.length} fields, and the first one ${columns.length}`);
  }
  const cells = Object.fromEntries(FORMER_COLUMNS.map((name) => [name, '']));
  for (const [i, name] of columns.entries()) cells[name] = fields[i]?.trim() ?? '';
  return cells as FormerCells;
}

function byLine(one: LineNote, other: LineNote): number {
  return one.line - other.line;
}

function invalid(message: string): Refusal {
  return new Refusal('invalid-input', message);
}
