// What each change of a member does, as a table; an action without its operation does not compile.
import type { MemberAction, ReissueReason } from '../banking/company.ts';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { addSlot } from './add-slot.ts';
import {
  appointAdministrator,
  confirmRights,
  dismissAdministrator,
  resetPin,
  resumeMember,
  stopMember,
  unlockMember,
} from './change-access.ts';
import type { Asked, ChangeNeeds } from './change-member.ts';
import { changeMemberMail } from './change-member-mail.ts';
import { changeMemberNames, type TypedNames } from './change-member-names.ts';
import {
  type CodeKeys,
  type Offer,
  offerAcquisition,
  reissueCertificate,
} from './offer-acquisition.ts';
import type { PinHasher } from './pin-hasher.ts';
import { withdrawFromMember } from './withdraw-member.ts';

/** What is to be done for whom; a reissue has a reason, a change what was typed. */
export type MemberAsked = Asked & {
  readonly reissue: ReissueReason | null;
  readonly mail?: string;
  readonly names?: TypedNames;
};

/** What is to be handed to the member; undefined where there is nothing. */
export type MemberGiven =
  | { readonly firstPin: string | null; readonly offer: Offer | null }
  | undefined;

type Needs = ChangeNeeds & CodeKeys & { readonly log: Log; readonly pins: PinHasher };

const DOES: Readonly<
  Record<MemberAction, (asked: MemberAsked, needs: Needs) => Promise<MemberGiven>>
> = {
  offer: async (asked, needs) => await code(offerAcquisition(asked, needs), asked),
  reissue: async ({ reissue: reason, ...asked }, needs) => {
    if (reason === null) throw new Refusal('invalid-input', 'a reissue has a reason');
    return await code(reissueCertificate({ ...asked, reason }, needs), asked);
  },
  'add-slot': async (asked, needs) => await code(addSlot(asked, needs), asked),
  suspend: async (asked, needs) => await nothing(withdrawFromMember('suspend', asked, needs)),
  lift: async (asked, needs) => await nothing(withdrawFromMember('lift', asked, needs)),
  revoke: async (asked, needs) => await nothing(withdrawFromMember('revoke', asked, needs)),
  unlock: async (asked, needs) => await nothing(unlockMember(asked, needs)),
  'reset-pin': async (asked, needs) => ({ firstPin: await resetPin(asked, needs), offer: null }),
  stop: async (asked, needs) => await nothing(stopMember(asked, needs)),
  resume: async (asked, needs) => await nothing(resumeMember(asked, needs)),
  'change-mail': async ({ mail: typed, ...asked }, needs) =>
    await nothing(changeMemberMail({ ...asked, typed }, needs)),
  'change-name': async ({ names: typed, ...asked }, needs) =>
    await nothing(changeMemberNames({ ...asked, typed }, needs)),
  appoint: async (asked, needs) => await nothing(appointAdministrator(asked, needs)),
  dismiss: async (asked, needs) => await nothing(dismissAdministrator(asked, needs)),
  'confirm-rights': async (asked, needs) => await nothing(confirmRights(asked, needs)),
};

/** Does it; refuses what the rules of the contract do not allow. */
export async function doForMember(
  action: MemberAction,
  asked: MemberAsked,
  needs: Needs,
): Promise<MemberGiven> {
  return await DOES[action](asked, needs);
}

/** The code for who vouched; nothing where it goes to the member alone. */
async function code(offered: Promise<Offer>, { way }: Pick<Asked, 'way'>): Promise<MemberGiven> {
  const offer = await offered;
  return way === 'mail' ? undefined : { firstPin: null, offer };
}

async function nothing(done: Promise<void>): Promise<undefined> {
  await done;
  return undefined;
}
