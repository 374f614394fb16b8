// Verifies the audit log in the database against itself and against the checkpoints kept outside.

import { type Finding, LATENESS_MS, LogCheck } from '../audit/check-log.ts';
import type { TreeHead } from '../audit/check-proofs.ts';
import { parseCheckpoint } from '../audit/checkpoint.ts';
import { type NoteKey, openNote } from '../audit/signed-note.ts';
import { emptyRoot } from '../audit/tree-hash.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import {
  type Leafless,
  readKeptNodes,
  readLeafless,
  readLeaves,
  readRetirements,
} from '../store/audit-leaves.ts';
import { type KeptHead, readHead } from '../store/audit-tree.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { type Anchors, lawfullyRetired, readVerifiedAnchors } from './audit-witness.ts';
import { sha256 } from './checkpoint-signer.ts';

/** What a verification came to; the log is good where nothing was found. */
export type AuditReport = {
  /** Leaves of the tree. */
  readonly size: number;
  /** Entries that are not in the tree yet. */
  readonly waiting: number;
  /** Entries before this position may be gone by rule. */
  readonly retired: number;
  readonly anchors: number;
  readonly newestAnchor: { readonly at: Date; readonly size: number } | undefined;
  readonly findings: readonly Finding[];
};

/** What is needed to verify. */
export type VerificationNeeds = {
  readonly db: Db;
  readonly key: NoteKey;
  readonly anchorFolder: string;
  readonly retentionDays: number | null;
  readonly clock: Clock;
  /** Told now and then how many leaves were read. */
  readonly onProgress: (count: number) => void;
};

/** Verifies it all, from one moment's view of the database. */
export async function verifyAudit(needs: VerificationNeeds): Promise<AuditReport> {
  // Before the database is looked at: what is anchored by then must be in it.
  const anchors = await readVerifiedAnchors(needs.anchorFolder, needs.key);
  return await inTransaction(needs.db, async (tx) => await verifyIn(tx, anchors, needs), {
    isolation: 'repeatable read',
  });
}

async function verifyIn(
  tx: Tx,
  anchors: Anchors,
  { key, retentionDays, clock, onProgress }: VerificationNeeds,
): Promise<AuditReport> {
  const kept = await readHead(tx);
  const rule = { now: clock.now(), retentionDays };
  const retired = lawfullyRetired(await readRetirements(tx), anchors, rule);
  const keptNode = await readKeptNodes(tx);
  const check = new LogCheck({ anchors: anchors.anchors, retired, keptNode }, sha256);
  for await (const leaves of readLeaves(tx)) {
    for (const leaf of leaves) check.take(leaf);
    onProgress(check.size);
  }
  const leafless = await readLeafless(tx);
  const completeness = completenessOf(kept, anchors);
  const inserted = leafless.flatMap((one) => insertedFrom(one, completeness, kept.size));
  const found = [...anchors.findings, ...check.finish(signedHead(kept.note, key)), ...inserted];
  const newest = anchors.anchors.at(-1);
  return {
    size: check.size,
    waiting: leafless.length - inserted.length,
    retired,
    anchors: anchors.anchors.length,
    newestAnchor: newest && { at: newest.at, size: newest.checkpoint.size },
    findings: found.toSorted((one, other) => one.from - other.from),
  };
}

/** The tree of a signed checkpoint, null for the empty one; undefined where the key has not signed it. */
export function signedHead(note: string | null, key: NoteKey): TreeHead | undefined {
  if (note === null) return { size: 0, root: emptyRoot(sha256) };
  try {
    return parseCheckpoint(openNote(note, key, nodeVerifier).text);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Up to which number, and to which time, nothing can be missing from the tree. */
type Completeness = { readonly settled: number; readonly untilMs: number };

function completenessOf(head: KeptHead, { anchors }: Anchors): Completeness {
  const latest = anchors.findLast(({ isCaughtUp }) => isCaughtUp);
  return {
    settled: anchors.reduce((most, { settled }) => Math.max(most, settled), head.settled),
    untilMs: (latest?.at.getTime() ?? Number.NEGATIVE_INFINITY) - LATENESS_MS,
  };
}

/** An entry outside the tree waits for it, unless it is older than what was complete already. */
function insertedFrom(
  { institution, entry, at }: Leafless,
  { settled, untilMs }: Completeness,
  size: number,
): readonly Finding[] {
  const isSettled = Number(entry) <= settled;
  if (!isSettled && at.getTime() >= untilMs) return [];
  const says = isSettled
    ? 'it is in no leaf, though its number was settled'
    : 'it is in no leaf, and says to be older than the newest checkpoint';
  return [{ kind: 'inserted', from: size, to: size, name: { institution, entry }, says }];
}
