// A CRL of a million entries: made in memory, made from the database, read back and asked, beside
// `openssl ca -gencrl` on as many; and the cost of an entry in small and large lists.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { secondsFromDatabase } from './crl-from-database.ts';
import type { MeasuredList } from './crl-list.ts';
import { secondsOfOpenssl } from './crl-of-openssl.ts';
import { type Figure, median } from './figure.ts';

const MILLION = 1_000_000;
const SIZES = { '10k': 10_000, '100k': 100_000, '1m': MILLION } as const;
const ROUNDS = 5;

/** Yields times, memory and the cost of an entry. */
export async function* crl(): AsyncGenerator<Figure> {
  const large: MeasuredList[] = [];
  for (const [name, size] of Object.entries(SIZES)) {
    const lists: MeasuredList[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const list = await measureInProcess(size);
      tell(
        `round ${round} of ${ROUNDS}: ${name} entries in ${list.encodeSignSeconds.toFixed(3)} s`,
      );
      lists.push(list);
    }
    const seconds = median(lists.map(({ encodeSignSeconds }) => encodeSignSeconds));
    yield { name: `crl.per-entry-ns.${name}`, value: (seconds / size) * 1e9, unit: 'ns' };
    if (size === MILLION) large.push(...lists);
  }
  yield* figuresOf(large);
  tell('openssl ca -gencrl on a million lines');
  const openssl = await secondsOfOpenssl(MILLION);
  const seconds = median(large.map(({ encodeSignSeconds }) => encodeSignSeconds));
  yield { name: 'crl.openssl.seconds', value: openssl, unit: 's' };
  yield { name: 'crl.ratio-to-openssl', value: openssl / seconds, unit: 'times' };
  tell('a million rows for the database');
  const fromDatabase = await secondsFromDatabase(MILLION, tell);
  yield { name: 'crl.from-database.seconds', value: fromDatabase, unit: 's', bar: { below: 10 } };
}

function* figuresOf(lists: readonly MeasuredList[]): Generator<Figure> {
  const middle = (part: keyof MeasuredList) => median(lists.map((list) => list[part]));
  const seconds = middle('encodeSignSeconds');
  yield { name: 'crl.encode-sign.seconds', value: seconds, unit: 's', bar: { below: 1 } };
  // Of the whole process, Node itself and the serials included.
  yield { name: 'crl.peak-mib', value: middle('peakMib'), unit: 'MiB', bar: { below: 300 } };
  yield { name: 'crl.size-mib', value: middle('octets') / 2 ** 20, unit: 'MiB' };
  yield { name: 'crl.read.seconds', value: middle('readSeconds'), unit: 's' };
  yield { name: 'crl.first-look-up.seconds', value: middle('firstLookUpSeconds'), unit: 's' };
  yield { name: 'crl.look-up', value: middle('lookUpMicroseconds'), unit: 'µs' };
}

const PROGRAM = fileURLToPath(new URL('crl-list.ts', import.meta.url));
const run = promisify(execFile);

async function measureInProcess(size: number): Promise<MeasuredList> {
  const { stdout } = await run(process.execPath, [PROGRAM, String(size)]);
  return JSON.parse(stdout) as MeasuredList;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
