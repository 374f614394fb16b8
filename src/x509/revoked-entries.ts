// The entries of a CRL: checked in one pass, found by serial, made into objects only when asked.
// Not here: whether the CRL is authentic and covers a certificate.
import { DerReader } from '../asn1/der-reader.ts';
import { equalOctets } from '../asn1/octets.ts';
import { INTEGER, SEQUENCE } from '../asn1/tag.ts';
import { readTimeMs } from '../asn1/time.ts';
import type { GeneralName } from './general-name.ts';
import { type RevokedEntry, readEntryExtensions, readRevokedEntry } from './revoked-entry.ts';

/** Where the entries are in the DER of their CRL, and what the pass over them found. */
export type EntrySpan = {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** Offsets of the entries that name another issuer, in order. */
  readonly issuerChanges: readonly number[];
  readonly hasUnknownCritical: boolean;
};

/** What an entry may have; version 1 knows no extensions. */
export type EntryForm = 'with-extensions' | 'without-extensions';

/** Passes over the entries up to the reader's end, refusing whatever is not sound. */
export function scanRevokedEntries(r: DerReader, form: EntryForm): EntrySpan {
  const start = r.position;
  const issuerChanges: number[] = [];
  const known: KnownExtensions[] = [];
  let count = 0;
  let hasUnknownCritical = false;
  while (!r.atEnd()) {
    const at = r.position;
    const outer = r.enter(SEQUENCE);
    r.skipInteger();
    readTimeMs(r);
    if (!r.atEnd()) {
      // RFC 5280 §5.1.2.1: with extensions, the version is 2.
      if (form === 'without-extensions') r.refuse('entry of a version 1 CRL has extensions');
      const extensions = passExtensions(r, known);
      hasUnknownCritical ||= extensions.hasUnknownCritical;
      if (extensions.hasIssuer) issuerChanges.push(at);
    }
    r.leave(outer);
    count += 1;
  }
  return { start, end: r.position, count, issuerChanges, hasUnknownCritical };
}

/** The entries of one CRL. */
export class RevokedEntries implements Iterable<RevokedEntry> {
  readonly count: number;
  readonly #bytes: Uint8Array;
  readonly #span: EntrySpan;
  #index: SerialIndex | undefined;

  constructor(bytes: Uint8Array, span: EntrySpan) {
    this.#bytes = bytes;
    this.#span = span;
    this.count = span.count;
  }

  /** Every entry, each made as it is reached. */
  *[Symbol.iterator](): Generator<RevokedEntry> {
    const r = this.#reader();
    while (!r.atEnd()) yield readRevokedEntry(r);
  }

  /** Entries with this serial (content octets) and who is named as issuer; mostly one or none. */
  find(serialNumber: Uint8Array): FoundEntry[] {
    if (this.count === 0) return [];
    this.#index ??= this.#makeIndex();
    const { starts, offsets, shift } = this.#index;
    const bucket = hashOf(serialNumber, 0, serialNumber.length) >>> shift;
    const found: FoundEntry[] = [];
    for (const offset of offsets.subarray(starts[bucket], starts[bucket + 1])) {
      const entry = this.#entryAt(offset);
      if (equalOctets(entry.serialNumber, serialNumber)) {
        found.push({ entry, certificateIssuer: this.#issuerAt(offset) });
      }
    }
    return found;
  }

  /** RFC 5280 §5.3.3: an entry without an issuer has that of the entry before it. */
  #issuerAt(offset: number): readonly GeneralName[] | undefined {
    const changes = this.#span.issuerChanges;
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((changes[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const change = changes[low - 1];
    return change === undefined ? undefined : this.#entryAt(change).extensions.certificateIssuer;
  }

  #entryAt(offset: number): RevokedEntry {
    const r = this.#reader();
    r.position = offset;
    return readRevokedEntry(r);
  }

  /** Two passes, whatever the serials are: offsets sorted into as many buckets as entries. */
  #makeIndex(): SerialIndex {
    const shift = Math.clz32(this.count);
    const starts = new Uint32Array(2 ** (32 - shift) + 1);
    const buckets = new Uint32Array(this.count);
    const places = new Uint32Array(this.count);
    const r = this.#reader();
    for (let i = 0; i < this.count; i++) {
      places[i] = r.position;
      const outer = r.enter(SEQUENCE);
      const end = r.header(INTEGER);
      const bucket = hashOf(r.bytes, r.position, end) >>> shift;
      buckets[i] = bucket;
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
      r.position = r.end;
      r.leave(outer);
    }
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    const next = starts.slice();
    const offsets = new Uint32Array(this.count);
    for (let i = 0; i < this.count; i++) {
      const bucket = buckets[i] ?? 0;
      const at = next[bucket] ?? 0;
      offsets[at] = places[i] ?? 0;
      next[bucket] = at + 1;
    }
    return { starts, offsets, shift };
  }

  #reader(): DerReader {
    const r = new DerReader(this.#bytes, 'CRL', this.#bytes.length);
    r.position = this.#span.start;
    r.end = this.#span.end;
    return r;
  }
}

/** An entry, and the issuer that was named last before or in it. */
export type FoundEntry = {
  readonly entry: RevokedEntry;
  readonly certificateIssuer: readonly GeneralName[] | undefined;
};

/** Offsets of entries by bucket: those of bucket `b` are from `starts[b]` to `starts[b + 1]`. */
type SerialIndex = {
  readonly starts: Uint32Array;
  readonly offsets: Uint32Array;
  /** The bucket is the hash shifted right by this. */
  readonly shift: number;
};

const MOST_KNOWN = 16;

type KnownExtensions = {
  readonly start: number;
  readonly end: number;
  readonly hasIssuer: boolean;
  readonly hasUnknownCritical: boolean;
};

/** Extensions repeat from entry to entry: those seen before are known by their octets. */
function passExtensions(r: DerReader, known: KnownExtensions[]): KnownExtensions {
  const start = r.position;
  for (const candidate of known) {
    if (isSameSpan(r, candidate, start)) {
      r.position = r.end;
      return candidate;
    }
  }
  const { certificateIssuer, unknownCritical } = readEntryExtensions(r);
  const extensions = {
    start,
    end: r.position,
    hasIssuer: certificateIssuer !== undefined,
    hasUnknownCritical: unknownCritical.length > 0,
  };
  if (known.length < MOST_KNOWN) known.push(extensions);
  return extensions;
}

function isSameSpan(r: DerReader, known: KnownExtensions, start: number): boolean {
  const length = known.end - known.start;
  if (r.end - start !== length) return false;
  for (let i = length - 1; i >= 0; i--) {
    if (r.bytes[known.start + i] !== r.bytes[start + i]) return false;
  }
  return true;
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x9e3779b1);
  return (hash ^ (hash >>> 15)) >>> 0;
}
