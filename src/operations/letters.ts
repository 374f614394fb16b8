// Letters to users who have neither PIN nor certificate: one of the staff asks for them, another approves. Who
// approved is given the letters with the codes, who asked those with the first PINs: nobody has both. Each print file
// is made when it is given, once, and kept nowhere.
import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../audit/entry.ts';
import { offerEndsAt } from '../banking/acquisition.ts';
import {
  type Addressee,
  type Letter,
  type LetterBatch,
  type LetterKind,
  MOST_LETTERS,
} from '../banking/letter.ts';
import { isOrderId, type Order } from '../banking/order.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { appendManyEntries } from '../store/import-people.ts';
import { policyAt } from '../store/institutions.ts';
import {
  type BatchKey,
  findBatch,
  insertBatch,
  insertFirstOffers,
  keepGiven,
  listBatches,
  lockAddressees,
  lockBatch,
  setFirstPins,
  usersWithoutLetter,
} from '../store/letters.ts';
import { findOrder, type OrderKey } from '../store/orders.ts';
import { acquisitionCodeHash, makeAcquisitionCode } from './acquisition-code.ts';
import { authoriseReader, authoriseStaff } from './authorise-staff.ts';
import { withTouch } from './freshness.ts';
import { makeInitialPin } from './initial-pin.ts';
import { randomSeed } from './once.ts';
import type { PinHasher } from './pin-hasher.ts';
import { fileOrder } from './request-order.ts';
import type { AuthenticatedUser } from './resume-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** What makes a print file of letters. */
export type PrintLetters = (letters: readonly Letter[], batch: LetterBatch) => Promise<Uint8Array>;

type PrintNeeds = Needs & {
  readonly codeKey: Uint8Array;
  readonly pins: PinHasher;
  readonly print: PrintLetters;
};

/** Who asks for which print file. */
export type LettersAsked = { readonly user: AuthenticatedUser; readonly key: BatchKey };

/** Letters as they stand, and which print files this staff member is to be given. */
export type BatchRead = {
  readonly batch: LetterBatch;
  readonly order: Order;
  readonly mayTake: readonly LetterKind[];
};

const DAY_MS = 24 * 60 * 60 * 1000;
/** Letters that nobody had printed for so long are none: their people are written to anew. */
const ASIDE_DAYS = 14;
const LATEST = 50;
const HASHED_AT_ONCE = 2;

/** Asks for letters to those who were written none yet. Refuses `not-in-role`, and `invalid-input` where there is nobody. */
export async function requestLetters(
  asked: {
    readonly user: AuthenticatedUser;
    readonly institution: string;
    readonly contract: string | null;
    readonly atMost: number;
    readonly reason: string;
    readonly reference: string | null;
  },
  { db, clock }: Needs,
): Promise<OrderKey> {
  const { user, institution, contract, reason, reference } = asked;
  const at = clock.now();
  return await inTransaction(db, async (tx) => {
    await authoriseStaff({ user, action: 'request-print-letters', institution }, tx);
    const since = new Date(at.getTime() - ASIDE_DAYS * DAY_MS);
    const atMost = Math.min(asked.atMost, MOST_LETTERS);
    const to = await usersWithoutLetter({ institution, contract, since, atMost }, tx);
    if (to.length === 0) throw new Refusal('invalid-input', 'there is nobody to write to');
    const id = randomUUID();
    const content = {
      kind: 'print-letters',
      institution,
      batch: id,
      contract,
      letters: to.length,
    } as const;
    const by = user.person.identity;
    const { key, entry } = await fileOrder({ content, reason, reference, by, at }, tx);
    await insertBatch({ institution, id, contract, request: key.id, by, at, to }, tx);
    await appendAudit(withTouch([entry], user.session), tx);
    return key;
  });
}

/** The latest letters of the staff member's institutions; refuses `not-in-role`. */
export async function readBatches(
  user: AuthenticatedUser,
  { db }: Pick<Needs, 'db'>,
): Promise<readonly LetterBatch[]> {
  const asked = { user, action: 'read-orders', institution: null } as const;
  const { scope } = (await authoriseReader(asked, db)).member;
  return await listBatches({ scope, atMost: LATEST }, db);
}

/** Letters that were asked for together; refuses `not-in-role` and `not-found`. */
export async function readBatch(
  { user, key }: LettersAsked,
  { db }: Pick<Needs, 'db'>,
): Promise<BatchRead> {
  const { institution } = key;
  await authoriseReader({ user, action: 'read-orders', institution }, db);
  const batch = isOrderId(key.id) ? await findBatch(key, db) : undefined;
  const order = batch && (await findOrder({ institution, id: batch.request }, db));
  if (batch === undefined || order === undefined) throw new Refusal('not-found', 'no such letters');
  const mayTake = (['codes', 'pins'] as const).filter((kind) =>
    isFor(user, kind, { batch, order }),
  );
  return { batch, order, mayTake };
}

