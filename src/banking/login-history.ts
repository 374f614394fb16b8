// What a person's own history of logins tells: which refusals belong to it, and one line of it.
import type { RefusalCode } from '../errors.ts';
import type { ProofKind } from './evidence.ts';

/** Refusals of a login; what was refused to someone within a session is no matter of logins. */
export const LOGIN_REFUSAL_CODES = [
  'not-yet-valid',
  'expired',
  'unproven',
  'acquisition-over',
  'superseded',
  'replaced',
  'suspended',
  'revoked',
  'not-for-login',
  'pin-locked',
  'user-stopped',
  'certificate-changed',
  'counter-went-back',
  'synced-credential',
  'assertion-invalid',
  'user-not-verified',
] as const satisfies readonly RefusalCode[];

/** A reason for which a login is refused. */
export type LoginRefusalCode = (typeof LOGIN_REFUSAL_CODES)[number];

/** One line of the history. */
export type LoginRecord = {
  readonly at: Date;
  /** The number on the page that was shown then; null where none was. */
  readonly inquiry: string | null;
} & (
  | { readonly kind: 'logged-in' | 'proved-in'; readonly by: ProofKind }
  | { readonly kind: 'pin-wrong' | 'pin-locked' | 'pin-changed' }
  // Null: a reason that only a later version knows.
  | { readonly kind: 'refused'; readonly code: LoginRefusalCode | null }
);
