// What an issuer's CRL says: which certificates, why, and what identifies the list itself.
// Not here: where the certificates are recorded, and the key that signs.
import type { CertificateState } from '../banking/certificate-life.ts';
import { crlNumberExtension } from '../x509/certificate-list-extensions.ts';
import {
  layOutCertificateList,
  type RevokedEntriesWriter,
  type UnsignedCertificateList,
} from '../x509/encode-certificate-list.ts';
import { authorityKeyIdentifierExtension } from '../x509/key-identifier.ts';
import { encodeEntryExtensions, reasonCodeExtension } from '../x509/revoked-entry.ts';
import type { Issuer } from './issuer.ts';

/** A state that a certificate ends in for ever. */
export type FinalState = Extract<CertificateState, 'superseded' | 'replaced' | 'revoked'>;

/** A certificate that has ended before its time. */
export type EndedCertificate = {
  readonly serial: Uint8Array;
  readonly state: FinalState;
  readonly endedAtMs: number;
};

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

/** Puts a certificate on a CRL. */
export function addEnded(
  entries: RevokedEntriesWriter,
  { serial, state, endedAtMs }: EndedCertificate,
): void {
  entries.add(serial, endedAtMs, EXTENSIONS[state]);
}

/** Lays out an issuer's CRL for its signature. */
export function layOutRevocationList(
  entries: RevokedEntriesWriter,
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
