// authorityInfoAccess: where the issuer's certificate and its OCSP responder are (RFC 5280 §4.2.2.1).
import type { DerReader } from '../asn1/der-reader.ts';
import { objectIdentifier, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { SEQUENCE } from '../asn1/tag.ts';
import { type Extension, makeExtension } from './extension.ts';
import { type GeneralName, generalName, readGeneralName } from './general-name.ts';

/** One access: a dotted method (`OID.ocspAccess`, `OID.caIssuersAccess`) and its place. */
export type AccessDescription = { readonly method: string; readonly location: GeneralName };

/** Reads AuthorityInfoAccessSyntax; at least one access. */
export function readAuthorityInfoAccess(r: DerReader): readonly AccessDescription[] {
  const outer = r.enter(SEQUENCE);
  const accesses: AccessDescription[] = [];
  do {
    const inAccess = r.enter(SEQUENCE);
    const method = r.objectIdentifier();
    accesses.push({ method, location: readGeneralName(r, 'address') });
    r.leave(inAccess);
  } while (!r.atEnd());
  r.leave(outer);
  return accesses;
}

/** authorityInfoAccess, not critical. */
export function authorityInfoAccessExtension(accesses: readonly AccessDescription[]): Extension {
  if (accesses.length === 0) throw new RangeError('authorityInfoAccess must not be empty');
  const nodes = accesses.map(({ method, location }) =>
    sequence(objectIdentifier(method), generalName(location)),
  );
  return makeExtension(OID.authorityInfoAccess, 'non-critical', sequence(...nodes));
}
