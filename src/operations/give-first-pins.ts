// First PINs for people who move in with another CA's certificate and have no PIN yet: letters are for those without a
// certificate. Each is handed out before it counts, so that none is lost; by the command line only.
import type { Identity } from '../banking/identity.ts';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import {
  type AfterNotMoved,
  listFormerAuthorities,
  listWithoutPin,
  type NotMoved,
} from '../store/former-authorities.ts';
import { lockPinStanding, setPin } from '../store/pins.ts';
import { makeInitialPin } from './initial-pin.ts';
import type { PinHasher } from './pin-hasher.ts';

/** Somebody and their first PIN. */
export type GivenPin = { readonly identity: Identity; readonly name: string; readonly pin: string };

type Needs = { readonly db: Db; readonly clock: Clock; readonly pins: PinHasher };
type Hashed = GivenPin & { readonly hash: string };

const AT_ONCE = 50;

/** Gives them, some at a time, each part written before it is committed; returns how many. */
export async function giveFirstPins(
  institution: string,
  write: (people: readonly GivenPin[]) => Promise<void>,
  needs: Needs,
): Promise<number> {
  const now = needs.clock.now();
  let count = 0;
  for (const { issuer } of await listFormerAuthorities(institution, needs.db)) {
    let after: AfterNotMoved | undefined;
    for (;;) {
      const asked = { institution, issuer, now, after, atMost: AT_ONCE };
      const found = await listWithoutPin(asked, needs.db);
      count += await give(await hashed(found, needs.pins), { now, write }, needs.db);
      after = found.at(-1)?.certificate;
      if (after === undefined) break;
    }
  }
  return count;
}

async function hashed(found: readonly NotMoved[], pins: PinHasher): Promise<readonly Hashed[]> {
  const people: Hashed[] = [];
  for (const { certificate, name } of found) {
    const { identity } = certificate;
    const last = people.at(-1)?.identity;
    // Of two slots of one person the second follows the first.
    if (last?.contract === identity.contract && last.user === identity.user) continue;
    const pin = makeInitialPin(identity);
    people.push({ identity, name, pin, hash: await pins.hash(pin) });
  }
  return people;
}

async function give(
  people: readonly Hashed[],
  {
    now,
    write,
  }: { readonly now: Date; readonly write: (people: readonly GivenPin[]) => Promise<void> },
  db: Db,
): Promise<number> {
  if (people.length === 0) return 0;
  return await inTransaction(db, async (tx) => {
    const given: GivenPin[] = [];
    for (const { hash, ...person } of people) {
      const { identity } = person;
      if ((await lockPinStanding(identity, tx)).hash !== null) continue;
      await setPin(identity, { hash, isInitial: true }, tx);
      const { institution } = identity;
      const entry = { institution, at: now, event: 'pin-reset', person: identity } as const;
      await appendAudit([{ ...entry, detail: { by: 'koshin ca' } }], tx);
      given.push(person);
    }
    await write(given);
    return given.length;
  });
}