/** The letters with the codes, to who approved them; refuses `not-permitted` to others, and a second time. */
export async function printCodes(
  { user, key }: LettersAsked,
  needs: PrintNeeds,
): Promise<Uint8Array> {
  const { institution } = key;
  const at = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    const given = await checkMayTake({ user, key }, 'codes', tx);
    const policy = await policyAt(institution, at, tx);
    const expiresAt = offerEndsAt('first', { held: [] }, { policy, now: at });
    const to = await lockAddressees(key, { withoutPin: false, withoutCode: true }, tx);
    const letters = to.map((one) => ({
      ...one,
      kind: 'codes' as const,
      code: makeAcquisitionCode(randomSeed()),
      expiresAt,
    }));
    const offers = letters.map(({ identity, code }) => {
      return {
        identity,
        codeHash: acquisitionCodeHash(code, { identity, slot: 1 }, needs.codeKey),
      };
    });
    const by = `staff:${user.person.identity.user}`;
    await insertFirstOffers(offers, { institution, by, at, expiresAt }, tx);
    const detail = { slot: 1, kind: 'first', expiresAt: expiresAt.toISOString() };
    await record(
      'codes',
      { letters, detail, event: 'acquisition-offered' },
      { user, given, at },
      tx,
    );
    // Printed before it is committed: what cannot be printed is not given.
    return await needs.print(letters, given.batch);
  });
}

/** The letters with IDs and first PINs, to who asked for them; refuses as `printCodes`. */
export async function printPins(
  { user, key }: LettersAsked,
  needs: PrintNeeds,
): Promise<Uint8Array> {
  const { institution } = key;
  const { batch, mayTake } = await readBatch({ user, key }, needs);
  if (!mayTake.includes('pins')) throw new Refusal('not-permitted', 'not for this staff member');
  const drawn = await drawPins(batch, needs);
  const at = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    const given = await checkMayTake({ user, key }, 'pins', tx);
    const to = await lockAddressees(key, { withoutPin: true, withoutCode: false }, tx);
    const letters = to.flatMap((one) => {
      const pin = drawn.get(one.place);
      return pin === undefined ? [] : [{ ...one, kind: 'pins' as const, ...pin }];
    });
    await setFirstPins(letters, institution, tx);
    await record('pins', { letters, detail: {}, event: 'pin-reset' }, { user, given, at }, tx);
    return await needs.print(letters, given.batch);
  });
}

/** Hashed before the transaction, a few at a time: a login waits for one of them at the most. */
async function drawPins(
  batch: LetterBatch,
  { db, pins }: PrintNeeds,
): Promise<ReadonlyMap<number, { readonly pin: string; readonly hash: string }>> {
  const to = await inTransaction(
    db,
    async (tx) => await lockAddressees(batch, { withoutPin: true, withoutCode: false }, tx),
  );
  const drawn = new Map<number, { readonly pin: string; readonly hash: string }>();
  const left = [...to];
  const hashSome = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      const pin = makeInitialPin(one.identity);
      drawn.set(one.place, { pin, hash: await pins.hash(pin) });
    }
  };
  await Promise.all(Array.from({ length: HASHED_AT_ONCE }, hashSome));
  return drawn;
}

type Given = Pick<BatchRead, 'batch' | 'order'>;

/** In the transaction in which it is given. */
async function checkMayTake({ user, key }: LettersAsked, kind: LetterKind, tx: Tx): Promise<Given> {
  const { institution } = key;
  const action = kind === 'codes' ? 'decide-print-letters' : 'request-print-letters';
  await authoriseStaff({ user, action, institution }, tx);
  const batch = isOrderId(key.id) ? await lockBatch(key, tx) : undefined;
  const order = batch && (await findOrder({ institution, id: batch.request }, tx));
  if (batch === undefined || order === undefined) throw new Refusal('not-found', 'no such letters');
  if (!isFor(user, kind, { batch, order })) {
    throw new Refusal('not-permitted', 'not for this staff member, or given already');
  }
  return { batch, order };
}

function isFor({ person }: AuthenticatedUser, kind: LetterKind, { batch, order }: Given): boolean {
  const { user } = person.identity;
  const whose = kind === 'codes' ? order.decidedBy : order.requestedBy;
  return order.state === 'done' && whose === user && batch[kind] === null;
}

async function record(
  kind: LetterKind,
  done: {
    readonly letters: readonly Addressee[];
    readonly detail: AuditEntry['detail'];
    readonly event: AuditEntry['event'];
  },
  of: { readonly user: AuthenticatedUser; readonly given: Given; readonly at: Date },
  tx: Tx,
): Promise<void> {
  const { user, at } = of;
  const { batch, order } = of.given;
  const { institution } = batch;
  const by = `staff:${user.person.identity.user}`;
  await keepGiven(batch, { kind, by: user.person.identity.user, at }, tx);
  const entries = done.letters.map(({ identity: person }) => {
    return { event: done.event, person, detail: { by, order: order.id, ...done.detail } };
  });
  await appendManyEntries(entries, { institution, at }, tx);
  const detail = { by, order: order.id, letters: kind, count: done.letters.length };
  const printed = { institution, at, event: 'letters-printed', detail } as const;
  await appendAudit(withTouch([printed], user.session), tx);
}
