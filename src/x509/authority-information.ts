// authorityInfoAccess: where the issuer's certificate and its OCSP responder are (RFC 5280 §4.2.2.1);
// subjectInfoAccess: the same form about the subject (§4.2.2.2).
import type { DerReader } from '../asn1/der-reader.ts';
import { type DerNode, objectIdentifier, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { SEQUENCE } from '../asn1/tag.ts';
import { type Extension, makeExtension } from './extension.ts';
import { type GeneralName, generalName, readGeneralName } from './general-name.ts';

/** One access: a dotted method (`OID.ocspAccess`, `OID.caIssuersAccess`) and its place. */
export type AccessDescription = { readonly method: string; readonly location: GeneralName };

/** Reads AuthorityInfoAccessSyntax or SubjectInfoAccessSyntax; at least one access. */
export function readInfoAccess(r: DerReader): readonly AccessDescription[] {
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
  return makeExtension(OID.authorityInfoAccess, 'non-critical', infoAccess(accesses));
}

/** subjectInfoAccess, not critical. */
export function subjectInfoAccessExtension(accesses: readonly AccessDescription[]): Extension {
  return makeExtension(OID.subjectInfoAccess, 'non-critical', infoAccess(accesses));
}

function infoAccess(accesses: readonly AccessDescription[]): DerNode {
  if (accesses.length === 0) throw new RangeError('information access must not be empty');
  return sequence(
    ...accesses.map(({ method, location }) =>
      sequence(objectIdentifier(method), generalName(location, 'address')),
    ),
  );
}
