// The one place where an authority's key is used: it signs what a lint has read back and marked, and
// nothing else. What is done with the signature is the caller's.
import type { LintedCertificate } from '../ca/lint.ts';
import type { LintedAuthority } from '../ca/lint-authority.ts';
import type { LintedRevocationList } from '../ca/lint-revocation-list.ts';
import type { AuthorityKey } from '../keys/software-key.ts';

/** What bears the mark of a lint; each mark is a symbol that no other file has. */
export type Linted = LintedCertificate | LintedAuthority | LintedRevocationList;

/** The signature of what was linted. */
export function signLinted({ tbsDer }: Linted, key: AuthorityKey): Uint8Array {
  return key.sign(tbsDer);
}
