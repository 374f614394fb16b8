// OCSP responses: strictly read, whatever their status (RFC 6960 §4.2).
// Not here: how one is written (encode-ocsp-response.ts), and whether it is to be believed.
import { DerReader } from '../../asn1/der-reader.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import {
  contextConstructed,
  contextPrimitive,
  ENUMERATED,
  OCTET_STRING,
  SEQUENCE,
} from '../../asn1/tag.ts';
import { readGeneralizedTimeMs } from '../../asn1/time.ts';
import { Refusal } from '../../errors.ts';
import type { Certificate } from '../certificate.ts';
import { type Name, readName } from '../name.ts';
import { type RevocationReason, readReason } from '../revoked-entry.ts';
import { readSeal, type Signed } from '../signed.ts';
import { type CertificateId, readCertificateId } from './certificate-id.ts';
import { type OcspExtensions, readOcspExtensions } from './ocsp-extensions.ts';
import { readCertificates } from './ocsp-request.ts';

/** Why a responder does not answer, by the number that is written; 4 is not used. */
export const OCSP_STATUSES = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized',
] as const;

/** A response without an answer. */
export type OcspError = Exclude<(typeof OCSP_STATUSES)[number], undefined | 'successful'>;

/** A response as it was read. */
export type OcspResponse =
  | { readonly status: OcspError }
  | { readonly status: 'successful'; readonly basic: BasicOcspResponse };

/** Who says to have signed: by name, or by the SHA-1 of the key without algorithm and header. */
export type ResponderId =
  | { readonly kind: 'name'; readonly name: Name }
  | { readonly kind: 'key'; readonly keyHash: Uint8Array };

/** What is said of a certificate. */
export type CertificateStatus =
  | { readonly kind: 'good' | 'unknown' }
  | {
      readonly kind: 'revoked';
      readonly revocationTime: Date;
      readonly reason: RevocationReason | undefined;
    };

/** The answer about one certificate. */
export type SingleResponse = {
  readonly id: CertificateId;
  readonly status: CertificateStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly extensions: OcspExtensions;
};

/** A signed answer; its signature has not been looked at. */
export type BasicOcspResponse = Signed & {
  readonly responderId: ResponderId;
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly extensions: OcspExtensions;
  readonly certificates: readonly Certificate[];
};

const RESPONSE_BYTES = contextConstructed(0);
const VERSION = contextConstructed(0);
const BY_NAME = contextConstructed(1);
const BY_KEY = contextConstructed(2);
const RESPONSE_EXTENSIONS = contextConstructed(1);
const GOOD = contextPrimitive(0);
const REVOKED = contextConstructed(1);
const UNKNOWN = contextPrimitive(2);
const REASON = contextConstructed(0);
const NEXT_UPDATE = contextConstructed(0);
const SINGLE_EXTENSIONS = contextConstructed(1);
const SHA1_OCTETS = 20;

/** Reads a response that is all of `der`. */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  const r = new DerReader(der, 'OCSP response');
  const outer = r.enter(SEQUENCE);
  const status = OCSP_STATUSES[r.smallInteger(ENUMERATED)] ?? r.refuse('status does not exist');
  if (status !== 'successful') {
    // RFC 6960 §4.2.1: an error has no response.
    r.leave(outer);
    r.finish();
    return { status };
  }
  const inTag = r.enter(RESPONSE_BYTES);
  const inBytes = r.enter(SEQUENCE);
  const type = r.objectIdentifier();
  const basicDer = r.contents(OCTET_STRING);
  r.leave(inBytes);
  r.leave(inTag);
  r.leave(outer);
  r.finish();
  if (type !== OID.ocspBasic) {
    throw new Refusal('unsupported-algorithm', `OCSP response of type ${type}`);
  }
  return { status, basic: parseBasicResponse(basicDer) };
}

function parseBasicResponse(der: Uint8Array): BasicOcspResponse {
  const r = new DerReader(der, 'basic OCSP response');
  const outer = r.enter(SEQUENCE);
  const start = r.position;
  const contents = readResponseData(r);
  const tbsDer = r.since(start);
  const seal = readSeal(r);
  const certificates = readCertificates(r);
  r.leave(outer);
  r.finish();
  return { der, tbsDer, ...contents, ...seal, certificates };
}

type ResponseData = Omit<BasicOcspResponse, keyof Signed | 'certificates'>;

function readResponseData(r: DerReader): ResponseData {
  const outer = r.enter(SEQUENCE);
  // RFC 6960 §4.2.1; X.690 §11.5: version 1 is the only one, the default, and not encoded.
  if (r.isNext(VERSION)) r.refuse('version is encoded');
  const responderId = readResponderId(r);
  const producedAt = new Date(readGeneralizedTimeMs(r));
  const inList = r.enter(SEQUENCE);
  const responses: SingleResponse[] = [];
  while (!r.atEnd()) responses.push(readSingleResponse(r));
  r.leave(inList);
  const extensions = readOcspExtensions(r, RESPONSE_EXTENSIONS);
  r.leave(outer);
  return { responderId, producedAt, responses, extensions };
}

function readResponderId(r: DerReader): ResponderId {
  if (r.isNext(BY_NAME)) {
    const outer = r.enter(BY_NAME);
    const name = readName(r);
    r.leave(outer);
    return { kind: 'name', name };
  }
  const outer = r.enter(BY_KEY);
  const keyHash = r.contents(OCTET_STRING);
  r.leave(outer);
  // RFC 6960 §4.2.1: KeyHash is a SHA-1.
  if (keyHash.length !== SHA1_OCTETS) r.refuse('digest of the responder is not 20 octets');
  return { kind: 'key', keyHash };
}

function readSingleResponse(r: DerReader): SingleResponse {
  const outer = r.enter(SEQUENCE);
  const id = readCertificateId(r);
  const status = readStatus(r);
  const thisUpdate = new Date(readGeneralizedTimeMs(r));
  let nextUpdate: Date | undefined;
  if (r.isNext(NEXT_UPDATE)) {
    const inNext = r.enter(NEXT_UPDATE);
    nextUpdate = new Date(readGeneralizedTimeMs(r));
    r.leave(inNext);
  }
  const extensions = readOcspExtensions(r, SINGLE_EXTENSIONS);
  r.leave(outer);
  return { id, status, thisUpdate, nextUpdate, extensions };
}

function readStatus(r: DerReader): CertificateStatus {
  if (r.isNext(REVOKED)) {
    const outer = r.enter(REVOKED);
    const revocationTime = new Date(readGeneralizedTimeMs(r));
    let reason: RevocationReason | undefined;
    if (r.isNext(REASON)) {
      const inReason = r.enter(REASON);
      reason = readReason(r);
      r.leave(inReason);
    }
    r.leave(outer);
    return { kind: 'revoked', revocationTime, reason };
  }
  const kind = r.isNext(GOOD) ? 'good' : 'unknown';
  if (r.contents(kind === 'good' ? GOOD : UNKNOWN).length > 0) r.refuse('status is not empty');
  return { kind };
}
