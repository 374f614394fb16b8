// What an order asks for, as facts: what is on record beside what will be.
import { type ContractFacts, changedFacts, shownPostalCode } from '../banking/contract-facts.ts';
import { LATELY_DAYS, type MovedContract } from '../banking/letter.ts';
import type { ContentOf, OrderContent, OrderKind } from '../banking/order.ts';
import type { Person } from '../banking/person.ts';
import { changedNames } from '../banking/person-names.ts';
import type { Policy } from '../banking/policy.ts';
import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { type Html, html } from '../http/html.ts';
import { AUTHORITIES, AUTHORITY_FOLLOWS, PEOPLE, RENEW_FROM_WORDS } from '../words/authorities.ts';
import { marksOf, ROLES } from '../words/company.ts';
import { IMPORTS } from '../words/imports.ts';
import { inLanguage } from '../words/language.ts';
import { LETTERS, MOVED_WITHIN } from '../words/letters.ts';
import { ACTIONS, REASONS } from '../words/member-actions.ts';
import { HOME_CHOICES, POLICY_WORDS, RENEWAL_EXTENDS } from '../words/policy.ts';
import {
  CERTIFICATES,
  CLOSING_FOLLOWS,
  CONSOLE,
  CONTRACT_FOLLOWS,
  ORDERS,
} from '../words/staff.ts';
import { importFacts } from './import-rows.ts';
import { noticePreview } from './notice-preview.ts';
import { authorityPath, contractPath, letterBatchPath, personPath } from './paths.ts';
import { facts, keyText, link, minute, mono, plain } from './rows.ts';

type Shows = {
  readonly [K in OrderKind]: (content: ContentOf<K>, beside: Beside, frame: Frame) => Html;
};

