// An issuer with a responder of its own, and OCSP requests and responses of it to be changed.
// Not for the product: tests only.
import { createHash } from 'node:crypto';
import { OID } from '../src/asn1/known-object-identifiers.ts';
import type { Certificate } from '../src/x509/certificate.ts';
import { ocspNoCheckExtension } from '../src/x509/extensions.ts';
import { extendedKeyUsageExtension } from '../src/x509/key-usage.ts';
import {
  type CertificateId,
  type IdHash,
  type IssuerHashes,
  issuerHashInputs,
  makeCertificateId,
} from '../src/x509/ocsp/certificate-id.ts';
import {
  assembleOcspResponse,
  encodeOcspResponseData,
  type OcspResponseFields,
  type SingleResponseFields,
} from '../src/x509/ocsp/encode-ocsp-response.ts';
import { nonceExtension } from '../src/x509/ocsp/ocsp-extensions.ts';
import { assembleOcspRequest, encodeOcspRequestContent } from '../src/x509/ocsp/ocsp-request.ts';
import { encodeSignatureAlgorithm } from '../src/x509/signature-algorithm.ts';
import { type Holder, holder, issue, NOON, nameOf } from './sample-chain.ts';
import type { SampleKey } from './sample-keys.ts';

/** The sample's issuer and its own certificate. */
export const OCSP_CA: Holder = holder('OCSP CA');
export const OCSP_CA_CERTIFICATE: Certificate = issue(OCSP_CA, OCSP_CA);

/** The responder that the issuer gave the right to answer, and its certificate. */
export const RESPONDER: Holder = holder('OCSP Responder');
export const RESPONDER_CERTIFICATE: Certificate = issue(OCSP_CA, RESPONDER, {
  extensions: [extendedKeyUsageExtension([OID.ocspSigning]), ocspNoCheckExtension()],
});

/** The digests of an issuer. */
export function hashesOf(issuer: Certificate, hash: IdHash): IssuerHashes {
  const { name, key } = issuerHashInputs(issuer);
  const digest = (octets: Uint8Array): Uint8Array =>
    new Uint8Array(createHash(hash).update(octets).digest());
  return { hash, nameHash: digest(name), keyHash: digest(key) };
}

/** The CertID of a certificate of the sample's issuer. */
export function idOf(serial: string, hash: IdHash = 'SHA-256'): CertificateId {
  return makeCertificateId(hashesOf(OCSP_CA_CERTIFICATE, hash), Uint8Array.fromHex(serial));
}

/** An answer, with what is in `changes` in its place. */
export function sampleSingle(
  id: CertificateId,
  changes: Partial<SingleResponseFields> = {},
): SingleResponseFields {
  return {
    id,
    status: { kind: 'good' },
    thisUpdate: new Date('2026-06-01T00:00:00Z'),
    nextUpdate: new Date('2026-06-02T00:00:00Z'),
    extensions: [],
    ...changes,
  };
}

/** Who signs a response, and which certificates go with it. */
export type Responder = {
  readonly name: Holder['name'];
  readonly key: SampleKey;
  readonly certificates: readonly Certificate[];
};

/** A signed response of these answers. */
export function sampleOcspResponse(
  responses: readonly SingleResponseFields[],
  responder: Responder = { ...OCSP_CA, certificates: [] },
  changes: Partial<OcspResponseFields> = {},
): Uint8Array {
  const data = encodeOcspResponseData({
    responderId: { kind: 'name', name: responder.name },
    producedAt: NOON,
    responses,
    extensions: [],
    ...changes,
  });
  return assembleOcspResponse(data, {
    signatureAlgorithmDer: encodeSignatureAlgorithm(responder.key.algorithm),
    signature: responder.key.sign(data),
    certificatesDer: responder.certificates.map(({ der }) => der),
  });
}

/** A request about these certificates, with a nonce. */
export function sampleOcspRequest(ids: readonly CertificateId[]): Uint8Array {
  const content = encodeOcspRequestContent({
    requestorName: { kind: 'directory', name: nameOf('Asker') },
    questions: ids.map((id) => ({ id, extensions: [] })),
    extensions: [nonceExtension(new Uint8Array(32).fill(0xa5))],
  });
  return assembleOcspRequest(content);
}

/** Serials of some certificates that are asked about. */
export const SERIALS = ['01', '009a', '5a000102030405060708090a0b0c0d0e0f101112'];
export const NONCE = new Uint8Array(32).fill(0xa5);
/** An extension that nobody knows. */
export const UNKNOWN = { oid: '2.999.1', critical: true, value: new Uint8Array(0) };
