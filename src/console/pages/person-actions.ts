// What two of the staff can do for a person: for an administrator, who may have nobody else, or with anybody's role.
import { type MemberAction, SLOT_ACTIONS } from '../../banking/company.ts';
import type { Identity } from '../../banking/identity.ts';
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import { type Desk, mayRequestIn } from '../../operations/read-console.ts';
import type { PersonHistory, PersonSlot } from '../../operations/read-histories.ts';
import { COMPANY } from '../../words/company.ts';
import { inLanguage } from '../../words/language.ts';
import { ACTIONS } from '../../words/member-actions.ts';
import { CONSOLE } from '../../words/staff.ts';
import { newOrderPath } from '../paths.ts';

type View = { readonly history: PersonHistory; readonly desk: Desk };

/** The links to its forms; what concerns no one slot stands once, where there are several. */
export function personActions({ history, desk }: View, frame: Frame): Html | null {
  const { person, slots } = history;
  const [first] = slots;
  if (first === undefined) return null;
  const say = inLanguage(frame.language);
  const links = ({ slot }: PersonSlot, actions: readonly MemberAction[]) =>
    html`<ul class="links">${actions.map((action) => {
      return html`<li><a href="${pathOf(action, slot, person.identity)}">${say(ACTIONS[action].label)}</a></li>`;
    })}</ul>`;
  const mayAsk = (action: MemberAction) => mayRequestIn(desk, kindOf(action), person.identity);
  const asked = slots.map((one) => ({ ...one, actions: one.actions.filter(mayAsk) }));
  const [{ actions: all } = first] = asked;
  const isOne = asked.length === 1;
  const general = isOne ? all : all.filter((action) => !SLOT_ACTIONS.has(action));
  const special = isOne ? [] : asked.map(ofItsSlot).filter(hasActions);
  if (general.length === 0 && special.length === 0) return null;
  return html`<details class="folds"><summary>${say(CONSOLE.possible)}</summary><p class="quiet">${inPhrases(say(CONSOLE.possibleNote))}</p>
${general.length === 0 ? null : links(first, general)}${special.map((one) => html`<h2>${say(COMPANY.slot)(one.slot)}</h2>${links(one, one.actions)}`)}</details>`;
}

function ofItsSlot(one: PersonSlot): PersonSlot {
  return { ...one, actions: one.actions.filter((action) => SLOT_ACTIONS.has(action)) };
}

function hasActions({ actions }: PersonSlot): boolean {
  return actions.length > 0;
}

/** The request by which it is asked for. */
function kindOf(action: MemberAction): 'change-person' | 'change-administrator' {
  return action === 'change-name' ? 'change-person' : 'change-administrator';
}

function pathOf(action: MemberAction, slot: number, identity: Identity): string {
  const kind = kindOf(action);
  return newOrderPath(
    kind,
    kind === 'change-person' ? { ...identity } : { ...identity, slot: String(slot), action },
  );
}
