// The bank, where a contract has no other administrator: a paper came in, and staff see to it. Staff are not
// people of the simulation: the deed is done by the functions that theirs is done by.

import { personEntry } from '../src/operations/change-member.ts';
import { makeInitialPin } from '../src/operations/initial-pin.ts';
import { makeOffer } from '../src/operations/offer-acquisition.ts';
import { randomSeed } from '../src/operations/once.ts';
import { moveHeld } from '../src/operations/withdraw-certificate.ts';
import { appendAudit } from '../src/store/audit-log.ts';
import { lockSlot } from '../src/store/certificates.ts';
import { inTransaction } from '../src/store/database.ts';
import { policyAt } from '../src/store/institutions.ts';
import { hasHadCertificate, lockPerson } from '../src/store/members.ts';
import { giveRightsBack } from '../src/store/persons.ts';
import { setPin, unlockPin } from '../src/store/pins.ts';
import type { Ask, World } from './world.ts';

/** Does for a sole administrator what another would do. */
export async function vouchByBank(
  world: World,
  { person, what, contract }: Ask & { readonly contract: string },
): Promise<void> {
  const { house, mihon } = world.koshin;
  const identity = { institution: mihon.code, contract, user: person };
  const slot = { identity, slot: 1 };
  const { now } = world;
  world.counts.bank += 1;
  world.tell(person, `the bank sees to: ${what}`);
  const firstPin = makeInitialPin(identity);
  const hash = await house.pins.hash(firstPin);
  await inTransaction(house.db, async (tx) => {
    const found = await lockPerson(identity, tx);
    if (found === undefined) throw new Error('nobody of that name');
    const policy = await policyAt(mihon.code, now, tx);
    const by = 'bank';
    if (what === 'unlock') {
      await unlockPin(identity, tx);
      await appendAudit([personEntry('pin-unlocked', { person: found, by, now })], tx);
      return;
    }
    if (what === 'rights') {
      await giveRightsBack(identity, tx);
      await appendAudit([personEntry('rights-confirmed', { person: found, by, now })], tx);
      return;
    }
    if (what === 'pin') {
      await setPin(identity, { hash, isInitial: true }, tx);
      await appendAudit([personEntry('pin-reset', { person: found, by, now })], tx);
      world.hand(person, { firstPin });
      return;
    }
    const before = await lockSlot(slot, tx);
    const moved = before.some(({ state }) => state === 'current' || state === 'issued')
      ? await moveHeld('suspend', { withdrawal: { ...slot, by }, held: before, now }, tx)
      : [];
    const held = await lockSlot(slot, tx);
    const hasHadOne = await hasHadCertificate(slot, tx);
    const changing = { person: found, slot, held, hasHadOne, by, policy, now };
    const codeKey = house.secrets('acquisition-codes');
    const made = await makeOffer(changing, { seed: randomSeed(), codeKey }, tx);
    await appendAudit([...moved, ...made.entries], tx);
    world.hand(person, { code: made.offer.code });
  });
}
