// An administrator gives a member one more place for a certificate, for another PC of theirs, and the code to acquire it.
// The place stays; what it holds comes and goes as in the first.
import type { Tx } from '../store/database.ts';
import { insertSlot } from '../store/persons.ts';
import {
  type Asked,
  type ChangeNeeds,
  type Changing,
  changeMember,
  personEntry,
} from './change-member.ts';
import {
  type CodeKeys,
  drawingFor,
  makeOffer,
  type Offer,
  offeredBefore,
} from './offer-acquisition.ts';

type Needs = ChangeNeeds & CodeKeys;

/** Adds the slot after the member's last one and offers a certificate there. */
export async function addSlot(asked: Omit<Asked, 'slot'>, needs: Needs): Promise<Offer> {
  const any = { ...asked, slot: 1 };
  const drawing = drawingFor(any, needs);
  const work = async (changing: Changing, tx: Tx) => {
    const { identity } = changing.person;
    const slot = { identity, slot: Math.max(...changing.slots) + 1 };
    await insertSlot(slot, tx);
    const empty = { ...changing, slot, held: [], hasHadOne: false };
    const { offer, entries } = await makeOffer(empty, drawing, tx);
    const added = personEntry('slot-added', changing, { slot: slot.slot });
    return { entries: [added, ...entries], told: 'slot-added' as const, answer: offer };
  };
  const repeated = async ({ person, slots }: Changing, tx: Tx) => {
    for (const slot of slots) {
      const before = await offeredBefore({ identity: person.identity, slot }, drawing, tx);
      if (before !== undefined) return before;
    }
    return undefined;
  };
  return await changeMember('add-slot', any, { ...needs, work, repeated });
}
