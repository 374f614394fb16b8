// subjectKeyIdentifier and authorityKeyIdentifier: which key a certificate is for and signed by.
// Not here: how the identifier is made; that needs a digest, which is for the caller.
import type { DerReader } from '../asn1/der-reader.ts';
import { octetString, primitive, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextConstructed, contextPrimitive, OCTET_STRING, SEQUENCE } from '../asn1/tag.ts';
import { type Extension, makeExtension } from './extension.ts';
import { type GeneralName, generalNames, readGeneralNames } from './general-name.ts';

/** The key that signed: by identifier, by its certificate's issuer and serial, or both. */
export type AuthorityKeyIdentifier = {
  readonly keyIdentifier: Uint8Array | undefined;
  readonly issuerAndSerial:
    | { readonly issuer: readonly GeneralName[]; readonly serialNumber: Uint8Array }
    | undefined;
};

const KEY_IDENTIFIER = contextPrimitive(0);
const ISSUER = contextConstructed(1);
const SERIAL_NUMBER = contextPrimitive(2);

/** Reads SubjectKeyIdentifier. */
export function readSubjectKeyIdentifier(r: DerReader): Uint8Array {
  return r.contents(OCTET_STRING);
}

/** subjectKeyIdentifier, not critical. */
export function subjectKeyIdentifierExtension(keyIdentifier: Uint8Array): Extension {
  return makeExtension(OID.subjectKeyIdentifier, 'non-critical', octetString(keyIdentifier));
}

/** Reads AuthorityKeyIdentifier. */
export function readAuthorityKeyIdentifier(r: DerReader): AuthorityKeyIdentifier {
  const outer = r.enter(SEQUENCE);
  const keyIdentifier = r.isNext(KEY_IDENTIFIER) ? r.contents(KEY_IDENTIFIER) : undefined;
  // RFC 5280 appendix A.2: issuer and serial are both present or both absent.
  let issuerAndSerial: AuthorityKeyIdentifier['issuerAndSerial'];
  if (!r.atEnd()) {
    const issuer = readGeneralNames(r, ISSUER);
    issuerAndSerial = { issuer, serialNumber: r.integer(SERIAL_NUMBER) };
  }
  r.leave(outer);
  return { keyIdentifier, issuerAndSerial };
}

/** authorityKeyIdentifier, not critical. */
export function authorityKeyIdentifierExtension(authority: AuthorityKeyIdentifier): Extension {
  const { keyIdentifier, issuerAndSerial } = authority;
  const value = sequence(
    keyIdentifier && octetString(keyIdentifier, KEY_IDENTIFIER),
    issuerAndSerial && generalNames(issuerAndSerial.issuer, ISSUER),
    issuerAndSerial && primitive(SERIAL_NUMBER, issuerAndSerial.serialNumber),
  );
  return makeExtension(OID.authorityKeyIdentifier, 'non-critical', value);
}
