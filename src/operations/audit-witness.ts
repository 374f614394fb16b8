// What an audit log is held against: the checkpoints kept outside, verified, and what may be gone by rule.
import type { Anchor } from '../audit/anchor.ts';
import type { Finding } from '../audit/check-log.ts';
import { type NoteKey, openNote } from '../audit/signed-note.ts';
import { Refusal } from '../errors.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import { readAnchors } from './anchor-file.ts';

/** The checkpoints of a folder by their size, and the lines that are none of this log. */
export type Anchors = {
  readonly anchors: readonly Anchor[];
  readonly findings: readonly Finding[];
};

/** A record that entries before a position were removed. */
export type Retirement = { readonly at: Date; readonly before: number };

const DAY_MS = 24 * 60 * 60 * 1000;

/** Reads and verifies the checkpoints of a folder; none where it has no file. */
export async function readVerifiedAnchors(folder: string, key: NoteKey): Promise<Anchors> {
  const anchors: Anchor[] = [];
  const findings: Finding[] = [];
  for await (const line of readAnchors(folder)) {
    if ('unreadable' in line) continue; // cut off by a crash; whoever can forge lines can leave them out
    if (isSigned(line, key)) anchors.push(line);
    else findings.push(foreign(line));
  }
  return { anchors: anchors.toSorted((a, b) => a.checkpoint.size - b.checkpoint.size), findings };
}

/** The size of the tree that was anchored so many days before; what it holds may be removed by rule. */
export function retirableSize(
  { anchors }: Anchors,
  now: Date,
  retentionDays: number | null,
): number {
  if (retentionDays === null) return 0;
  const cutoff = now.getTime() - retentionDays * DAY_MS;
  return anchors.reduce(
    (size, { at, checkpoint }) => (at.getTime() <= cutoff ? Math.max(size, checkpoint.size) : size),
    0,
  );
}

/** Up to where entries may be gone: the largest removal on record that the rule allowed when it was made. */
export function lawfullyRetired(
  retirements: readonly Retirement[],
  anchors: Anchors,
  rule: { readonly now: Date; readonly retentionDays: number | null },
): number {
  const lawful = retirements.filter(({ at, before }) => {
    // A record that says to be of the future allows no more than one of now.
    const madeAt = new Date(Math.min(at.getTime(), rule.now.getTime()));
    return before <= retirableSize(anchors, madeAt, rule.retentionDays);
  });
  return Math.max(0, ...lawful.map(({ before }) => before));
}

function isSigned({ note }: Anchor, key: NoteKey): boolean {
  try {
    openNote(note, key, nodeVerifier);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function foreign({ at, checkpoint }: Anchor): Finding {
  const from = checkpoint.size;
  const says = `the checkpoint of ${at.toISOString()} outside is not signed by this log's key`;
  return { kind: 'checkpoint-wrong', from, to: from, name: undefined, says };
}
