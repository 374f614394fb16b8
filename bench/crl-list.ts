// One CRL in memory, in a process of its own so that its memory can be told: encoded, signed, read
// back, a serial looked up. As a program it prints what was measured; `crl.ts` runs it.
import { randomFillSync } from 'node:crypto';
import { RevocationListContent } from '../src/ca/revocation-list.ts';
import { signRevocationList } from '../src/operations/make-revocation-list.ts';
import { parseCertificateList } from '../src/x509/certificate-list.ts';
import { median } from './figure.ts';
import { makeAuthority } from './issue-jobs.ts';

/** What was measured of a CRL; seconds are medians where it was made several times. */
export type MeasuredList = {
  readonly encodeSignSeconds: number;
  readonly readSeconds: number;
  readonly firstLookUpSeconds: number;
  readonly lookUpMicroseconds: number;
  readonly octets: number;
  readonly peakMib: number;
};

/** The dates of every CRL of the benchmark. */
export const EDITION = {
  number: 1n,
  thisUpdate: new Date('2026-11-20T03:00:00Z'),
  nextUpdate: new Date('2026-11-21T03:00:00Z'),
} as const;

const SERIAL_OCTETS = 20;
const LOOK_UPS = 10_000;
const ENTRIES_IN_ALL = 1_000_000;

if (import.meta.main) {
  const measured: MeasuredList = await measureList(Number(process.argv[2]));
  console.log(JSON.stringify(measured));
}

/** Smaller lists are made several times, a million entries in all. */
async function measureList(count: number): Promise<MeasuredList> {
  const { authority } = await makeAuthority();
  const serials = randomSerials(count);
  const times: number[] = [];
  let der: Uint8Array = new Uint8Array(0);
  for (let done = 0; done < ENTRIES_IN_ALL; done += count) {
    const started = performance.now();
    const content = new RevocationListContent();
    for (let i = 0; i < count; i++) {
      const state = i % 2 === 0 ? 'superseded' : 'revoked';
      content.add({ serial: serialAt(serials, i), state, endedAtMs: 1.7e12 + 1000 * i });
    }
    der = signRevocationList(content, EDITION, authority);
    times.push((performance.now() - started) / 1000);
  }
  const peakMib = process.resourceUsage().maxRSS / 1024;
  return { encodeSignSeconds: median(times), peakMib, ...readBack(der, serials, count) };
}

function readBack(der: Uint8Array, serials: Uint8Array, count: number) {
  const started = performance.now();
  const { entries } = parseCertificateList(der);
  const read = performance.now();
  if (entries.count !== count) throw new Error(`${entries.count} entries in place of ${count}`);
  // The first one asked for makes the index.
  lookUp(entries, serialAt(serials, count - 1));
  const first = performance.now();
  for (let i = 0; i < LOOK_UPS; i++) lookUp(entries, serialAt(serials, (i * 7919) % count));
  return {
    readSeconds: (read - started) / 1000,
    firstLookUpSeconds: (first - read) / 1000,
    lookUpMicroseconds: ((performance.now() - first) * 1000) / LOOK_UPS,
    octets: der.length,
  };
}

type Entries = ReturnType<typeof parseCertificateList>['entries'];

function lookUp(entries: Entries, serial: Uint8Array): void {
  if (entries.find(serial).length !== 1) throw new Error('a serial was not found');
}

function randomSerials(count: number): Uint8Array {
  const octets = randomFillSync(new Uint8Array(count * SERIAL_OCTETS));
  for (let i = 0; i < octets.length; i += SERIAL_OCTETS) octets[i] = ((octets[i] ?? 0) & 0x3f) + 1;
  return octets;
}

function serialAt(serials: Uint8Array, i: number): Uint8Array {
  return serials.subarray(i * SERIAL_OCTETS, (i + 1) * SERIAL_OCTETS);
}
