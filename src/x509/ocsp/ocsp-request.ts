// OCSP requests: strictly read, exactly written (RFC 6960 §4.1).
// Not here: whether a signature that one may have is good, see signature.ts.
import { DerReader } from '../../asn1/der-reader.ts';
import { bitString, constructed, encodeDer, raw, sequence } from '../../asn1/der-writer.ts';
import { contextConstructed, SEQUENCE } from '../../asn1/tag.ts';
import { type Certificate, parseCertificate } from '../certificate.ts';
import type { Extension } from '../extension.ts';
import { type GeneralName, generalName, readGeneralName } from '../general-name.ts';
import { readSeal, type Seal, type Signed } from '../signed.ts';
import { type CertificateId, readCertificateId } from './certificate-id.ts';
import { type OcspExtensions, ocspExtensions, readOcspExtensions } from './ocsp-extensions.ts';

/** One certificate asked about. */
export type OcspQuestion = { readonly id: CertificateId; readonly extensions: OcspExtensions };

/** A request as it was read. */
export type OcspRequest = {
  readonly der: Uint8Array;
  readonly requestorName: GeneralName | undefined;
  readonly questions: readonly OcspQuestion[];
  readonly extensions: OcspExtensions;
  /** The signed form and the certificates sent with it, for the few requests that are signed. */
  readonly signed: Signed | undefined;
  readonly certificates: readonly Certificate[];
};

/** What a request is made of. */
export type OcspRequestFields = {
  readonly requestorName: GeneralName | undefined;
  readonly questions: readonly {
    readonly id: CertificateId;
    readonly extensions: readonly Extension[];
  }[];
  readonly extensions: readonly Extension[];
};

const VERSION = contextConstructed(0);
const REQUESTOR_NAME = contextConstructed(1);
const REQUEST_EXTENSIONS = contextConstructed(2);
const SIGNATURE = contextConstructed(0);
const QUESTION_EXTENSIONS = contextConstructed(0);
const CERTIFICATES = contextConstructed(0);

/** Reads a request that is all of `der`. */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  const r = new DerReader(der, 'OCSP request');
  const outer = r.enter(SEQUENCE);
  const start = r.position;
  const contents = readTbs(r);
  const tbsDer = r.since(start);
  let signed: Signed | undefined;
  let certificates: readonly Certificate[] = [];
  if (r.isNext(SIGNATURE)) {
    const inTag = r.enter(SIGNATURE);
    const inSignature = r.enter(SEQUENCE);
    signed = { der, tbsDer, ...readSeal(r) };
    certificates = readCertificates(r);
    r.leave(inSignature);
    r.leave(inTag);
  }
  r.leave(outer);
  r.finish();
  return { der, ...contents, signed, certificates };
}

/** Writes the part of a request that can be signed; `assembleOcspRequest` makes the whole. */
export function encodeOcspRequestContent(fields: OcspRequestFields): Uint8Array {
  const { requestorName, questions, extensions } = fields;
  if (questions.length === 0) throw new RangeError('an OCSP request asks about a certificate');
  return encodeDer(
    sequence(
      requestorName && constructed(REQUESTOR_NAME, [generalName(requestorName, 'address')]),
      sequence(
        ...questions.map((question) =>
          sequence(raw(question.id.der), ocspExtensions(question.extensions, QUESTION_EXTENSIONS)),
        ),
      ),
      ocspExtensions(extensions, REQUEST_EXTENSIONS),
    ),
  );
}

/** Puts a request together, signed or, as nearly all are, not. */
export function assembleOcspRequest(
  contentDer: Uint8Array,
  seal?: Seal,
  certificatesDer: readonly Uint8Array[] = [],
): Uint8Array {
  const signature =
    seal &&
    sequence(
      raw(seal.signatureAlgorithm.der),
      bitString(seal.signature),
      certificatesDer.length === 0
        ? undefined
        : constructed(CERTIFICATES, [sequence(...certificatesDer.map(raw))]),
    );
  return encodeDer(sequence(raw(contentDer), signature && constructed(SIGNATURE, [signature])));
}

/** Reads `[0] EXPLICIT SEQUENCE OF Certificate`, if it is there. */
export function readCertificates(r: DerReader): readonly Certificate[] {
  if (!r.isNext(CERTIFICATES)) return [];
  const inTag = r.enter(CERTIFICATES);
  const outer = r.enter(SEQUENCE);
  const certificates: Certificate[] = [];
  while (!r.atEnd()) certificates.push(parseCertificate(r.element()));
  r.leave(outer);
  r.leave(inTag);
  return certificates;
}

type Tbs = Pick<OcspRequest, 'requestorName' | 'questions' | 'extensions'>;

function readTbs(r: DerReader): Tbs {
  const outer = r.enter(SEQUENCE);
  // RFC 6960 §4.1.1; X.690 §11.5: version 1 is the only one, the default, and not encoded.
  if (r.isNext(VERSION)) r.refuse('version is encoded');
  let requestorName: GeneralName | undefined;
  if (r.isNext(REQUESTOR_NAME)) {
    const inName = r.enter(REQUESTOR_NAME);
    requestorName = readGeneralName(r, 'address');
    r.leave(inName);
  }
  const inList = r.enter(SEQUENCE);
  const questions: OcspQuestion[] = [];
  do questions.push(readQuestion(r));
  while (!r.atEnd());
  r.leave(inList);
  const extensions = readOcspExtensions(r, REQUEST_EXTENSIONS);
  r.leave(outer);
  return { requestorName, questions, extensions };
}

function readQuestion(r: DerReader): OcspQuestion {
  const outer = r.enter(SEQUENCE);
  const id = readCertificateId(r);
  const extensions = readOcspExtensions(r, QUESTION_EXTENSIONS);
  r.leave(outer);
  return { id, extensions };
}
