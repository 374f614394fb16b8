// An administrator vouches for a member: a one-time code by which they acquire a certificate. Asking for a new
// one ends the old, with what was acquired by it and not proved. A reissue takes the old certificate out of use in the same transaction.
import { equalOctets } from '../asn1/octets.ts';
import type { AuditEntry } from '../audit/entry.ts';
import { acquisitionKindFor, type CodeWay, offerEndsAt } from '../banking/acquisition.ts';
import type { ReissueReason } from '../banking/company.ts';
import type { Policy } from '../banking/policy.ts';
import { addDays, startOfTokyoDay, tokyoDayOf } from '../banking/tokyo-calendar.ts';
import type { Log } from '../log.ts';
import {
  type Acquisition,
  countReissues,
  endAcquisition,
  insertAcquisition,
  listAcquisitions,
} from '../store/acquisitions.ts';
import { heldInSlot, moveCertificate, type Slot } from '../store/certificates.ts';
import type { Tx } from '../store/database.ts';
import { acquisitionCodeHash, makeAcquisitionCode } from './acquisition-code.ts';
import { sessionOf } from './actor.ts';
import {
  type Asked,
  type ChangeNeeds,
  type Changing,
  changeMember,
  memberOf,
  personEntry,
} from './change-member.ts';
import { replacedEntry } from './issue-certificate.ts';
import { mailCode } from './mailed-code.ts';
import { octetsOf, randomSeed, type Seed, seedOf } from './once.ts';
import { endedOffer, moveHeld } from './withdraw-certificate.ts';

/** A code as it is shown once to who vouches. */
export type Offer = { readonly code: string; readonly expiresAt: Date };

type Needs = ChangeNeeds & CodeKeys & { readonly log: Log };

/** Malware deletes certificates in order to catch their reissues: so many in a week are not chance. */
const VANISHED_IN_A_ROW = 3;
const DAYS_OF_A_ROW = 7;
/** How long wrong PINs of a code that has ended count for the next one. */
const ERRORS_KEPT_MS = 24 * 60 * 60_000;

/** Offers a certificate to a member whose slot holds none that works. */
export async function offerAcquisition(asked: Asked, needs: Needs): Promise<Offer> {
  const drawing = drawingFor(asked, needs);
  const work = async (changing: Changing, tx: Tx) => {
    const { offer, entries } = await makeOffer(changing, drawing, tx);
    return { entries, told: 'offered' as const, answer: offer };
  };
  const repeated = async ({ slot }: Changing, tx: Tx) => await offeredBefore(slot, drawing, tx);
  return await changeMember('offer', asked, { ...needs, work, repeated });
}

/** Takes a member's certificates out of use (for ever after theft) and offers another. */
export async function reissueCertificate(
  asked: Asked & { readonly reason: ReissueReason },
  needs: Needs,
): Promise<Offer> {
  const { reason } = asked;
  const drawing = drawingFor(asked, needs);
  const work = async (changing: Changing, tx: Tx) => {
    const { slot, held, by, policy, now } = changing;
    // Revoking an administrator for ever takes two of the bank's staff.
    const mayRevoke = changing.person.role !== 'administrator' || changing.byBank === true;
    const isForEver = mayRevoke && (reason === 'theft' || policy.revokeFirst);
    const kind = isForEver ? 'revoke' : 'suspend';
    const isThere = !isForEver && held.every(({ state }) => state === 'suspended');
    const from = { withdrawal: { ...slot, by }, held, now };
    const moved = isThere ? [] : await moveHeld(kind, from, tx);
    const left = { ...changing, held: await heldInSlot(slot, tx) };
    const { offer, entries } = await makeOffer({ ...left, reason }, drawing, tx);
    const begun = personEntry('reissue-begun', changing, { slot: slot.slot, reason });
    const row = reason === 'vanished' ? await rowOfReissues(changing, needs.log, tx) : [];
    return {
      entries: [begun, ...moved, ...entries, ...row],
      told: 'reissued' as const,
      answer: offer,
    };
  };
  const repeated = async ({ slot }: Changing, tx: Tx) => await offeredBefore(slot, drawing, tx);
  return await changeMember('reissue', asked, { ...needs, work, repeated });
}

/** The key of the hash by which codes are kept, and the one under which they are sealed until they are mailed. */
export type CodeKeys = { readonly codeKey: Uint8Array; readonly sealKey: Uint8Array };

/** From what a code is drawn, and the key of the hash by which it is kept. */
export type Drawing = {
  readonly seed: Seed;
  readonly codeKey: Uint8Array;
  /** Where the code is mailed: the key under which it is sealed until then. */
  readonly sealKey?: Uint8Array;
};

/** The drawing of a form for a member; the same form sent with the other way draws another code. */
export function drawingFor({ by, user, once, way }: Asked, keys: CodeKeys): Drawing {
  const identity = memberOf({ by, user });
  const seed = seedOf(once, { session: sessionOf(by), identity }, keys.codeKey);
  return drawingBy(way, seed, keys);
}

