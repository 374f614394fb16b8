// What an issuer's CRL says: which certificates, why, and what identifies the list itself.
// Not here: where the certificates are recorded, and the key that signs.
import { crlNumberExtension } from '../x509/certificate-list-extensions.ts';
import {
  layOutCertificateList,
  RevokedEntriesWriter,
  type UnsignedCertificateList,
} from '../x509/encode-certificate-list.ts';
import { authorityKeyIdentifierExtension } from '../x509/key-identifier.ts';
import { encodeEntryExtensions, reasonCodeExtension } from '../x509/revoked-entry.ts';
import { type EndedCertificate, EndedCertificates, type FinalState } from './ended-certificates.ts';
import type { Issuer } from './issuer.ts';

/** What tells one CRL of an issuer from the next. */
export type ListEdition = {
  /** Above that of every earlier one (RFC 5280 §5.2.3). */
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
};

const SUPERSEDED = encodeEntryExtensions([reasonCodeExtension('superseded')]);

/** Extensions of an entry, by what became of the certificate; why one was revoked is not told. */
const EXTENSIONS: Readonly<Record<FinalState, Uint8Array | undefined>> = {
  superseded: SUPERSEDED,
  replaced: SUPERSEDED,
  revoked: undefined,
};

/** The certificates that a CRL is to name: noted as ordered, and written as entries, as they come. */
export class RevocationListContent {
  readonly ordered = new EndedCertificates();
  readonly entries = new RevokedEntriesWriter();

  /** Takes one; throws RangeError for a serial that no certificate has. */
  add(ended: EndedCertificate): void {
    this.ordered.add(ended);
    this.entries.add(ended.serial, ended.endedAtMs, EXTENSIONS[ended.state]);
  }
}

/** Lays out an issuer's CRL for the lint. */
export function layOutRevocationList(
  { entries }: RevocationListContent,
  edition: ListEdition,
  issuer: Issuer,
): UnsignedCertificateList {
  const { keyIdentifier } = issuer;
  return layOutCertificateList(
    {
      signatureAlgorithmDer: issuer.signatureAlgorithmDer,
      issuerDer: issuer.name.der,
      thisUpdate: edition.thisUpdate,
      nextUpdate: edition.nextUpdate,
      extensions: [
        authorityKeyIdentifierExtension({ keyIdentifier, issuerAndSerial: undefined }),
        crlNumberExtension(edition.number),
      ],
    },
    entries,
  );
}