const SHOWS: Shows = {
  'open-contract': (content, _beside, { language }) => {
    const say = inLanguage(language);
    return html`<h3>${say(ORDERS.company)}</h3>${facts([
      [say(CONSOLE.contract), mono(content.contract)],
      [say(CONSOLE.name), plain(content.name)],
      [say(CONSOLE.kana), plain(content.kana)],
    ])}<h3>${say(ORDERS.administrator)}</h3>${facts([
      [say(CONSOLE.user), mono(content.user)],
      [say(CONSOLE.name), plain(content.userName)],
      [say(CONSOLE.kana), plain(content.userKana)],
    ])}`;
  },
  'change-contract': (content, _beside, frame) => contractChanges(content, frame),
  'close-contract': (content, _beside, { language }) => {
    const say = inLanguage(language);
    return html`${facts([
      [say(CONSOLE.contract), link(contractPath(content), content.contract)],
      [say(CONSOLE.name), plain(content.name)],
      [say(ORDERS.notStopped), html`<b>${say(IMPORTS.users)(content.users)}</b>`],
      [say(ORDERS.toRevoke), html`<b>${say(CERTIFICATES)(content.certificates)}</b>`],
    ])}<ul class="dots">${say(CLOSING_FOLLOWS).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
  },
  'change-person': (content, _beside, frame) => nameChanges(content, frame),
  'change-policy': (content, { policy }, frame) => policyChanges(policy, content.policy, frame),
  'change-administrator': (content, { person }, { language }) => {
    const say = inLanguage(language);
    const { action, reissue } = content;
    return html`${facts([
      [say(ORDERS.action), html`<b>${say(ACTIONS[action].label)}</b>`],
      [say(CONSOLE.reason), reissue === null ? null : say(REASONS[reissue])],
      [say(CONSOLE.contract), link(contractPath(content), content.contract)],
      [say(CONSOLE.user), link(personPath(content), content.user)],
      [
        say(CONSOLE.name),
        person &&
          html`<b><bdi>${person.name}</bdi></b> ${marksOf(person).map((mark) => html`<span class="mark important">${say(mark)}</span> `)}`,
      ],
      [say(CONSOLE.role), person && say(ROLES[person.role])],
      [say(ORDERS.slot), String(content.slot)],
    ])}<ul class="dots">${say(ACTIONS[action].follows).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
  },
  'publish-notice': (content, _beside, frame) => {
    const say = inLanguage(frame.language);
    const to =
      content.contract === null
        ? say(ORDERS.everybody)
        : mono([content.contract, content.user ?? ''].join(' ').trim());
    return html`${facts([
      [say(ORDERS.to), to],
      [say(ORDERS.important), say(content.isImportant ? ORDERS.yes : ORDERS.no)],
      [say(ORDERS.fromDay), content.fromDay ?? say(ORDERS.atOnce)],
      [say(ORDERS.untilDay), content.untilDay ?? '–'],
    ])}${noticePreview(content, frame)}`;
  },
  'print-letters': (content, { moved }, frame) => {
    const say = inLanguage(frame.language);
    const { institution, batch, contract, letters } = content;
    return html`${facts([
      [say(LETTERS.count), html`<b>${say(IMPORTS.users)(letters)}</b>`],
      [say(CONSOLE.contract), contract === null ? say(LETTERS.every) : mono(contract)],
      [say(LETTERS.letters), link(letterBatchPath(institution, batch), say(LETTERS.show))],
    ])}<p class="quiet">${inPhrases(say(LETTERS.note))}</p>${movedList(moved, frame)}`;
  },
  'import-users': (content, _beside, frame) => importFacts(content, frame),
  'accept-former-authority': (content, _beside, frame) => {
    const say = inLanguage(frame.language);
    return html`${facts([
      [say(AUTHORITIES.name), plain(content.name)],
      [say(AUTHORITIES.until), content.untilDay],
      [say(AUTHORITIES.renewFrom), say(RENEW_FROM_WORDS[content.renewFrom])],
    ])}${facts([[say(AUTHORITIES.key), keyText(content.key)]])}<ul class="dots">${say(AUTHORITY_FOLLOWS.accepting).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
  },
  'end-former-authority': (content, _beside, frame) => {
    const say = inLanguage(frame.language);
    return html`${facts([
      [say(AUTHORITIES.name), plain(content.name)],
      [
        say(AUTHORITIES.notMovedThen),
        html`<b>${say(PEOPLE)(content.notMoved)}</b> ${link(authorityPath(content.institution, content.key), say(AUTHORITIES.whoIs))}`,
      ],
    ])}${facts([[say(AUTHORITIES.key), keyText(content.key)]])}<ul class="dots">${say(AUTHORITY_FOLLOWS.ending).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
  },
};

/** A value, or that there is none, which looks like none that was typed. */
function shownFact(text: string | null, frame: Frame): Html {
  if (text !== null) return html`<bdi>${text}</bdi>`;
  return html`<span class="quiet small">(${inLanguage(frame.language)(ORDERS.nothing)})</span>`;
}

/** What an order is shown beside. */
export type Beside = {
  /** The policy that was in force when a new one was asked for. */
  readonly policy: Policy;
  /** Whom it concerns, as they are now. */
  readonly person: Person | null;
  /** Of letters: whose name or address was changed lately. */
  readonly moved: readonly MovedContract[];
};

/** The content of an order; a new policy beside the one in force, a person's ID beside their name. */
export function contentOf(content: OrderContent, beside: Beside, frame: Frame): Html {
  const show = SHOWS[content.kind] as (of: OrderContent, beside: Beside, frame: Frame) => Html;
  return show(content, beside, frame);
}

/** A setting's value, in words where it is none of figures. */
function settingText(policy: Policy, name: keyof Policy, frame: Frame): string {
  const say = inLanguage(frame.language);
  if (name === 'renewalExtends') return say(RENEWAL_EXTENDS[policy.renewalExtends]);
  if (name === 'keyHomes') return say(homeWords(policy));
  const value = policy[name];
  if (typeof value === 'boolean') return say(value ? ORDERS.yes : ORDERS.no);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** The choice of homes that a policy has made. */
function homeChoice({ keyHomes }: Policy): keyof typeof HOME_CHOICES {
  if (keyHomes.length > 1) return 'device file';
  return keyHomes[0] === 'device' ? 'device' : 'file';
}

function homeWords(policy: Policy) {
  return HOME_CHOICES[homeChoice(policy)];
}

function policyChanges(before: Policy, after: Policy, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const names = Object.keys(POLICY_WORDS) as (keyof Policy)[];
  const changed = names
    .map((name) => ({
      label: say(POLICY_WORDS[name]),
      before: settingText(before, name, frame),
      after: settingText(after, name, frame),
    }))
    .filter((one) => one.before !== one.after);
  return changesTable(changed, frame);
}

function contractChanges({ from, to, ...of }: ContentOf<'change-contract'>, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const changed = changedFacts(from, to).map((name) => ({
    label: say(CONSOLE[name]),
    before: shown(name, from),
    after: shown(name, to),
  }));
  return html`${facts([
    [say(CONSOLE.contract), link(contractPath(of), of.contract)],
    [say(CONSOLE.name), plain(from.name)],
  ])}${changesTable(changed, frame)}<ul class="dots">${say(CONTRACT_FOLLOWS).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
}

function shown(name: keyof ContractFacts, facts: ContractFacts): string | null {
  const fact = facts[name];
  return name === 'postalCode' && fact !== null ? shownPostalCode(fact) : fact;
}

/** A changed address is how letters would be led astray: who approves them looks. */
function movedList(moved: readonly MovedContract[], frame: Frame): Html | null {
  if (moved.length === 0) return null;
  const say = inLanguage(frame.language);
  return html`<div class="panel warn"><h3>${inPhrases(say(MOVED_WITHIN)(LATELY_DAYS))}</h3><ul class="dots">${moved.map(
    (one) =>
      html`<li>${minute(one.at, frame)} <bdi>${one.name}</bdi> ${link(contractPath(one), one.contract)}</li>`,
  )}</ul><p>${inPhrases(say(LETTERS.movedNote))}</p></div>`;
}

function nameChanges({ from, to, ...of }: ContentOf<'change-person'>, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const changed = changedNames(from, to).map((name) => ({
    label: say(CONSOLE[name]),
    before: from[name],
    after: to[name],
  }));
  return html`${facts([
    [say(CONSOLE.contract), link(contractPath(of), of.contract)],
    [say(CONSOLE.user), link(personPath(of), of.user)],
    [say(CONSOLE.name), plain(from.name)],
  ])}${changesTable(changed, frame)}<ul class="dots">${say(ACTIONS['change-name'].follows).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
}

type Change = {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** What is now, and what will be. */
function changesTable(changes: readonly Change[], frame: Frame): Html {
  const say = inLanguage(frame.language);
  if (changes.length === 0) return html`<p>${say(ORDERS.unchanged)}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${say(ORDERS.content)}"><table class="rows"><thead><tr><th scope="col">${say(ORDERS.setting)}</th><th scope="col">${say(ORDERS.now)}</th><th scope="col">${say(ORDERS.new_)}</th></tr></thead>
<tbody>${changes.map(({ label, before, after }) => html`<tr><td>${label}</td><td>${shownFact(before, frame)}</td><td><b>${shownFact(after, frame)}</b></td></tr>`)}</tbody></table></div>`;
}
