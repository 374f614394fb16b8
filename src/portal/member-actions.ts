// What each of an administrator's buttons does, as a table; an action without its operation does not compile.
import type { MemberAction } from '../banking/company.ts';
import { Refusal } from '../errors.ts';
import type { PageNeeds } from '../frame/page.ts';
import type { Form } from '../http/form-body.ts';
import {
  confirmRights,
  resetPin,
  resumeMember,
  stopMember,
  unlockMember,
} from '../operations/change-access.ts';
import type { Asked } from '../operations/change-member.ts';
import { offerAcquisition, reissueCertificate } from '../operations/offer-acquisition.ts';
import { withdrawFromMember } from '../operations/withdraw-member.ts';
import { ACTIONS } from '../words/company.ts';
import type { HandOverView } from './pages/hand-over-page.ts';
import { REASON_FIELD, REISSUE_REASONS } from './pages/member-action-page.ts';

/** Who is to do what for whom, with what the form said. */
export type MemberRequest = Asked & { readonly form: Form };

/** What the administrator has to hand over; undefined where there is nothing. */
export type Given = Pick<HandOverView, 'title' | 'firstPin' | 'offer'> | undefined;

const DOES: Readonly<
  Record<MemberAction, (asked: MemberRequest, needs: PageNeeds) => Promise<Given>>
> = {
  offer: async (asked, needs) => given('offer', { offer: await offerAcquisition(asked, needs) }),
  reissue: async (asked, needs) => {
    const reason = reasonIn(asked.form[REASON_FIELD]);
    return given('reissue', { offer: await reissueCertificate({ ...asked, reason }, needs) });
  },
  suspend: async (asked, needs) => {
    await withdrawFromMember('suspend', asked, needs);
    return undefined;
  },
  lift: async (asked, needs) => {
    await withdrawFromMember('lift', asked, needs);
    return undefined;
  },
  revoke: async (asked, needs) => {
    await withdrawFromMember('revoke', asked, needs);
    return undefined;
  },
  unlock: async (asked, needs) => {
    await unlockMember(asked, needs);
    return undefined;
  },
  'reset-pin': async (asked, needs) =>
    given('reset-pin', { firstPin: await resetPin(asked, needs) }),
  stop: async (asked, needs) => {
    await stopMember(asked, needs);
    return undefined;
  },
  resume: async (asked, needs) => {
    await resumeMember(asked, needs);
    return undefined;
  },
  'confirm-rights': async (asked, needs) => {
    await confirmRights(asked, needs);
    return undefined;
  },
};

/** Does it; refuses what the rules of the contract do not allow. */
export async function doForMember(
  action: MemberAction,
  asked: MemberRequest,
  needs: PageNeeds,
): Promise<Given> {
  return await DOES[action](asked, needs);
}

const LARGEST_SLOT = 99;

/** The slot a page or form names; refuses (`invalid-input`) what can be none. */
export function slotIn(text: string): number {
  const slot = Number(text);
  if (Number.isInteger(slot) && slot >= 1 && slot <= LARGEST_SLOT) return slot;
  throw new Refusal('invalid-input', 'no such slot');
}

function given(
  action: MemberAction,
  what: Partial<Pick<HandOverView, 'firstPin' | 'offer'>>,
): Given {
  return { title: ACTIONS[action].done, firstPin: null, offer: null, ...what };
}

function reasonIn(text: string | undefined) {
  const reason = REISSUE_REASONS.find((one) => one === text);
  if (reason === undefined) throw new Refusal('invalid-input', 'a reissue has a reason');
  return reason;
}
