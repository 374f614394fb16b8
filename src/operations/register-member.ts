// An administrator registers a user of their contract, or the bank the first administrator of one: the ID, a first
// PIN, and the code for a certificate.
import type { CodeWay } from '../banking/acquisition.ts';
import { parseDisplayName, parseReading } from '../banking/display-name.ts';
import { parseIdentity } from '../banking/identity.ts';
import { parseMailAddress } from '../banking/mail-address.ts';
import type { Person } from '../banking/person.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockContract } from '../store/contracts.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { countMembers, isUserIdTaken } from '../store/members.ts';
import { insertPerson } from '../store/persons.ts';
import {
  type Actor,
  contractOf,
  identityOf,
  isOrder,
  nameOf,
  recordedOf,
  sessionOf,
  toldBy,
} from './actor.ts';
import { type ChangeNeeds, checkMayStillAct, personEntry } from './change-member.ts';
import { makeInitialPin } from './initial-pin.ts';
import {
  type CodeKeys,
  drawingBy,
  makeOffer,
  type Offer,
  offeredBefore,
} from './offer-acquisition.ts';
import { seedOf } from './once.ts';
import type { PinHasher } from './pin-hasher.ts';
import { tellCompany } from './tell-company.ts';

/** What a new user is given, by two ways: the first PIN with the ID, and the code. */
export type Registered = Offer & { readonly pin: string };

type Needs = ChangeNeeds & CodeKeys & { readonly pins: PinHasher };

/** Refuses `invalid-input` (form, or an ID that is taken) and `too-many-users`. */
export async function registerMember(
  asked: {
    readonly by: Actor;
    readonly user: string;
    readonly name: string;
    readonly kana?: string | null;
    readonly mail?: string;
    /** What the form carried, so that it registers once and shows the same when it is sent twice. */
    readonly once?: string;
    /** How the code gets to the user; by mail takes an address. */
    readonly way?: CodeWay;
  },
  needs: Needs,
): Promise<Registered> {
  const { by } = asked;
  const { institution, contract, contractName } = contractOf(by);
  const kana = parseReading(asked.kana ?? null);
  const mail = parseMailAddress(asked.mail ?? '');
  if (asked.way === 'mail' && mail === null) {
    throw new Refusal('invalid-input', 'a code by mail needs an address');
  }
  const identity = parseIdentity({ institution, contract, user: asked.user });
  const person: Person = {
    identity,
    name: parseDisplayName(asked.name),
    contractName,
    role: isOrder(by) ? 'administrator' : 'user',
    previousLoginAt: null,
    isLocked: false,
    isStopped: false,
    isFrozen: false,
    hasInitialPin: true,
  };
  const seed = seedOf(asked.once, { session: sessionOf(by), identity }, needs.codeKey);
  const drawing = drawingBy(asked.way, seed, needs);
  const pin = makeInitialPin(identity, seed);
  using place = needs.pins.reserve(identityOf(by));
  const pinHash = await place.hash(pin);
  const now = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    // Whoever held the lock may have closed the contract, and so ended the session.
    await lockContract(identity, tx);
    await checkMayStillAct(by, tx);
    const before = await offeredBefore({ identity, slot: 1 }, drawing, tx);
    if (before !== undefined) return { ...before, pin };
    await checkFits(person, by, tx);
    const { name, role } = person;
    const added = { identity, name, kana, role, mail, pinHash, hasInitialPin: true, at: now };
    await insertPerson(added, tx);
    const slot = { identity, slot: 1 };
    const empty = { slot, held: [], hasHadOne: false };
    const changing = { ...empty, person, by: nameOf(by), policy: by.policy, now };
    const { offer, entries } = await makeOffer(changing, drawing, tx);
    const registered = [personEntry('person-registered', changing, { role }), ...entries];
    await appendAudit(recordedOf(registered, by), tx);
    await tellCompany({ event: 'registered', member: person, ...toldBy(by), now }, tx);
    return { ...offer, pin };
  });
}

async function checkFits({ identity }: Person, { policy }: Actor, tx: Tx): Promise<void> {
  // IDs that differ by capitals alone would be mistaken for each other.
  if (await isUserIdTaken(identity, tx)) {
    throw new Refusal('invalid-input', 'the contract has a user of this ID');
  }
  if ((await countMembers(identity, tx)) >= policy.usersPerContract) {
    throw new Refusal('too-many-users', 'the contract has as many users as policy allows');
  }
}
