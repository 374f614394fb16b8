// An administrator enters where a member is mailed. A changed address is how codes would be led astray: the company is
// told, and so is the address of before, where mail still arrived.
import { parseMailAddress } from '../banking/mail-address.ts';
import { Refusal } from '../errors.ts';
import type { Tx } from '../store/database.ts';
import { hasMailAbout } from '../store/mails.ts';
import { sessionOf } from './actor.ts';
import {
  type Asked,
  type ChangeNeeds,
  type Changing,
  changeMember,
  memberOf,
  personEntry,
} from './change-member.ts';
import { enterMailAddress } from './enter-mail-address.ts';
import { octetsOf, seedOf } from './once.ts';

/**
 * Enters the address as typed; an empty text is none, and what is there already changes nothing. Refuses `invalid-input`,
 * undefined too, once it is known that they may do it at all.
 */
export async function changeMemberMail(
  { typed, ...asked }: Asked & { readonly typed: string | undefined },
  needs: ChangeNeeds & { readonly codeKey: Uint8Array },
): Promise<void> {
  const identity = memberOf(asked);
  const seed = seedOf(asked.once, { session: sessionOf(asked.by), identity }, needs.codeKey);
  const about = `told:${octetsOf(seed, 'mail address').toHex()}`;
  const repeated = async (_changing: Changing, tx: Tx) => {
    return (await hasMailAbout(identity, about, tx)) ? ('done' as const) : undefined;
  };
  const work = async (changing: Changing, tx: Tx) => {
    if (typed === undefined) throw new Refusal('invalid-input', 'an address, or an empty text');
    const address = parseMailAddress(typed);
    const entered = await enterMailAddress(identity, address, tx);
    if (entered === undefined) return { entries: [], told: null, answer: 'done' as const };
    return {
      entries: [personEntry('mail-address-set', changing, { hasAddress: address !== null })],
      told: 'mail-changed' as const,
      answer: 'done' as const,
      telling: { about, ...entered },
    };
  };
  await changeMember<'done'>('change-mail', asked, { ...needs, work, repeated });
}
