// Reads a user's finished certificate back before it is signed and holds it against its order, rule by
// rule. It shares no encoder with the profile that wrote it. What is signed is only what passed here or in
// lint-authority.ts: the mark of what passed is known to the lint alone.
import { commonNameOf } from '../banking/subject-name.ts';
import { lintCertificate } from './lint-certificate.ts';
import { USER_EXTENSIONS } from './lint-extensions.ts';
import { type Lint, type LintTerms, rule } from './lint-terms.ts';
import type { UserOrder } from './user-profile.ts';

const PASSED = Symbol('passed the lint of user certificates');

/** A TBSCertificate that was read back and found to be its order, to the octet where it matters. */
export type LintedCertificate = { readonly tbsDer: Uint8Array; readonly [PASSED]: true };

const DAY_MS = 24 * 60 * 60 * 1000;
/** 23:59:59 in Tokyo, in UTC. */
const END_OF_TOKYO_DAY_MS = 15 * 60 * 60 * 1000 - 1000;

/** Lints a user's certificate; throws an error that names the broken rules: a defect, not a refusal. */
export function lintUserCertificate(
  tbsDer: Uint8Array,
  order: UserOrder,
  limits: { readonly terms: LintTerms; readonly maximumLifetimeDays: number },
): LintedCertificate {
  const lint: Lint = { order, terms: limits.terms, broken: [] };
  lintCertificate(tbsDer, lint, {
    extensions: USER_EXTENSIONS,
    commonName: order.commonName,
    checkCommonName: () => {
      rule(lint, "the person's common name", isNameOf(order));
    },
    checkValidity: (notBeforeMs, notAfterMs) => {
      rule(lint, 'ends 23:59:59 in Tokyo', notAfterMs % DAY_MS === END_OF_TOKYO_DAY_MS);
      const isWithinMaximum = notAfterMs - notBeforeMs <= limits.maximumLifetimeDays * DAY_MS;
      rule(lint, 'lifetime within the maximum', isWithinMaximum);
    },
  });
  return { tbsDer, [PASSED]: true };
}

/** Whether the name on an order is its person's, with the month of its end or without. */
function isNameOf({ commonName, identity, notAfter }: UserOrder): boolean {
  return (
    commonName === commonNameOf(identity, notAfter, true) ||
    commonName === commonNameOf(identity, notAfter, false)
  );
}
