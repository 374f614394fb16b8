// Writing a CRL: entries are written once as they come, the rest is laid around them.
// Not here: what belongs on it, nor the key that signs it.
import {
  constructed,
  encodeDer,
  integer,
  raw,
  sizeWithHeader,
  writeHeader,
} from '../asn1/der-writer.ts';
import { contextConstructed, INTEGER, SEQUENCE } from '../asn1/tag.ts';
import { time, timeSize, writeTime } from '../asn1/time.ts';
import { checkIssuer, checkSerialNumber } from './certificate.ts';
import { type Extension, extensionList } from './extension.ts';
import { assembleSigned } from './signed.ts';

/** What a CRL is made of beside its entries; name and algorithm are DER and copied. */
export type CertificateListFields = {
  readonly signatureAlgorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly extensions: readonly Extension[];
};

const FIRST_CHUNK = 4096;
const LARGEST_CHUNK = 4_194_304;

/** Takes the entries of a CRL one after the other; a million need about 50 MiB. */
export class RevokedEntriesWriter {
  /** Entries written. */
  count = 0;
  /** Octets of all entries. */
  length = 0;
  readonly #full: Uint8Array[] = [];
  #chunk = new Uint8Array(FIRST_CHUNK);
  #at = 0;

  /** Writes an entry; `extensionsDer` as `encodeEntryExtensions` makes it, for most the same. */
  add(serialNumber: Uint8Array, revokedAtMs: number, extensionsDer?: Uint8Array): void {
    const serialOctets = checkSerialNumber(serialNumber).length;
    const extensionOctets = extensionsDer?.length ?? 0;
    const length = 2 + serialOctets + timeSize(revokedAtMs) + extensionOctets;
    const size = sizeWithHeader(length);
    if (this.#at + size > this.#chunk.length) this.#begin(size);
    const out = this.#chunk;
    let at = writeHeader(out, this.#at, { tag: SEQUENCE, length });
    out[at] = INTEGER;
    out[at + 1] = serialOctets;
    at += 2;
    for (let i = 0; i < serialOctets; i++) out[at + i] = serialNumber[i] ?? 0;
    at = writeTime(out, at + serialOctets, revokedAtMs);
    if (extensionsDer !== undefined) out.set(extensionsDer, at);
    this.#at = at + extensionOctets;
    this.length += size;
    this.count += 1;
  }

  /** Copies the entries to an offset; the result is the offset after them. */
  copyTo(out: Uint8Array, start: number): number {
    let at = start;
    for (const chunk of [...this.#full, this.#chunk.subarray(0, this.#at)]) {
      out.set(chunk, at);
      at += chunk.length;
    }
    return at;
  }

  #begin(size: number): void {
    this.#full.push(this.#chunk.subarray(0, this.#at));
    const next = Math.min(this.#chunk.length * 2, LARGEST_CHUNK);
    this.#chunk = new Uint8Array(Math.max(next, size));
    this.#at = 0;
  }
}

/** A CRL that waits for its signature: what is to be signed, and how the whole is made of it. */
export type UnsignedCertificateList = {
  readonly tbsDer: Uint8Array;
  /** Puts the signature on; with one of under a kilobyte nothing is copied. */
  readonly seal: (signature: Uint8Array) => Uint8Array;
};

const ROOM_BEFORE = 6;
const ROOM_FOR_SIGNATURE = 1024;
const EXTENSIONS = contextConstructed(0);

/** Lays out a version 2 CRL in one array with room for the signature. */
export function layOutCertificateList(
  fields: CertificateListFields,
  entries: RevokedEntriesWriter,
): UnsignedCertificateList {
  checkIssuer(fields.issuerDer);
  const before = [
    integer(1),
    raw(fields.signatureAlgorithmDer),
    raw(fields.issuerDer),
    time(fields.thisUpdate),
    time(fields.nextUpdate),
  ].map(encodeDer);
  const list = extensionList(fields.extensions);
  const after = list === undefined ? NOTHING : encodeDer(constructed(EXTENSIONS, [list]));
  const length =
    sum(before) + (entries.count === 0 ? 0 : sizeWithHeader(entries.length)) + after.length;
  const tbsSize = sizeWithHeader(length);
  const { signatureAlgorithmDer } = fields;
  const room = ROOM_BEFORE + tbsSize + signatureAlgorithmDer.length + ROOM_FOR_SIGNATURE;
  const out = new Uint8Array(room);
  let at = writeHeader(out, ROOM_BEFORE, { tag: SEQUENCE, length });
  for (const part of before) at = put(out, at, part);
  // RFC 5280 §5.1.2.6: without revoked certificates the list is absent.
  if (entries.count > 0) {
    at = entries.copyTo(out, writeHeader(out, at, { tag: SEQUENCE, length: entries.length }));
  }
  const tbsEnd = put(out, at, after);
  return {
    tbsDer: out.subarray(ROOM_BEFORE, tbsEnd),
    seal: (signature) => seal({ out, tbsEnd, signatureAlgorithmDer }, signature),
  };
}

const NOTHING = new Uint8Array(0);

type Layout = {
  readonly out: Uint8Array;
  readonly tbsEnd: number;
  readonly signatureAlgorithmDer: Uint8Array;
};

function seal(layout: Layout, signature: Uint8Array): Uint8Array {
  const { out, tbsEnd, signatureAlgorithmDer } = layout;
  const tbsDer = out.subarray(ROOM_BEFORE, tbsEnd);
  // The frame without its content is small, whatever the size of the list.
  const frame = assembleSigned(NOTHING, signatureAlgorithmDer, signature);
  const trailer = frame.subarray(headerSize(frame));
  const length = tbsDer.length + trailer.length;
  const headerOctets = sizeWithHeader(length) - length;
  if (tbsEnd + trailer.length > out.length) {
    return assembleSigned(tbsDer, signatureAlgorithmDer, signature);
  }
  out.set(trailer, tbsEnd);
  const start = ROOM_BEFORE - headerOctets;
  writeHeader(out, start, { tag: SEQUENCE, length });
  return out.subarray(start, tbsEnd + trailer.length);
}

function headerSize(der: Uint8Array): number {
  const first = der[1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

function put(out: Uint8Array, at: number, octets: Uint8Array): number {
  out.set(octets, at);
  return at + octets.length;
}

function sum(parts: readonly Uint8Array[]): number {
  return parts.reduce((total, part) => total + part.length, 0);
}
