// Whether an OCSP response is to be believed, and what it then says (RFC 6960 §3.2, §4.2.2).
// Not here: revocation of the responder itself; it must be marked as not to be checked.
import { OID } from '../../asn1/known-object-identifiers.ts';
import { equalOctets } from '../../asn1/octets.ts';
import { Refusal } from '../../errors.ts';
import type { Certificate } from '../certificate.ts';
import { isSameName } from '../match-names.ts';
import { checkSignature, runSteps, type Steps } from '../path/steps.ts';
import type { PublicKey } from '../public-key.ts';
import type { Answer, Verified, Verifier } from '../signature.ts';
import { type CertificateId, isSameCertificateId } from './certificate-id.ts';
import type {
  BasicOcspResponse,
  CertificateStatus,
  OcspResponse,
  SingleResponse,
} from './ocsp-response.ts';

/** What was asked, and by what the answer is judged. */
export type OcspExpectation = {
  readonly id: CertificateId;
  readonly issuer: Certificate;
  readonly time: Date;
  /** The nonce that was sent; undefined where an answer made before may be taken. */
  readonly nonce: Uint8Array | undefined;
  /** Age up to which an answer is taken; without it, one needs a nextUpdate. */
  readonly maxAgeMs: number | undefined;
  /** How far the responder's clock may be ahead. */
  readonly leewayMs: number;
};

const BELIEVED = Symbol('believed');

/** An answer by someone who may give it, and fresh; only `verifyOcspResponse` makes one. */
export type OcspAnswer = {
  readonly status: CertificateStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly [BELIEVED]: true;
};

/** Verifies a response; refuses with `revocation-unknown` where it is no answer. */
export function verifyOcspResponse<A extends Answer>(
  response: OcspResponse,
  expected: OcspExpectation,
  verifier: Verifier<A>,
): Verified<A, OcspAnswer> {
  return runSteps(believe(response, expected), verifier);
}

const MAX_RESPONDERS = 4;

function* believe(response: OcspResponse, expected: OcspExpectation): Steps<OcspAnswer> {
  if (response.status !== 'successful') throw noAnswer(`the responder says ${response.status}`);
  const { basic } = response;
  const single = basic.responses.find(({ id }) => isSameCertificateId(id, expected.id));
  if (single === undefined) throw noAnswer('the answer is about another certificate');
  const hasUnknown = [basic.extensions, single.extensions].some(
    ({ unknownCritical }) => unknownCritical.length > 0,
  );
  if (hasUnknown) throw noAnswer('the answer has a critical extension that is not known');
  checkNonce(basic, expected);
  checkFresh(single, expected);
  yield* checkResponder(basic, expected);
  const { status, thisUpdate, nextUpdate } = single;
  return { status, thisUpdate, nextUpdate, [BELIEVED]: true };
}

function checkNonce({ extensions }: BasicOcspResponse, { nonce }: OcspExpectation): void {
  if (nonce === undefined) return;
  if (extensions.nonce === undefined || !equalOctets(extensions.nonce, nonce)) {
    throw noAnswer('the answer has another nonce');
  }
}

function checkFresh({ thisUpdate, nextUpdate }: SingleResponse, expected: OcspExpectation): void {
  const { maxAgeMs, leewayMs } = expected;
  const now = expected.time.getTime();
  const age = now - thisUpdate.getTime();
  if (age < -leewayMs) throw noAnswer('the answer is of the future');
  // RFC 6960 §4.2.2.1: without nextUpdate, newer knowledge is there at any time.
  if (nextUpdate === undefined && maxAgeMs === undefined) throw noAnswer('the answer has no end');
  const isOld = maxAgeMs !== undefined && age > maxAgeMs;
  if (isOld || (nextUpdate !== undefined && nextUpdate.getTime() <= now)) {
    throw noAnswer('the answer is too old');
  }
}

/** RFC 6960 §4.2.2.2: the issuer itself, or one to whom it gave that right. */
function* checkResponder(basic: BasicOcspResponse, expected: OcspExpectation): Steps<void> {
  const { issuer } = expected;
  if (yield* isSignedBy(basic, issuer, issuer.subjectPublicKeyInfo)) return;
  for (const responder of basic.certificates.slice(0, MAX_RESPONDERS)) {
    if (!(yield* isSignedBy(basic, responder, responder.subjectPublicKeyInfo))) continue;
    yield* checkDelegation(responder, expected);
    return;
  }
  throw new Refusal('bad-signature', 'OCSP response: signature is of nobody who may answer');
}

function* isSignedBy(
  basic: BasicOcspResponse,
  signer: Certificate,
  key: PublicKey,
): Steps<boolean> {
  const { responderId } = basic;
  if (responderId.kind === 'name' && !isSameName(responderId.name, signer.subject)) return false;
  try {
    yield* checkSignature({ signed: basic, key, what: 'OCSP response' });
    return true;
  } catch (error) {
    // What is not signed by this one may be signed by the next.
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function* checkDelegation(responder: Certificate, { issuer, time }: OcspExpectation): Steps<void> {
  const { extensions } = responder;
  if (!isSameName(responder.issuer, issuer.subject)) throw notDelegated('is by another issuer');
  yield* checkSignature({
    signed: responder,
    key: issuer.subjectPublicKeyInfo,
    what: 'certificate of the OCSP responder',
  });
  if (time < responder.notBefore || time > responder.notAfter)
    throw notDelegated('is not valid now');
  if (extensions.extendedKeyUsage?.includes(OID.ocspSigning) !== true) {
    throw notDelegated('is not for that');
  }
  if (extensions.keyUsage?.includes('digitalSignature') === false) {
    throw notDelegated('is not for signatures');
  }
  // We differ: RFC 6960 §4.2.2.2.1 lets the responder be checked another way; there is none here.
  if (extensions.ocspNoCheck !== true) throw notDelegated('would have to be checked itself');
  if (extensions.unknownCritical.length > 0) throw notDelegated('has an unknown extension');
}

function notDelegated(problem: string): Refusal {
  return new Refusal('revocation-unknown', `the certificate of the OCSP responder ${problem}`);
}

function noAnswer(problem: string): Refusal {
  return new Refusal('revocation-unknown', `OCSP: ${problem}`);
}
