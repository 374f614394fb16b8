// The frame that certificates, requests and CRLs share: content, algorithm, signature (RFC 5280 §4.1.1).
// Not here: whether the signature is good, see signature.ts.
import { DerReader } from '../asn1/der-reader.ts';
import { sizeWithHeader, writeHeader } from '../asn1/der-writer.ts';
import { holdsOctets, newOctets } from '../asn1/octets.ts';
import { BIT_STRING, SEQUENCE } from '../asn1/tag.ts';

/** An AlgorithmIdentifier: its dotted algorithm and its DER, parameters included. */
export type AlgorithmIdentifier = { readonly oid: string; readonly der: Uint8Array };

/** A signature's algorithm and octets. */
export type Seal = {
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
};

/** A signed object: `der` is the whole, `tbsDer` what the signature covers. */
export type Signed = Seal & { readonly der: Uint8Array; readonly tbsDer: Uint8Array };

/** Reads an AlgorithmIdentifier without judging its parameters. */
export function readAlgorithmIdentifier(r: DerReader): AlgorithmIdentifier {
  const start = r.position;
  const outer = r.enter(SEQUENCE);
  const oid = r.objectIdentifier();
  if (!r.atEnd()) r.skip();
  r.leave(outer);
  return { oid, der: r.since(start) };
}

/** Reads what follows the signed part: algorithm and signature. */
export function readSeal(r: DerReader): Seal {
  const signatureAlgorithm = readAlgorithmIdentifier(r);
  return { signatureAlgorithm, signature: r.bitStringOctets() };
}

/** Takes a signed object that is all of `der` apart, without looking into its content. */
export function splitSigned(der: Uint8Array, what: string): Signed {
  const r = new DerReader(der, what, der.length);
  const outer = r.enter(SEQUENCE);
  const start = r.position;
  r.position = r.header(SEQUENCE);
  const tbsDer = r.since(start);
  const { signatureAlgorithm, signature } = readSeal(r);
  r.leave(outer);
  r.finish();
  return { der, tbsDer, signatureAlgorithm, signature };
}

/** Whether `der` is these parts put together and nothing else: read anew, compared to the octet. */
export function isAssembledOf(der: Uint8Array, parts: SignedParts): boolean {
  const r = new DerReader(der, 'signed object');
  const outer = r.enter(SEQUENCE);
  const isWhole =
    isNext(r, SEQUENCE, parts.tbsDer) && isNext(r, SEQUENCE, parts.signatureAlgorithmDer);
  const end = r.header(BIT_STRING);
  // X.690 §8.6.2: the first octet says how many bits are unused.
  const isSignature =
    r.octet(r.position) === 0 && holdsOctets(der, r.position + 1, end, parts.signature);
  r.position = end;
  r.leave(outer);
  r.finish();
  return isWhole && isSignature;
}

/** What a signed object is put together of. */
export type SignedParts = {
  readonly tbsDer: Uint8Array;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signature: Uint8Array;
};

/** Puts content, the DER of its signature algorithm and the signature together. */
export function assembleSigned(
  tbsDer: Uint8Array,
  signatureAlgorithmDer: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  const bits = { tag: BIT_STRING, length: 1 + signature.length };
  const length = tbsDer.length + signatureAlgorithmDer.length + sizeWithHeader(bits.length);
  const out = newOctets(sizeWithHeader(length));
  let at = writeHeader(out, 0, { tag: SEQUENCE, length });
  out.set(tbsDer, at);
  at += tbsDer.length;
  out.set(signatureAlgorithmDer, at);
  at = writeHeader(out, at + signatureAlgorithmDer.length, bits);
  // X.690 §8.6.2: no bits of the last octet are unused; that octet is zero already.
  out.set(signature, at + 1);
  return out;
}

function isNext(r: DerReader, tag: number, wanted: Uint8Array): boolean {
  const start = r.position;
  r.position = r.header(tag);
  return holdsOctets(r.bytes, start, r.position, wanted);
}
