// A checkpoint as it is kept outside the database, and what was known when it left: one line of JSON. Not
// where it is kept.
import { Refusal } from '../errors.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { jsonObjectFrom } from './json-object.ts';
import { unverifiedText } from './signed-note.ts';

/** A checkpoint kept outside. */
export type Anchor = {
  readonly at: Date;
  /** Every entry up to this number was in the tree, or has never been committed. */
  readonly settled: number;
  /** Whether every entry of that time was in the tree, and none waited. */
  readonly isCaughtUp: boolean;
  readonly note: string;
  /** What the note says; its signature is verified by whoever relies on it. */
  readonly checkpoint: Checkpoint;
};

/** The line, with its end. */
export function formatAnchor({
  at,
  settled,
  isCaughtUp,
  note,
}: Omit<Anchor, 'checkpoint'>): string {
  return `${JSON.stringify({ at: at.toISOString(), settled, isCaughtUp, note })}\n`;
}

/** Reads a line; throws Refusal('malformed'). */
export function parseAnchor(line: string): Anchor {
  const { at, settled, isCaughtUp, note } = jsonObjectFrom(line, 'anchor');
  const instant = new Date(typeof at === 'string' ? at : Number.NaN);
  if (
    Number.isNaN(instant.getTime()) ||
    typeof settled !== 'number' ||
    typeof isCaughtUp !== 'boolean' ||
    typeof note !== 'string'
  ) {
    throw new Refusal('malformed', 'anchor: not a checkpoint with its time');
  }
  return {
    at: instant,
    settled,
    isCaughtUp,
    note,
    checkpoint: parseCheckpoint(unverifiedText(note)),
  };
}
