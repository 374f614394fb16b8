// A person whose certificate has expired asks for a code without any: it goes to their own mail address, if they may
// have one. Who asks is a stranger and is told nothing: not here, and not by what is refused.

import type { Identity } from '../banking/identity.ts';
import {
  daysOfOwnCodes,
  mayAskForCode,
  mayMakeAnother,
  ownCodeEndsAt,
} from '../banking/own-code.ts';
import type { Person } from '../banking/person.ts';
import type { Policy } from '../banking/policy.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { type Acquisition, listAcquisitions } from '../store/acquisitions.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot, type Slot } from '../store/certificates.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { findRecipient } from '../store/mail-addresses.ts';
import { lockPerson, slotsOf } from '../store/members.ts';
import { identityOf } from './begin-acquisition.ts';
import { personEntry } from './change-member.ts';
import { type CodeKeys, makeOffer } from './offer-acquisition.ts';
import { randomSeed } from './once.ts';
import { tellCompany } from './tell-company.ts';

type Needs = CodeKeys & { readonly db: Db; readonly clock: Clock };

/** Mails a code to who may have one; to others nothing, and nobody learns which. */
export async function askForCode(asked: Identity, needs: Needs): Promise<void> {
  const identity = identityOf(asked);
  if (identity === undefined) return;
  const now = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    const policy = await policyAt(identity.institution, now, tx);
    const person = await lockPerson(identity, tx);
    if (person === undefined) return;
    const recipient = await findRecipient(identity, tx);
    if (recipient === undefined || recipient.address === null) return;
    const found = await expiredSlot(person, { policy, now }, tx);
    if (found === undefined) return;
    const before = (await listAcquisitions(identity, tx)).map(offerBefore);
    const here = before.filter(({ slot }) => slot === found.slot.slot);
    if (!mayMakeAnother(here, identity.user, now)) return;
    const changing = { ...found, person, by: identity.user, policy, now };
    const { codeKey, sealKey } = needs;
    const { entries } = await makeOffer(
      { ...changing, atMostUntil: ownCodeEndsAt(now) },
      { seed: randomSeed(), codeKey, sealKey },
      tx,
    );
    const { slot } = found.slot;
    const askedEntry = personEntry('acquisition-asked', changing, { slot });
    await appendAudit([askedEntry, ...entries], tx);
    const told = { event: 'code-asked', member: person, by: identity.user, now } as const;
    await tellCompany(told, tx);
  });
}

/** For how many days after its end an institution mails a code to who asks; null where to nobody. */
export async function daysOfAsking(
  institution: string,
  { db, clock }: Pick<Needs, 'db' | 'clock'>,
): Promise<number | null> {
  return daysOfOwnCodes(await policyAt(institution, clock.now(), db));
}

type Found = {
  readonly slot: Slot;
  readonly held: readonly UserCertificate[];
  readonly hasHadOne: true;
};

/** The slot whose certificate expired last, of those for which the person may ask. */
async function expiredSlot(
  person: Person,
  under: { readonly policy: Policy; readonly now: Date },
  tx: Tx,
): Promise<Found | undefined> {
  const { identity } = person;
  const found: (Found & { readonly end: number })[] = [];
  for (const number of await slotsOf(identity, tx)) {
    const slot = { identity, slot: number };
    const held = await lockSlot(slot, tx);
    if (!mayAskForCode({ person, slot: { held, hasHadOne: true } }, under)) continue;
    const proved = held.filter(({ provedAt }) => provedAt !== null);
    const end = Math.max(...proved.map(({ notAfter }) => notAfter.getTime()));
    found.push({ slot, held, hasHadOne: true, end });
  }
  const [last] = found.toSorted((one, other) => other.end - one.end);
  return last && { slot: last.slot, held: last.held, hasHadOne: true };
}

function offerBefore({ ticketUntil, issued, ...offer }: Acquisition) {
  return { ...offer, isUsed: ticketUntil !== null || issued > 0 };
}
