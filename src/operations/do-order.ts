// Does what an approved order says, by the same operations as everybody's. Each kind of order has its deed here; one
// without does not compile.
import type { Identity } from '../banking/identity.ts';
import type { ContentOf, OrderKind } from '../banking/order.ts';
import { endOfTokyoDay, parseTokyoDay, startOfTokyoDay } from '../banking/tokyo-calendar.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Db, Tx } from '../store/database.ts';
import { approveKept } from '../store/imports.ts';
import { findPerson } from '../store/persons.ts';
import type { ApprovedOrder } from './actor.ts';
import { changeContract } from './change-contract.ts';
import { changeMemberNames } from './change-member-names.ts';
import { changePolicy } from './change-policy.ts';
import { closeContract } from './close-contract.ts';
import { doForMember } from './do-for-member.ts';
import { acceptFormerAuthority, issuerIn, switchOffFormerAuthority } from './former-authority.ts';
import type { CodeKeys, Offer } from './offer-acquisition.ts';
import type { PinHasher } from './pin-hasher.ts';
import { publishNotice } from './publish-notice.ts';
import { registerMember } from './register-member.ts';
import { openContract } from './register-person.ts';

/** Everybody has it. */
const FIRST_SLOT = 1;

/** What an approval may need. */
export type DoNeeds = CodeKeys & {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly pins: PinHasher;
};

/** What is to be handed to a customer, shown once to who approved. */
export type HandedOver = {
  readonly person: { readonly name: string; readonly identity: Identity };
  readonly firstPin: string | null;
  readonly offer: Offer | null;
};

type Needs = Omit<DoNeeds, 'db'> & { readonly db: Tx };
type Deeds = {
  readonly [K in OrderKind]: (
    content: ContentOf<K>,
    by: ApprovedOrder,
    needs: Needs,
  ) => Promise<HandedOver | undefined>;
};

const DEEDS: Deeds = {
  'open-contract': async (content, by, needs) => {
    const { institution, contract, name, kana, user, userName, userKana } = content;
    await openContract({ institution, contract, name, kana, by }, needs);
    const { pin, ...offer } = await registerMember(
      { by, user, name: userName, kana: userKana },
      needs,
    );
    const identity = { institution, contract, user };
    return { person: { name: userName, identity }, firstPin: pin, offer };
  },
  'change-contract': async (content, by, needs) => {
    await changeContract(content, by, needs);
    return undefined;
  },
  'close-contract': async (content, by, needs) => {
    await closeContract(content, by, needs);
    return undefined;
  },
  'change-person': async ({ user, to }, by, needs) => {
    const typed = { name: to.name, kana: to.kana ?? '' };
    await changeMemberNames({ by, user, slot: FIRST_SLOT, typed }, needs);
    return undefined;
  },
  'change-policy': async (content, by, needs) => {
    await changePolicy(content, by, needs);
    return undefined;
  },
  'change-administrator': async (content, by, needs) => {
    const { institution, contract, user, slot, action, reissue } = content;
    const given = await doForMember(action, { by, user, slot, reissue }, needs);
    if (given === undefined) return undefined;
    const identity = { institution, contract, user };
    const person = await findPerson(identity, needs.db);
    return { person: { name: person?.name ?? user, identity }, ...given };
  },
  'publish-notice': async (content, by, needs) => {
    const { institution, contract, user, isImportant, title, body, fromDay, untilDay } = content;
    const to = {
      institution,
      ...(contract !== null && { contract }),
      ...(user !== null && { user }),
      ...(fromDay !== null && { fromAt: startOfTokyoDay(parseTokyoDay(fromDay)) }),
      ...(untilDay !== null && { untilAt: endOfTokyoDay(parseTokyoDay(untilDay)) }),
    };
    await publishNotice({ ...to, isImportant, title, body, by }, needs);
    return undefined;
  },
  // Each of the two is given a print file, when they ask for it.
  'print-letters': async () => undefined,
  // Done right after the approval, by itself: it takes longer than a page is waited for.
  'import-users': async ({ institution, import: id }, _by, { db }) => {
    await approveKept({ institution, id }, db);
    return undefined;
  },
  'accept-former-authority': async (content, by, needs) => {
    const { institution, certificate: base64, untilDay, renewFrom } = content;
    const certificate = Uint8Array.fromBase64(base64);
    await acceptFormerAuthority({ institution, certificate, untilDay, renewFrom, by }, needs);
    return undefined;
  },
  'end-former-authority': async ({ institution, key }, by, needs) => {
    await switchOffFormerAuthority({ institution, issuer: issuerIn(key), by }, needs);
    return undefined;
  },
};

/** Does it, in the transaction of its approval. */
export async function doOrder(
  approved: ApprovedOrder,
  needs: Needs,
): Promise<HandedOver | undefined> {
  const { content } = approved.order;
  const deed = DEEDS[content.kind] as (
    of: typeof content,
    by: ApprovedOrder,
    needs: Needs,
  ) => Promise<HandedOver | undefined>;
  return await deed(content, approved, needs);
}
