// One login as people do it: a certificate is picked from the list, the page is read and done as it says,
// until a session is open or nothing is left to try. Not here: what a person does about the latter.
import { REFUSALS, type RefusalKind } from '../src/words/refusals.ts';
import { enter, submitPin } from '../test/system/customers.ts';
import type { InSession } from '../test/system/renewal-client.ts';
import { type Answer, Visitor } from '../test/system/visitor.ts';
import type { Held } from './browser.ts';
import { MISTYPES, PICKS_WRONG, READS_NAME } from './habits.ts';
import type { Person } from './person.ts';

/** A session with the certificate that opened it. */
export type Opened = InSession & { readonly held: Held };

/** A session, or what the last page said that could not be done on the spot. */
export type Entrance = Opened | { readonly told: RefusalKind };

const TRIES = 12;
const WRONG_PIN = 'Chigau123';

/** Logs a person in. */
export async function logIn(person: Person): Promise<Entrance> {
  const { world, browser, chance } = person;
  const trying: Trying = { tried: new Set(), mistypes: chance.happens(MISTYPES) };
  let told: RefusalKind = 'no-certificate';
  for (let tries = 0; tries < TRIES; tries++) {
    const held = pick(person, browser.offered(world.now), trying.tried);
    const visitor = visitorOf(person, held);
    const page = await enter(visitor, world.koshin.mihon, world.koshin);
    if (held === undefined) {
      const said = refusalOn(page);
      // The page of none shown names every reason; what was said of a certificate before is nearer.
      return { told: trying.tried.size > 0 ? told : said };
    }
    if (page.status === 200) {
      const entered = await enterPin(person, { visitor, page, held }, trying);
      if (typeof entered !== 'string') return entered;
      if (entered !== 'somebody-else') told = entered;
    } else {
      told = refusalOn(page);
      trying.tried.add(held);
    }
  }
  return { told };
}

type Trying = { readonly tried: Set<Held>; mistypes: boolean };

/** What a page of a PIN is entered into. */
type PinPage = {
  readonly visitor: Visitor;
  readonly page: Answer & { readonly url: string };
  readonly held: Held;
};

/** Types the PIN; the session, what cannot be helped on the spot, or what to try again after. */
async function enterPin(
  person: Person,
  { visitor, page, held }: PinPage,
  trying: Trying,
): Promise<Entrance | 'wrong-pin' | 'somebody-else'> {
  const { world, plan, chance } = person;
  // The page says whose certificate was shown.
  const isOwn = page.text.includes(` ${plan.id} `);
  if (!isOwn) trying.tried.add(held);
  if (!isOwn && chance.happens(READS_NAME)) return 'somebody-else';
  const isMistyped = !person.knowsPin || trying.mistypes;
  trying.mistypes = false;
  const answer = await submitPin(visitor, page, isMistyped ? WRONG_PIN : person.pin);
  if (answer.status === 303) {
    if (!isOwn) throw new Error(`${plan.id} is in as somebody else`);
    world.counts.logins += 1;
    return { visitor, origin: new URL(page.url).origin, held };
  }
  // A wrong PIN leaves the page of the PIN, which says so.
  if (answer.formToken === undefined) return { told: refusalOn(answer) };
  const givesUp = isOwn && !person.knowsPin && !person.typesUntilLocked;
  return givesUp ? { told: 'wrong-pin' } : 'wrong-pin';
}

/** A browser of the person's own address, so that they count as themselves, who shows this. */
export function visitorOf({ world, address, agent }: Person, held?: Held): Visitor {
  return new Visitor(world.koshin, held?.shows, { localAddress: address, agent });
}

// Mostly the one that ends last of their own: the name in the list says whose, and until when.
function pick(
  { plan, chance }: Person,
  offered: readonly Held[],
  tried: ReadonlySet<Held>,
): Held | undefined {
  const left = offered.filter((held) => !tried.has(held));
  const own = left.find(({ owner }) => owner === plan.id);
  if (left.length > 1 && tried.size === 0 && chance.happens(PICKS_WRONG)) {
    return left[chance.whole(0, left.length - 1)];
  }
  return own ?? left[0];
}

const KIND_BY_TITLE: ReadonlyMap<string, RefusalKind> = new Map(
  Object.entries(REFUSALS).map(([kind, { title }]) => [title.ja, kind as RefusalKind]),
);

/** Which refusal a page says. */
export function refusalOn({ heading, text, status }: Answer): RefusalKind {
  const kind = KIND_BY_TITLE.get(heading);
  if (kind !== undefined) return kind;
  throw new Error(`a page that no person understands: ${status} ${heading} ${text.slice(0, 200)}`);
}