/** The drawing of a code that goes this way, from a form's seed. */
export function drawingBy(
  way: CodeWay | undefined,
  seed: Seed,
  { codeKey, sealKey }: CodeKeys,
): Drawing {
  if (way !== 'mail') return { seed, codeKey };
  return { seed: octetsOf(seed, 'code by mail'), codeKey, sealKey };
}

/** The open offer that this very form made, with its code. */
export async function offeredBefore(
  slot: Slot,
  { seed, codeKey }: Drawing,
  tx: Tx,
): Promise<Offer | undefined> {
  const code = makeAcquisitionCode(seed);
  const hash = acquisitionCodeHash(code, slot, codeKey);
  const offers = await listAcquisitions(slot.identity, tx);
  const open = offers.find((one) => one.endReason === null && equalOctets(one.codeHash, hash));
  return open && { code, expiresAt: open.expiresAt };
}

type MadeOffer = { readonly offer: Offer; readonly entries: readonly AuditEntry[] };

/** Ends the slot's open offer and makes another; what it is for follows from what the slot holds. */
export async function makeOffer(
  changing: Omit<Changing, 'slots'> & {
    readonly reason?: ReissueReason;
    /** Where the code is to end before it otherwise would. */
    readonly atMostUntil?: Date;
  },
  drawing: Drawing,
  tx: Tx,
): Promise<MadeOffer> {
  const { slot, by, policy, now, reason = null } = changing;
  const kind = acquisitionKindFor(changing, policy, now);
  const before = await listAcquisitions(slot.identity, tx);
  const pinErrors = errorsLeft(before, policy, now);
  const hadOpen = await endAcquisition(slot, { reason: 'replaced', at: now }, tx);
  const withdrawn = await withdrawAcquired(changing, tx);
  const { code, codeHash } = drawCode(slot, { ...drawing, before });
  const lastsUntil = offerEndsAt(kind, changing, { policy, now });
  const atMostUntil = changing.atMostUntil ?? lastsUntil;
  const expiresAt = new Date(Math.min(atMostUntil.getTime(), lastsUntil.getTime()));
  const made = { ...slot, kind, offeredAt: now, expiresAt };
  const id = await insertAcquisition({ ...made, codeHash, offeredBy: by, pinErrors, reason }, tx);
  const { sealKey } = drawing;
  if (sealKey !== undefined) await mailCode({ ...made, id, code }, sealKey, tx);
  const way: CodeWay = sealKey === undefined ? 'screen' : 'mail';
  const offered = { slot: slot.slot, kind, expiresAt: expiresAt.toISOString(), way };
  return {
    offer: { code, expiresAt },
    entries: [
      ...(hadOpen ? [endedOffer(slot, { by, now })] : []),
      ...withdrawn,
      personEntry('acquisition-offered', changing, offered),
    ],
  };
}

/** A code that the person was never given before, however often a form is sent. */
function drawCode(
  slot: Slot,
  of: Drawing & { readonly before: readonly Acquisition[] },
): { readonly code: string; readonly codeHash: Uint8Array } {
  const code = makeAcquisitionCode(of.seed);
  const codeHash = acquisitionCodeHash(code, slot, of.codeKey);
  const wasGiven = of.before.some((one) => equalOctets(one.codeHash, codeHash));
  return wasGiven ? drawCode(slot, { ...of, seed: randomSeed() }) : { code, codeHash };
}

/** What was acquired by a code before and waits for its proof falls with that code. */
async function withdrawAcquired(
  { held, now }: Pick<Changing, 'held' | 'now'>,
  tx: Tx,
): Promise<readonly AuditEntry[]> {
  const acquired = held.filter(({ provedAt, acquiredAs }) => provedAt === null && acquiredAs);
  for (const one of acquired) await moveCertificate(one, 'replace', now, tx);
  return acquired.map((one) => replacedEntry(one, one.sha256, now));
}

/**
 * Wrong PINs that a new code begins with: asking for codes does not renew the guessing. One attempt is always
 * left, for who was given a new code because the one before had ended.
 */
function errorsLeft(before: readonly Acquisition[], { pinErrorLimit }: Policy, now: Date): number {
  const since = now.getTime() - ERRORS_KEPT_MS;
  const late = before.filter(({ endedAt }) => endedAt === null || endedAt.getTime() > since);
  return Math.min(Math.max(0, ...late.map(({ pinErrors }) => pinErrors)), pinErrorLimit - 1);
}

/** An alarm when certificates of one contract vanish one after the other. */
async function rowOfReissues(changing: Changing, log: Log, tx: Tx): Promise<readonly AuditEntry[]> {
  const { institution, contract } = changing.person.identity;
  const since = startOfTokyoDay(addDays(tokyoDayOf(changing.now), -DAYS_OF_A_ROW));
  const count = await countReissues({ institution, contract, reason: 'vanished', since }, tx);
  if (count < VANISHED_IN_A_ROW) return [];
  log.error({ institution, contract, count }, 'certificates of one contract vanish in a row');
  return [personEntry('reissues-in-a-row', changing, { count })];
}
