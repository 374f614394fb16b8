// Extensions of OCSP requests and responses: the nonce, and what else is known of them.
// Not here: what a responder makes of them.
import { DerReader } from '../../asn1/der-reader.ts';
import { constructed, type DerChild, octetString } from '../../asn1/der-writer.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import { OCTET_STRING } from '../../asn1/tag.ts';
import { type Extension, extensionList, makeExtension, readExtensionList } from '../extension.ts';

/** Extensions of a request, a response, or of one certificate in them. */
export type OcspExtensions = {
  readonly nonce: Uint8Array | undefined;
  /** Every extension, undecoded, in its order. */
  readonly all: readonly Extension[];
  /** Critical ones that are not understood: what has one is refused (RFC 6960 §4.4). */
  readonly unknownCritical: readonly Extension[];
};

const MAX_NONCE_OCTETS = 128;

/** Reads the extensions tagged `tag`, if they are there. */
export function readOcspExtensions(r: DerReader, tag: number): OcspExtensions {
  if (!r.isNext(tag)) return { nonce: undefined, all: [], unknownCritical: [] };
  const outer = r.enter(tag);
  const all = readExtensionList(r);
  r.leave(outer);
  const nonce = all.find(({ oid }) => oid === OID.ocspNonce);
  return {
    nonce: nonce && readNonce(nonce.value),
    all,
    unknownCritical: all.filter(({ critical, oid }) => critical && !UNDERSTOOD.has(oid)),
  };
}

/** Node of extensions tagged `tag`; undefined for none. */
export function ocspExtensions(extensions: readonly Extension[], tag: number): DerChild {
  const list = extensionList(extensions);
  return list && constructed(tag, [list]);
}

/** The nonce extension, not critical; 1 to 128 octets, 32 are right (RFC 9654 §2.1). */
export function nonceExtension(nonce: Uint8Array): Extension {
  if (nonce.length === 0 || nonce.length > MAX_NONCE_OCTETS) {
    throw new RangeError(`a nonce has 1 to ${MAX_NONCE_OCTETS} octets`);
  }
  return makeExtension(OID.ocspNonce, 'non-critical', octetString(nonce));
}

/** Those whose being critical asks for nothing that is not done. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.ocspNonce,
  OID.ocspAcceptableResponses,
  OID.ocspPreferredSignatures,
]);

function readNonce(value: Uint8Array): Uint8Array {
  const r = new DerReader(value, 'nonce');
  const nonce = r.contents(OCTET_STRING);
  r.finish();
  // RFC 9654 §2.1: 1 to 128 octets; a responder answers others with malformedRequest.
  if (nonce.length === 0 || nonce.length > MAX_NONCE_OCTETS) r.refuse('nonce has the wrong length');
  return nonce;
}
