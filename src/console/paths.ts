// The paths of the console, all below /console on the hosts of the staff house.
import type { Identity } from '../banking/identity.ts';
import type { FormOrderKind } from '../banking/order.ts';

export const CONSOLE_PATHS = {
  search: '/console/search',
  contract: '/console/institutions/:institution/contracts/:contract',
  person: '/console/institutions/:institution/contracts/:contract/users/:user',
  inquiry: '/console/inquiries/:number',
  orders: '/console/orders',
  newOrder: '/console/orders/new',
  noticePreview: '/console/orders/new/publish-notice/preview',
  order: '/console/orders/:institution/:id',
  mails: '/console/mails',
  notices: '/console/notices',
  notice: '/console/notices/:institution/:id',
  imports: '/console/imports',
  import: '/console/imports/:institution/:id',
  export: '/console/export',
  authorities: '/console/authorities',
  authority: '/console/authorities/:institution/:key',
  letters: '/console/letters',
  letterBatch: '/console/letters/:institution/:id',
  endings: '/console/endings',
  endingsList: '/console/endings/list',
  endingsCsv: '/console/endings/list.csv',
  audit: '/console/audit',
  auditExport: '/console/audit/export',
} as const;

/** Address of a contract's page. */
export function contractPath(of: Pick<Identity, 'institution' | 'contract'>): string {
  return `/console/institutions/${of.institution}/contracts/${of.contract}`;
}

/** Address of a person's page. */
export function personPath(of: Identity): string {
  return `${contractPath(of)}/users/${encodeURIComponent(of.user)}`;
}

/** Address of what is on record under an inquiry number. */
export function inquiryPath(number: string): string {
  return `/console/inquiries/${number}`;
}

/** Address of an order's page. */
export function orderPath(institution: string, id: string): string {
  return `${CONSOLE_PATHS.orders}/${institution}/${id}`;
}

/** Address of the page of a file of users. */
export function importPath(institution: string, id: string): string {
  return `${CONSOLE_PATHS.imports}/${institution}/${id}`;
}

/** Address of a former authority's page. */
export function authorityPath(institution: string, key: string): string {
  return `${CONSOLE_PATHS.authorities}/${institution}/${key}`;
}

/** Address of letters that were asked for together. */
export function letterBatchPath(institution: string, id: string): string {
  return `${CONSOLE_PATHS.letters}/${institution}/${id}`;
}

/** Address of a notice's page. */
export function noticePath(institution: string, id: string): string {
  return `${CONSOLE_PATHS.notices}/${institution}/${id}`;
}

/** Address at which an order of a kind is asked for, with what is known of it already. */
export function newOrderPath(
  kind: FormOrderKind,
  known: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams(known).toString();
  return `${CONSOLE_PATHS.newOrder}/${kind}${query === '' ? '' : `?${query}`}`;
}
