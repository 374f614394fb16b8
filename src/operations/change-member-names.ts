// Corrects what a member is called: after a marriage, or where it was misspelt. Certificates hold no such name, so that
// they stay as they are.
import { recordedChange } from '../banking/changed-facts.ts';
import type { Identity } from '../banking/identity.ts';
import type { ContentOf, OrderContent } from '../banking/order.ts';
import {
  changedNames,
  PERSON_NAMES,
  type PersonNames,
  parsePersonNames,
} from '../banking/person-names.ts';
import { Refusal } from '../errors.ts';
import type { Tx } from '../store/database.ts';
import { findNames, setNames } from '../store/persons.ts';
import { isOrder } from './actor.ts';
import { type Asked, type ChangeNeeds, changeMember, personEntry } from './change-member.ts';

/** Both as typed. */
export type TypedNames = { readonly name: string; readonly kana: string };

/**
 * Enters them; what is on record already changes nothing. Refuses `invalid-input`, undefined too, once it is known that
 * they may do it at all, and an order that no longer fits.
 */
export async function changeMemberNames(
  { typed, ...asked }: Asked & { readonly typed: TypedNames | undefined },
  needs: ChangeNeeds,
): Promise<void> {
  await changeMember('change-name', asked, {
    ...needs,
    work: async (changing, tx) => {
      const { person } = changing;
      if (typed === undefined) throw new Refusal('invalid-input', 'a name is typed');
      const to = parsePersonNames(typed);
      // What was judged before may have been changed by who held the lock.
      if (isOrder(asked.by)) await checkStillFits(asked.by.order.content, tx);
      const from = await namesOf(person.identity, tx);
      if (changedNames(from, to).length === 0)
        return { entries: [], told: null, answer: undefined };
      await setNames(person.identity, to, tx);
      return {
        entries: [personEntry('person-renamed', changing, recordedChange(PERSON_NAMES, from, to))],
        told: 'renamed',
        answer: undefined,
        telling: { member: { ...person, name: to.name } },
      };
    },
  });
}

/** Whether the order changes something, and what it changes is what is on record. */
export async function checkNamesChange(
  { institution, contract, user, from, to }: ContentOf<'change-person'>,
  tx: Tx,
): Promise<void> {
  const recorded = await findNames({ institution, contract, user }, tx);
  if (recorded === undefined) throw new Refusal('invalid-input', 'the contract has no such user');
  if (changedNames(recorded, from).length > 0) {
    throw new Refusal('order-over', 'the user has been given other names meanwhile');
  }
  if (changedNames(from, to).length > 0) return;
  throw new Refusal('invalid-input', 'nothing of the names is changed');
}

async function checkStillFits(content: OrderContent, tx: Tx): Promise<void> {
  if (content.kind !== 'change-person') throw new Error(`an order of the kind ${content.kind}`);
  await checkNamesChange(content, tx);
}

async function namesOf(identity: Identity, tx: Tx): Promise<PersonNames> {
  const names = await findNames(identity, tx);
  if (names === undefined) throw new Error('a locked person is not there');
  return names;
}
