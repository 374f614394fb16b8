// The bank's staff: where they are kept, their roles, and the institutions each may work for.
// Not here: what each role may do.
import { Refusal } from '../errors.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';

/** 担当者, 承認者, 監査者, 認証局責任者. */
export const STAFF_ROLES = ['operator', 'approver', 'auditor', 'ca-officer'] as const;

/** What a staff member is. */
export type StaffRole = (typeof STAFF_ROLES)[number];

/** The institutions for which a staff member works: all of them, or these codes. */
export type StaffScope = 'all' | readonly string[];

/** The code of the staff house where its file names none. */
export const STAFF_HOUSE_CODE = '0000';

/** The one contract of the staff house: all of the staff are its users. */
export const STAFF_CONTRACT = '00000000000';

/** Of the staff house: many users of one contract, and nobody among them who manages the others. */
export const STAFF_POLICY: Policy = {
  ...DEFAULT_POLICY,
  usersPerContract: 9_999,
  // Whoever vouches for staff does it on the server: nobody is left who would confirm.
  freezesAfterReissue: false,
  mailsCodeAfterEnd: false,
};

/** The role of this name; refuses (`invalid-input`) any other. */
export function parseStaffRole(text: string): StaffRole {
  const role = STAFF_ROLES.find((one) => one === text);
  if (role === undefined) {
    throw new Refusal('invalid-input', `a staff role is one of ${STAFF_ROLES.join(', ')}`);
  }
  return role;
}

/** `all`, or codes of institutions with commas between them; refuses (`invalid-input`) anything else. */
export function parseStaffScope(text: string): StaffScope {
  if (text === 'all') return 'all';
  const codes = [...new Set(text.split(',').map((code) => code.trim()))];
  if (codes.every((code) => /^[0-9]{4}$/.test(code))) return codes.toSorted();
  throw new Refusal('invalid-input', 'a scope is `all`, or four-digit codes with commas between');
}

/** Whether a scope holds an institution. */
export function isInScope(institution: string, scope: StaffScope): boolean {
  return scope === 'all' || scope.includes(institution);
}
