// Certification requests, PKCS#10 (RFC 2986): every form that programs send, and ours, exactly.
// Not here: what is made of one; a request decides nothing, only its public key is taken.
import { isCharacterStringTag, readCharacterString } from '../asn1/character-string.ts';
import { DerReader } from '../asn1/der-reader.ts';
import { constructed, encodeDer, integer, raw, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextConstructed, SEQUENCE, SET } from '../asn1/tag.ts';
import { type Extension, readPossiblyEmptyExtensionList } from './extension.ts';
import { type Name, readName } from './name.ts';
import { type PublicKey, readPublicKey } from './public-key.ts';
import { type Answer, type Verified, type Verifier, verifySigned } from './signature.ts';
import { readSeal, type Signed } from './signed.ts';

/** An attribute of a request with the DER of each of its values. */
export type RequestAttribute = { readonly oid: string; readonly values: readonly Uint8Array[] };

/** A request as it was read; its signature has not been looked at. */
export type CertificationRequest = Signed & {
  readonly subject: Name;
  readonly subjectPublicKeyInfo: PublicKey;
  /** All attributes, those of Microsoft's programs too, as they came. */
  readonly attributes: readonly RequestAttribute[];
  /** Extensions asked for, undecoded; empty for none. */
  readonly requestedExtensions: readonly Extension[];
  readonly challengePassword: string | undefined;
};

const VERIFIED = Symbol('verified');

/** A request whose sender has proved to hold the private key; only `verifyRequest` makes one. */
export type VerifiedCsr = {
  readonly request: CertificationRequest;
  readonly publicKey: PublicKey;
  readonly [VERIFIED]: true;
};

const ATTRIBUTES = contextConstructed(0);

/** Reads a request that is all of `der`. */
export function parseCertificationRequest(der: Uint8Array): CertificationRequest {
  const r = new DerReader(der, 'certification request');
  const outer = r.enter(SEQUENCE);
  const start = r.position;
  const inRequest = r.enter(SEQUENCE);
  // RFC 2986 §4.1: version is v1(0), the only one.
  if (r.smallInteger() !== 0) r.refuse('version is not 0');
  const subject = readName(r);
  const subjectPublicKeyInfo = readPublicKey(r);
  // We differ: attributes may be absent, as some programs leave out the empty set.
  const attributes = r.atEnd() ? [] : readAttributes(r);
  r.leave(inRequest);
  const tbsDer = r.since(start);
  const { signatureAlgorithm, signature } = readSeal(r);
  r.leave(outer);
  r.finish();
  return {
    der,
    tbsDer,
    subject,
    subjectPublicKeyInfo,
    attributes,
    requestedExtensions: requestedExtensions(attributes),
    challengePassword: challengePassword(attributes),
    signatureAlgorithm,
    signature,
  };
}

/** Verifies the proof of possession: the request is signed with the key it is for. */
export function verifyRequest<A extends Answer>(
  request: CertificationRequest,
  verifier: Verifier<A>,
): Verified<A, VerifiedCsr> {
  const publicKey = request.subjectPublicKeyInfo;
  return verifySigned(
    { signed: request, key: publicKey, what: 'certification request' },
    verifier,
    (): VerifiedCsr => ({ request, publicKey, [VERIFIED]: true }),
  );
}

/** Writes the signed part of a request without attributes; `assembleSigned` puts the rest on. */
export function encodeRequestInfo(subjectDer: Uint8Array, spkiDer: Uint8Array): Uint8Array {
  return encodeDer(
    sequence(integer(0), raw(subjectDer), raw(spkiDer), constructed(ATTRIBUTES, [])),
  );
}

function readAttributes(r: DerReader): readonly RequestAttribute[] {
  const outer = r.enter(ATTRIBUTES);
  const attributes: RequestAttribute[] = [];
  // We differ: the order of the set is not checked; programs write it as they please.
  while (!r.atEnd()) {
    const inAttribute = r.enter(SEQUENCE);
    const oid = r.objectIdentifier();
    const inValues = r.enter(SET);
    const values: Uint8Array[] = [];
    while (!r.atEnd()) values.push(r.element());
    r.leave(inValues);
    r.leave(inAttribute);
    attributes.push({ oid, values });
  }
  r.leave(outer);
  return attributes;
}

function requestedExtensions(attributes: readonly RequestAttribute[]): readonly Extension[] {
  const value =
    soleValue(attributes, OID.extensionRequest) ??
    soleValue(attributes, OID.microsoftExtensionRequest);
  if (value === undefined) return [];
  const r = new DerReader(value, 'requested extensions');
  const extensions = readPossiblyEmptyExtensionList(r);
  r.finish();
  return extensions;
}

/** RFC 2985 §5.4.1: a DirectoryString; programs also write IA5String. */
function challengePassword(attributes: readonly RequestAttribute[]): string | undefined {
  const value = soleValue(attributes, OID.challengePassword);
  if (value === undefined) return undefined;
  const r = new DerReader(value, 'challengePassword');
  if (!isCharacterStringTag(r.nextTag())) r.refuse('expected a character string');
  return readCharacterString(r);
}

/** The value of a single-valued attribute (RFC 2985 §5.4); undefined when there is none. */
function soleValue(attributes: readonly RequestAttribute[], oid: string): Uint8Array | undefined {
  return attributes.find((attribute) => attribute.oid === oid)?.values[0];
}
