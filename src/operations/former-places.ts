// Whether certificates to be imported have a free place each: a user, a slot that holds nothing, a number and a key that
// are on record nowhere. Asked of the database in parts, of all lines together.
import type { Policy } from '../banking/policy.ts';
import type { Slot } from '../store/certificates.ts';
import type { Tx } from '../store/database.ts';
import {
  findBySerials,
  findTakenKeys,
  type ImportedCertificate,
  type PlaceState,
  placesOf,
} from '../store/imported-certificates.ts';

/** A line, and what would be recorded of it. */
export type Candidate = { readonly line: number; readonly certificate: ImportedCertificate };

/** Something to be told of a line. */
export type LineNote = { readonly line: number; readonly why: string };

type Checked = {
  readonly good: readonly Candidate[];
  readonly faults: readonly LineNote[];
  /** On record already. */
  readonly leftOut: readonly LineNote[];
  /** To be added before the good ones are recorded. */
  readonly slots: readonly Slot[];
};

type Among = { readonly institution: string; readonly policy: Policy };

const AT_ONCE = 500;

/** Sorts the lines; a user's next slot may be added where policy allows one more. */
export async function checkPlaces(
  candidates: readonly Candidate[],
  among: Among,
  tx: Tx,
): Promise<Checked> {
  const known = await knownNumbers(candidates, among, tx);
  const isKnown = ({ certificate }: Candidate) => known.has(numberOf(certificate));
  const fresh = candidates.filter((one) => !isKnown(one));
  const places = await placesFor(fresh, among, tx);
  const added = slotsToAdd(fresh, { places, policy: among.policy });
  const keys = await takenKeys(fresh, among, tx);
  const seen = new Set<string>();
  const faults: LineNote[] = [];
  const good: Candidate[] = [];
  for (const one of fresh) {
    const why = faultOfPlace(one.certificate, places) ?? keys(one.certificate) ?? twice(one, seen);
    if (why === undefined) good.push(one);
    else faults.push({ line: one.line, why });
  }
  const leftOut = candidates
    .filter(isKnown)
    .map(({ line }) => ({ line, why: 'it is on record already' }));
  const slots = added.filter((slot) => good.some(({ certificate }) => isIn(slot, certificate)));
  return { good, faults, leftOut, slots };
}

async function knownNumbers(
  candidates: readonly Candidate[],
  { institution }: Among,
  tx: Tx,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const [hex, of] of Map.groupBy(candidates, ({ certificate }) => hexOf(certificate.issuer))) {
    const issuer = Uint8Array.fromHex(hex);
    for (const some of parts(of)) {
      const serials = some.map(({ certificate }) => certificate.serial);
      const found = await findBySerials({ institution, issuer }, serials, tx);
      for (const { certificate } of found) known.add(numberOf(certificate));
    }
  }
  return known;
}

type Places = ReadonlyMap<string, PlaceState>;

async function placesFor(
  candidates: readonly Candidate[],
  { institution }: Among,
  tx: Tx,
): Promise<Map<string, PlaceState>> {
  const places = new Map<string, PlaceState>();
  for (const [contract, of] of Map.groupBy(
    candidates,
    ({ certificate }) => certificate.identity.contract,
  )) {
    for (const some of parts(of)) {
      const users = [...new Set(some.map(({ certificate }) => certificate.identity.user))];
      const found = await placesOf({ institution, contract }, users, tx);
      for (const place of found) {
        const before = places.get(placeOf(place));
        places.set(placeOf(place), before?.isTaken === true ? before : place);
      }
    }
  }
  return places;
}

/** The next slots of users who are there, as policy allows; they count as places from here on. */
function slotsToAdd(
  candidates: readonly Candidate[],
  { places, policy }: { readonly places: Map<string, PlaceState>; readonly policy: Policy },
): readonly Slot[] {
  const added: Slot[] = [];
  const inOrder = candidates.toSorted((a, b) => a.certificate.slot - b.certificate.slot);
  for (const { certificate } of inOrder) {
    const { identity, slot } = certificate;
    const { contract, user } = identity;
    const place = { contract, user, slot, isTaken: false };
    const isNext = places.has(placeOf({ ...place, slot: slot - 1 }));
    if (!isNext || slot > policy.slotsPerUser || places.has(placeOf(place))) continue;
    places.set(placeOf(place), place);
    added.push({ identity, slot });
  }
  return added;
}

function isIn({ identity, slot }: Slot, certificate: ImportedCertificate): boolean {
  const other = certificate.identity;
  return (
    slot === certificate.slot &&
    identity.contract === other.contract &&
    identity.user === other.user
  );
}

function faultOfPlace(
  { identity, slot, state }: ImportedCertificate,
  places: Places,
): string | undefined {
  const { contract, user } = identity;
  const first = places.get(placeOf({ contract, user, slot: 1 }));
  if (first === undefined) return 'there is no such user';
  const place = places.get(placeOf({ contract, user, slot }));
  if (place === undefined) return 'the user has no such slot, and policy allows no more';
  // One that is revoked takes no place: it is kept so that its holder is told.
  return place.isTaken && state !== 'revoked' ? 'the slot holds a certificate already' : undefined;
}

type KeyFault = (certificate: ImportedCertificate) => string | undefined;

async function takenKeys(
  candidates: readonly Candidate[],
  { institution }: Among,
  tx: Tx,
): Promise<KeyFault> {
  const certified = new Set<string>();
  const blocked = new Set<string>();
  const whole = candidates.filter(({ certificate }) => certificate.der.length > 0);
  for (const some of parts(whole)) {
    const identities = some.map(({ certificate }) => certificate.keyIdentity);
    const spkis = some.map(({ certificate }) => certificate.spkiSha256);
    const taken = await findTakenKeys(institution, { identities, spkis }, tx);
    for (const key of taken.certified) certified.add(hexOf(key));
    for (const key of taken.blocked) blocked.add(hexOf(key));
  }
  return ({ keyIdentity, spkiSha256 }) => {
    if (blocked.has(hexOf(spkiSha256))) return 'its key is known to be unsafe';
    return certified.has(hexOf(keyIdentity)) ? 'another certificate has its key' : undefined;
  };
}

/** What two lines of one file may not share. */
function twice({ certificate }: Candidate, seen: Set<string>): string | undefined {
  const { identity, slot, keyIdentity, state } = certificate;
  const { contract, user } = identity;
  const things: readonly (readonly [string, string])[] = [
    [`number ${numberOf(certificate)}`, 'another line has the same number'],
    [`key ${hexOf(keyIdentity)}`, 'another line has the same key'],
    ...(state === 'revoked'
      ? []
      : [
          [`place ${placeOf({ contract, user, slot })}`, 'another line has the same slot'] as const,
        ]),
  ];
  const shared = things.find(([thing]) => seen.has(thing));
  for (const [thing] of things) seen.add(thing);
  return shared?.[1];
}

function parts(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const made: (readonly Candidate[])[] = [];
  for (let i = 0; i < candidates.length; i += AT_ONCE) made.push(candidates.slice(i, i + AT_ONCE));
  return made;
}

function placeOf({ contract, user, slot }: Pick<PlaceState, 'contract' | 'user' | 'slot'>): string {
  return `${contract} ${user} ${slot}`;
}

function numberOf({ issuer, serial }: Pick<ImportedCertificate, 'issuer' | 'serial'>): string {
  return `${hexOf(issuer)} ${hexOf(serial)}`;
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
