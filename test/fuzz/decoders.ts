// Every decoder of the formats, and what is done with a value once it was read.
// A decoder that is not in this table is not fuzzed: add it here when one is written.
import { DerReader } from '../../src/asn1/der-reader.ts';
import { readCertificatesOnly } from '../../src/cms/certificates-only.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { parseCertificateList } from '../../src/x509/certificate-list.ts';
import { parseCertificationRequest } from '../../src/x509/certification-request.ts';
import { isSameName } from '../../src/x509/match-names.ts';
import { parseName, showName } from '../../src/x509/name.ts';
import { parseOcspRequest } from '../../src/x509/ocsp/ocsp-request.ts';
import { parseOcspResponse } from '../../src/x509/ocsp/ocsp-response.ts';
import { checkNames } from '../../src/x509/path/check-names.ts';
import { decodePemAll } from '../../src/x509/pem.ts';
import { parsePublicKey } from '../../src/x509/public-key.ts';
import { signatureQuestion } from '../../src/x509/signature.ts';
import { signatureAlgorithmOf } from '../../src/x509/signature-algorithm.ts';
import { readAlgorithmIdentifier } from '../../src/x509/signed.ts';
import { readContents, readFile } from './pkcs12-inputs.ts';

/** Reads octets as one kind of object and uses all of it; one that must wait returns a promise. */
export type Decoder = (bytes: Uint8Array) => unknown;

/** The decoders by the kind of object that they read. */
export const DECODERS = {
  certificate: (bytes) => {
    const certificate = parseCertificate(bytes, 'any');
    const { subject, issuer, extensions, subjectPublicKeyInfo } = certificate;
    isSameName(subject, issuer);
    showName(subject);
    if (extensions.nameConstraints) checkNames(certificate, [extensions.nameConstraints]);
    signatureQuestion({ signed: certificate, key: subjectPublicKeyInfo, what: 'certificate' });
  },
  'certification request': (bytes) => {
    const request = parseCertificationRequest(bytes);
    showName(request.subject);
    signatureAlgorithmOf(request.signatureAlgorithm);
  },
  CRL: (bytes) => {
    const list = parseCertificateList(bytes);
    for (const { serialNumber } of list.entries) {
      list.entries.find(serialNumber);
      break;
    }
    let count = 0;
    for (const _ of list.entries) count += 1;
    if (count !== list.entries.count) throw new Error('entries are not as many as were counted');
  },
  'OCSP request': parseOcspRequest,
  'OCSP response': parseOcspResponse,
  name: (bytes) => {
    const name = parseName(bytes);
    // Other octets in front, so that the texts are compared and not the octets.
    isSameName(name, { ...parseName(bytes.slice()), der: bytes.subarray(1) });
    showName(name);
  },
  'public key': parsePublicKey,
  'signature algorithm': (bytes) => {
    const r = new DerReader(bytes, 'signature algorithm');
    signatureAlgorithmOf(readAlgorithmIdentifier(r));
  },
  element: (bytes) => {
    const r = new DerReader(bytes, 'element');
    while (!r.atEnd()) r.skip();
  },
  PEM: (bytes) => {
    const text = new TextDecoder('latin1').decode(bytes);
    for (const label of ['CERTIFICATE', 'CERTIFICATE REQUEST'] as const) decodePemAll(text, label);
  },
  'certificates only': readCertificatesOnly,
  'PKCS#12 file': readFile,
  'PKCS#12 contents': readContents,
} satisfies Record<string, Decoder>;

/** The kinds of object. */
export type DecoderName = keyof typeof DECODERS;

/** Of 20, where a decoder takes longer than others: five or a hundred times as long. */
export const SHARES: Readonly<Partial<Record<DecoderName, number>>> = {
  'certificates only': 5,
  'PKCS#12 file': 1,
  'PKCS#12 contents': 1,
};
