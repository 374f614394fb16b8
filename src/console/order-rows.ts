// Orders as rows of a list.
import type { Order, OrderContent } from '../banking/order.ts';
import type { Frame } from '../frame/document.ts';
import { type Html, html } from '../http/html.ts';
import { IMPORTS } from '../words/imports.ts';
import { inLanguage } from '../words/language.ts';
import { ACTIONS } from '../words/member-actions.ts';
import { ORDER_NAMES, ORDER_STATES, WAITING_SINCE } from '../words/staff.ts';
import { orderPath } from './paths.ts';
import { link, minute, mono, type Row } from './rows.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What a list of waiting orders shows of each. */
export function waitingRow(order: Order, now: Date, frame: Frame): Row {
  const say = inLanguage(frame.language);
  const hours = Math.floor((now.getTime() - order.requestedAt.getTime()) / HOUR_MS);
  return [
    link(orderPath(order.content.institution, order.id), say(ORDER_NAMES[order.content.kind])),
    subjectOf(order.content, frame),
    mono(order.content.institution),
    mono(order.requestedBy),
    say(WAITING_SINCE)(hours),
    minute(order.expiresAt, frame),
  ];
}

/** What a list of decided orders shows of each. */
export function decidedRow(order: Order, frame: Frame): Row {
  const say = inLanguage(frame.language);
  return [
    link(orderPath(order.content.institution, order.id), say(ORDER_NAMES[order.content.kind])),
    subjectOf(order.content, frame),
    mono(order.content.institution),
    mono(order.requestedBy),
    say(ORDER_STATES[order.state]),
    order.decidedBy === null ? '–' : mono(order.decidedBy),
    minute(order.decidedAt ?? order.expiresAt, frame),
  ];
}

function subjectOf(content: OrderContent, frame: Frame): Html | string {
  const say = inLanguage(frame.language);
  switch (content.kind) {
    case 'open-contract':
    case 'close-contract':
      return html`<bdi>${content.name}</bdi> ${mono(content.contract)}`;
    case 'change-contract':
      return html`<bdi>${content.from.name}</bdi> ${mono(content.contract)}`;
    case 'change-person':
      return html`<bdi>${content.from.name}</bdi> ${mono(`${content.contract} ${content.user}`)}`;
    case 'change-administrator':
      return html`${mono(`${content.contract} ${content.user}`)} ${say(ACTIONS[content.action].label)}`;
    case 'change-policy':
      return '–';
    case 'publish-notice':
      return html`<bdi>${content.title}</bdi>`;
    case 'print-letters':
      return say(IMPORTS.users)(content.letters);
    case 'import-users':
      return html`<bdi>${content.fileName}</bdi> ${say(IMPORTS.users)(content.found.users)}`;
    case 'accept-former-authority':
    case 'end-former-authority':
      return html`<bdi>${content.name}</bdi>`;
  }
}
