// What each of an administrator's buttons does, with what the form said.
import type { MemberAction } from '../banking/company.ts';
import { Refusal } from '../errors.ts';
import type { PageNeeds } from '../frame/page.ts';
import type { Form } from '../http/form-body.ts';
import type { Asked } from '../operations/change-member.ts';
import { doForMember } from '../operations/do-for-member.ts';
import { ACTIONS } from '../words/member-actions.ts';
import { codeWayIn } from './pages/code-way-field.ts';
import type { HandOverView } from './pages/hand-over-page.ts';
import {
  KANA_FIELD,
  MAIL_FIELD,
  NAME_FIELD,
  REASON_FIELD,
  REISSUE_REASONS,
} from './pages/member-action-page.ts';

/** Who is to do what for whom, with what the form said. */
export type MemberRequest = Asked & { readonly form: Form };

/** What the administrator has to hand over; undefined where there is nothing. */
export type Given = Pick<HandOverView, 'title' | 'firstPin' | 'offer'> | undefined;

/** Does it; refuses what the rules of the contract do not allow. */
export async function doAsForm(
  action: MemberAction,
  { form, ...asked }: MemberRequest,
  needs: PageNeeds,
): Promise<Given> {
  const reissue = action === 'reissue' ? reasonIn(form[REASON_FIELD]) : null;
  const { [MAIL_FIELD]: mail, [NAME_FIELD]: name, [KANA_FIELD]: kana = '' } = form;
  const typed = {
    ...(mail !== undefined && { mail }),
    ...(name !== undefined && { names: { name, kana } }),
  };
  const all = { ...asked, reissue, ...typed, way: codeWayIn(form) };
  const given = await doForMember(action, all, needs);
  return given && { title: ACTIONS[action].done, ...given };
}

const LARGEST_SLOT = 99;

/** The slot a page or form names; refuses (`invalid-input`) what can be none. */
export function slotIn(text: string): number {
  const slot = Number(text);
  if (Number.isInteger(slot) && slot >= 1 && slot <= LARGEST_SLOT) return slot;
  throw new Refusal('invalid-input', 'no such slot');
}

function reasonIn(text: string | undefined) {
  const reason = REISSUE_REASONS.find((one) => one === text);
  if (reason === undefined) throw new Refusal('invalid-input', 'a reissue has a reason');
  return reason;
}
