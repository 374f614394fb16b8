// The pool of labels that makes a members' host fresh to the browser, so that it asks for a certificate again.
// A label is never a credential: it and its mark say only "this link is fresh".
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';

/**
 * How many labels an institution has, half for logins and half for 確認: more would look like malware's
 * names to company resolvers.
 */
export const LABEL_COUNT = 4096;

const LOGIN_LABELS = LABEL_COUNT / 2;

/** A place in the pool and its name. */
export type Label = { readonly step: number; readonly label: string };

/** What a mark is made over; `key` has at least 32 bytes. */
export type MarkedLabel = {
  readonly institution: string;
  readonly label: string;
  readonly key: Uint8Array;
};

const SLOT_MILLISECONDS = 5 * 60_000;
const MARK_BYTES = 16;
const PREFIX = 'm-';

/** The label of a login after the browser's last one; a browser that tells none starts at a random place. */
export function nextLabel(previousStep: number | undefined): Label {
  const known = previousStep !== undefined && isStep(previousStep);
  const step = known ? (previousStep + 1) % LOGIN_LABELS : randomInt(LOGIN_LABELS);
  return { step, label: labelAt(step) };
}

/** A label for 確認 that no login of the browser has used, and not the one it is on. */
export function proofLabel(current: string | undefined): string {
  const step = Number(current?.slice(PREFIX.length));
  const isProof = step >= LOGIN_LABELS && step < LABEL_COUNT;
  const next = isProof ? step + 1 - LOGIN_LABELS : randomInt(LOGIN_LABELS);
  return labelAt(LOGIN_LABELS + (next % LOGIN_LABELS));
}

/** A mark that says this label was handed out just now; good for five to ten minutes. */
export function makeMark(of: MarkedLabel, now: Date): string {
  return markAt(of, slotAt(now)).toString('base64url');
}

/** Whether the mark was handed out for this label within its life; anything else is stale, never an error. */
export function checkMark(mark: string, of: MarkedLabel, now: Date): 'fresh' | 'stale' {
  const given = Buffer.from(mark, 'base64url');
  if (given.length !== MARK_BYTES || given.toString('base64url') !== mark) return 'stale';
  const slot = slotAt(now);
  const isFresh = [slot, slot - 1].some((at) => timingSafeEqual(given, markAt(of, at)));
  return isFresh ? 'fresh' : 'stale';
}

function isStep(step: number): boolean {
  return Number.isInteger(step) && step >= 0 && step < LOGIN_LABELS;
}

function labelAt(step: number): string {
  return PREFIX + String(step).padStart(4, '0');
}

function slotAt(now: Date): number {
  return Math.floor(now.getTime() / SLOT_MILLISECONDS);
}

function markAt({ institution, label, key }: MarkedLabel, slot: number): Buffer {
  const text = JSON.stringify(['koshin label mark', institution, label, slot]);
  return createHmac('sha256', key).update(text).digest().subarray(0, MARK_BYTES);
}
