// Writing OCSP responses: the part that is signed, the whole around it, and errors (RFC 6960 §4.2).
// Not here: what is answered, nor the key that signs it.
import {
  bitString,
  constructed,
  type DerNode,
  encodeDer,
  explicit,
  objectIdentifier,
  octetString,
  primitive,
  raw,
  sequence,
} from '../../asn1/der-writer.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import { contextConstructed, contextPrimitive, ENUMERATED } from '../../asn1/tag.ts';
import { generalizedTime } from '../../asn1/time.ts';
import type { Extension } from '../extension.ts';
import { REVOCATION_REASONS } from '../revoked-entry.ts';
import type { CertificateId } from './certificate-id.ts';
import { ocspExtensions } from './ocsp-extensions.ts';
import {
  type CertificateStatus,
  OCSP_STATUSES,
  type OcspError,
  type ResponderId,
} from './ocsp-response.ts';

/** What the answer about one certificate is made of. */
export type SingleResponseFields = {
  readonly id: CertificateId;
  readonly status: CertificateStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly extensions: readonly Extension[];
};

/** What the signed part of a response is made of. */
export type OcspResponseFields = {
  readonly responderId: ResponderId;
  readonly producedAt: Date;
  readonly responses: readonly SingleResponseFields[];
  readonly extensions: readonly Extension[];
};

/** A signature on the part of a response that is signed, and who made it. */
export type OcspSeal = {
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signature: Uint8Array;
  /** The responder's own certificate, where it is not the issuer itself. */
  readonly certificatesDer: readonly Uint8Array[];
};

/** Writes the part of a response that is signed; `assembleOcspResponse` puts the rest on. */
export function encodeOcspResponseData(fields: OcspResponseFields): Uint8Array {
  const { responderId, producedAt, responses, extensions } = fields;
  return encodeDer(
    sequence(
      responderId.kind === 'name'
        ? explicit(1, raw(responderId.name.der))
        : explicit(2, octetString(responderId.keyHash)),
      generalizedTime(producedAt),
      sequence(...responses.map(singleResponse)),
      ocspExtensions(extensions, contextConstructed(1)),
    ),
  );
}

/** Puts a signed response together. */
export function assembleOcspResponse(dataDer: Uint8Array, seal: OcspSeal): Uint8Array {
  const { certificatesDer } = seal;
  const basic = sequence(
    raw(dataDer),
    raw(seal.signatureAlgorithmDer),
    bitString(seal.signature),
    certificatesDer.length === 0 ? undefined : explicit(0, sequence(...certificatesDer.map(raw))),
  );
  const bytes = sequence(objectIdentifier(OID.ocspBasic), octetString(encodeDer(basic)));
  return encodeDer(sequence(enumerated(0), explicit(0, bytes)));
}

/** Writes a response that is an error, which nobody signs. */
export function encodeOcspError(status: OcspError): Uint8Array {
  return encodeDer(sequence(enumerated(OCSP_STATUSES.indexOf(status))));
}

function singleResponse(fields: SingleResponseFields): DerNode {
  const { id, status, thisUpdate, nextUpdate, extensions } = fields;
  return sequence(
    raw(id.der),
    statusNode(status),
    generalizedTime(thisUpdate),
    nextUpdate && explicit(0, generalizedTime(nextUpdate)),
    ocspExtensions(extensions, contextConstructed(1)),
  );
}

function statusNode(status: CertificateStatus): DerNode {
  if (status.kind !== 'revoked') {
    return primitive(contextPrimitive(status.kind === 'good' ? 0 : 2), new Uint8Array(0));
  }
  const { revocationTime, reason } = status;
  return constructed(contextConstructed(1), [
    generalizedTime(revocationTime),
    reason === undefined ? undefined : explicit(0, enumerated(REVOCATION_REASONS.indexOf(reason))),
  ]);
}

function enumerated(value: number): DerNode {
  return primitive(ENUMERATED, Uint8Array.of(value));
}
