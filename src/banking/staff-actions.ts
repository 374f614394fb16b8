// What each role of the bank's staff may do in the console, as a table. docs/console.md shows the same table.
import type { OrderKind } from './order.ts';
import type { StaffRole } from './staff.ts';

/** What staff read; nothing is changed by any of it. */
const READS = [
  'search',
  'read-history',
  'read-inquiry',
  'read-orders',
  'read-endings',
  'read-imports',
  'read-notices',
  'read-mail',
  'read-authorities',
  'read-audit',
  'export-audit',
  'export-users',
] as const;

/** One thing that staff do: read, ask for something, decide what another has asked for, take a notice down. */
export type ConsoleAction =
  | (typeof READS)[number]
  | 'end-notice'
  | 'test-mail'
  | `request-${OrderKind}`
  | `decide-${OrderKind}`;

const EVERYBODY: readonly StaffRole[] = ['operator', 'approver', 'auditor', 'ca-officer'];
const DESK: readonly StaffRole[] = ['operator', 'approver'];

/** Who may do what. Who asked for something never decides it, whatever stands here. */
const CONSOLE_MATRIX: Readonly<Record<ConsoleAction, readonly StaffRole[]>> = {
  search: EVERYBODY,
  'read-history': EVERYBODY,
  'read-inquiry': EVERYBODY,
  'read-orders': EVERYBODY,
  'read-endings': EVERYBODY,
  'export-users': DESK,
  'read-imports': ['operator', 'approver', 'auditor'],
  'read-notices': EVERYBODY,
  'read-mail': EVERYBODY,
  'read-authorities': EVERYBODY,
  'read-audit': ['auditor', 'ca-officer'],
  'export-audit': ['auditor', 'ca-officer'],
  'request-open-contract': DESK,
  'decide-open-contract': ['approver'],
  'request-change-contract': DESK,
  'decide-change-contract': ['approver'],
  'request-close-contract': DESK,
  'decide-close-contract': ['approver'],
  'request-change-person': DESK,
  'decide-change-person': ['approver'],
  'request-change-policy': [...DESK, 'ca-officer'],
  'decide-change-policy': ['approver', 'ca-officer'],
  'request-change-administrator': DESK,
  'decide-change-administrator': ['approver'],
  'request-publish-notice': DESK,
  'decide-publish-notice': ['approver'],
  'request-import-users': DESK,
  'decide-import-users': ['approver'],
  'request-accept-former-authority': ['ca-officer'],
  'decide-accept-former-authority': ['approver', 'ca-officer'],
  'request-end-former-authority': ['ca-officer'],
  'decide-end-former-authority': ['approver', 'ca-officer'],
  'request-print-letters': DESK,
  'decide-print-letters': ['approver'],
  // What should not stand there is taken down at once, by one.
  'end-notice': ['approver'],
  // To themselves alone.
  'test-mail': ['operator', 'approver', 'ca-officer'],
};

/** Whether a role may do this, for the institutions in its scope. */
export function mayDoInConsole(action: ConsoleAction, role: StaffRole): boolean {
  return CONSOLE_MATRIX[action].includes(role);
}
