// What people read when something is refused: what happened, why in plain words, what to do now.
// One entry for every refusal code, so that a new code without words does not compile.
import type { RefusalCode } from '../errors.ts';
import { COMPANY_REFUSALS } from './company-refusals.ts';
import { CONSOLE_REFUSALS } from './console-refusals.ts';
import { LOGIN_REFUSALS } from './login-refusals.ts';
import { PASSKEY_REFUSALS } from './passkey-refusals.ts';
import type { RefusalWords } from './refusal-words.ts';
import { REQUEST_REFUSALS } from './request-refusals.ts';

/** A refusal as pages tell it: every code, another institution's certificate, and our own fault. */
export type RefusalKind = RefusalCode | 'other-institution' | 'internal-error';

/** The words of every refusal. */
export const REFUSALS = {
  ...LOGIN_REFUSALS,
  ...PASSKEY_REFUSALS,
  ...REQUEST_REFUSALS,
  ...COMPANY_REFUSALS,
  ...CONSOLE_REFUSALS,
} satisfies Record<RefusalKind, RefusalWords>;

/** How an answer is told that no rule of ours refused: broken requests, other methods, our own faults. */
export function kindOfStatus(status: number): RefusalKind {
  if (status === 404 || status === 405) return 'not-found';
  return status >= 500 ? 'internal-error' : 'malformed';
}

/** Tells whether a refusal is one of a login, which the page says above its heading. */
export function isLoginRefusal(kind: RefusalKind): boolean {
  return kind in LOGIN_REFUSALS;
}
