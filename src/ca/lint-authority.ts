// Reads a CA's finished certificate back before it is signed, and holds it against its order and the
// profile of a root or an issuing CA. The rules that all certificates share are in lint-certificate.ts.

import { OID } from '../asn1/known-object-identifiers.ts';
import { equalOctets } from '../asn1/octets.ts';
import { valuesOf } from '../x509/name.ts';
import type { AuthorityOrder } from './authority-profile.ts';
import { lintCertificate } from './lint-certificate.ts';
import { ISSUING_EXTENSIONS, ROOT_EXTENSIONS } from './lint-extensions.ts';
import { type Lint, type LintTerms, rule } from './lint-terms.ts';

const PASSED = Symbol('passed the lint of CA certificates');

/** A TBSCertificate of a CA that was read back and found to be its order. */
export type LintedAuthority = { readonly tbsDer: Uint8Array; readonly [PASSED]: true };

/** The two kinds of CA certificates: one that issues itself, and one that issues to users. */
export type AuthorityKind = 'root' | 'issuing';

/** Lints a CA certificate; `terms` are its issuer's, which is itself for a root. */
export function lintAuthorityCertificate(
  tbsDer: Uint8Array,
  order: AuthorityOrder,
  limits: { readonly terms: LintTerms; readonly kind: AuthorityKind },
): LintedAuthority {
  const { terms, kind } = limits;
  const lint: Lint = { order, terms, broken: [] };
  const [ordered = ''] = valuesOf(order.subject, OID.commonName);
  lintCertificate(tbsDer, lint, {
    extensions: kind === 'root' ? ROOT_EXTENSIONS : ISSUING_EXTENSIONS,
    commonName: ordered,
    checkCommonName: () => {
      // People compare these names for decades.
      rule(lint, 'a common name without hidden characters', !/\p{C}/u.test(ordered));
    },
    checkValidity: () => {
      const { name, publicKey } = terms.issuer;
      const isItsOwn =
        equalOctets(order.subject.der, name.der) && equalOctets(order.spkiDer, publicKey.der);
      rule(lint, 'a root alone issues itself', isItsOwn === (kind === 'root'));
    },
  });
  return { tbsDer, [PASSED]: true };
}
