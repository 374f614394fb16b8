// A contract: its people, how each stands, and everything that happened in it.
import { shownPostalCode } from '../../banking/contract-facts.ts';
import type { Frame } from '../../frame/document.ts';
import { type Html, html } from '../../http/html.ts';
import { mayRequestIn } from '../../operations/read-console.ts';
import type { ContractHistory, ContractMember } from '../../operations/read-histories.ts';
import { marksOf, ROLES, STANDINGS } from '../../words/company.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE, ORDERS } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { entriesSection, pagesOf } from '../entry-rows.ts';
import { contractPath, newOrderPath, personPath } from '../paths.ts';
import { facts, link, minute, mono, plain, type Row, section } from '../rows.ts';

export type ContractView = ConsoleView & { readonly history: ContractHistory };

/** Builds the page. */
export function contractPage(view: ContractView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { contract, members, entries } = view.history;
  const columns = [
    say(CONSOLE.name),
    say(CONSOLE.user),
    say(CONSOLE.role),
    say(CONSOLE.certificates),
    say(CONSOLE.ends),
    say(CONSOLE.lastLogin),
  ];
  const mark =
    contract.closedAt === null
      ? null
      : html`<p><span class="mark important">${say(CONSOLE.closed)}</span></p>`;
  const main = html`<div class="stack"><h1><bdi>${contract.name}</bdi></h1>${mark}${facts([
    [say(CONSOLE.contract), mono(contract.contract)],
    [say(CONSOLE.kana), plain(contract.kana)],
    [say(CONSOLE.institution), mono(contract.institution)],
    [say(CONSOLE.postalCode), contract.postalCode && plain(shownPostalCode(contract.postalCode))],
    [say(CONSOLE.address), plain(contract.address)],
    [say(CONSOLE.openedAt), minute(contract.openedAt, frame)],
    [say(CONSOLE.closedAt), contract.closedAt && minute(contract.closedAt, frame)],
  ])}${possible(view, frame)}</div>
${section(say(CONSOLE.people), { columns, rows: members.map((one) => rowOf(one, frame)) }, frame)}
${entriesSection(say(CONSOLE.history), entries, frame)}
${pagesOf(view.history, (number) => `${contractPath(contract)}?before=${number}`, frame)}`;
  return consoleDocument({ title: contract.name, main }, view, frame);
}

/** What is asked for here, where what is on record is seen. */
function possible({ desk, history: { contract } }: ContractView, frame: Frame): Html | null {
  const say = inLanguage(frame.language);
  const { institution, contract: id } = contract;
  const links = (['change-contract', 'close-contract'] as const)
    .filter((kind) => kind !== 'close-contract' || contract.closedAt === null)
    .filter((kind) => mayRequestIn(desk, kind, contract))
    .map((kind) => link(newOrderPath(kind, { institution, contract: id }), say(ASKED[kind])));
  return links.length === 0 ? null : html`<div class="actions">${links}</div>`;
}

const ASKED = {
  'change-contract': ORDERS.changeContract,
  'close-contract': ORDERS.closeContract,
} as const;

function rowOf({ person, standing, certificate, lastLoginAt }: ContractMember, frame: Frame): Row {
  const say = inLanguage(frame.language);
  return [
    html`${link(personPath(person.identity), person.name)} ${marksOf(person).map((mark) => html`<span class="mark important">${say(mark)}</span> `)}`,
    mono(person.identity.user),
    say(ROLES[person.role]),
    html`<b class="standing ${standing}">${say(STANDINGS[standing])}</b>`,
    minute(certificate?.notAfter ?? null, frame),
    minute(lastLoginAt, frame),
  ];
}
