// The audit log as lines of text that can be verified elsewhere, and their verification.
import { LogCheck } from '../audit/check-log.ts';
import {
  formatExportHead,
  formatExportLeaf,
  parseExportHead,
  parseExportLeaf,
} from '../audit/export-line.ts';
import { jsonObjectFrom } from '../audit/json-object.ts';
import { readLeafText } from '../audit/leaf-text.ts';
import type { NoteKey } from '../audit/signed-note.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { readLeaves } from '../store/audit-leaves.ts';
import { readHead } from '../store/audit-tree.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { lawfullyRetired, type Retirement, readVerifiedAnchors } from './audit-witness.ts';
import { sha256 } from './checkpoint-signer.ts';
import { type AuditReport, signedHead } from './verify-audit.ts';

/** Writes the log of one institution, or of all (null); refuses `not-found` where there is no log yet. */
export async function exportAudit(
  institution: string | null,
  write: (lines: string) => Promise<void>,
  db: Db,
): Promise<number> {
  return await inTransaction(
    db,
    async (tx) => {
      const { size, note } = await readHead(tx);
      if (note === null) throw new Refusal('not-found', 'nothing has been sequenced yet');
      await write(`${formatExportHead({ institution, note })}\n`);
      for await (const leaves of readLeaves(tx)) {
        const lines = leaves.map((leaf) => formatExportLeaf(leaf, institution));
        await write(`${lines.join('\n')}\n`);
      }
      return size;
    },
    { isolation: 'repeatable read' },
  );
}

/** What is needed to verify an export; where it is verified there need be no database. */
export type ExportVerification = {
  readonly key: NoteKey;
  readonly anchorFolder: string;
  readonly retentionDays: number | null;
  readonly clock: Clock;
  readonly onProgress: (count: number) => void;
};

/** Verifies an export, whose lines are read twice. Throws Refusal('malformed') for what is none. */
export async function verifyExport(
  linesOf: () => AsyncIterable<string>,
  { key, anchorFolder, retentionDays, clock, onProgress }: ExportVerification,
): Promise<AuditReport> {
  const anchors = await readVerifiedAnchors(anchorFolder, key);
  const { head, retirements } = await survey(linesOf());
  const signed = signedHead(head.note, key);
  // A later checkpoint outside says nothing against an export of before.
  const size = signed?.size ?? Number.POSITIVE_INFINITY;
  const known = {
    ...anchors,
    anchors: anchors.anchors.filter((one) => one.checkpoint.size <= size),
  };
  const retired = lawfullyRetired(retirements, anchors, { now: clock.now(), retentionDays });
  const witness = { anchors: known.anchors, retired, keptNode: () => undefined };
  const check = new LogCheck(witness, sha256);
  let number = 0;
  for await (const line of linesOf()) {
    number += 1;
    if (number > 1) check.take(parseExportLeaf(line));
    if (number % PROGRESS_LINES === 0) onProgress(check.size);
  }
  const newest = known.anchors.at(-1);
  const findings = [...anchors.findings, ...check.finish(signed)];
  return {
    size: check.size,
    waiting: 0,
    retired,
    anchors: known.anchors.length,
    newestAnchor: newest && { at: newest.at, size: newest.checkpoint.size },
    findings: findings.toSorted((one, other) => one.from - other.from),
  };
}

const PROGRESS_LINES = 5000;

async function survey(lines: AsyncIterable<string>) {
  const retirements: Retirement[] = [];
  let head: ReturnType<typeof parseExportHead> | undefined;
  for await (const line of lines) {
    if (head === undefined) head = parseExportHead(line);
    else if (line.includes('entries-retired')) retirements.push(...retirementFrom(line));
  }
  if (head === undefined) throw new Refusal('malformed', 'export: it is empty');
  return { head, retirements };
}

function retirementFrom(line: string): readonly Retirement[] {
  const { content } = parseExportLeaf(line);
  if (content.kind !== 'kept') return [];
  const { event, detail } = readLeafText(content.text);
  const { before } = jsonObjectFrom(detail, 'detail of an entry');
  if (event !== 'entries-retired' || typeof before !== 'number') return [];
  return [{ at: new Date(content.atMs), before }];
}
