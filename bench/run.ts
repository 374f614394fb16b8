// `npm run bench -- NAME`: runs one benchmark and prints each figure as one line of JSON.
// Progress goes to stderr. A bar that is not met is printed and fails nothing: machines differ.
import { parseArgs } from 'node:util';
import { type Figure, figureLine } from './figure.ts';

type Benchmark = {
  readonly says: string;
  /** Loads the module only when it is run: some bring large packages along. */
  readonly load: () => Promise<() => AsyncIterable<Figure>>;
};

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  audit: {
    says: 'audit entries appended and sequenced beside plain inserts; a million entries verified',
    load: async () => (await import('./audit.ts')).audit,
  },
  console: {
    says: 'the console of ten thousand, a hundred thousand and a million people: how soon it opens',
    load: async () => (await import('./console.ts')).glanceAtConsole,
  },
  crl: {
    says: 'a CRL of a million entries: time, memory, from the database, beside openssl',
    load: async () => (await import('./crl.ts')).crl,
  },
  import: {
    says: 'a hundred thousand users from a file, whole and by contract, beside a bare COPY of the same rows',
    load: async () => (await import('./import.ts')).importUsers,
  },
  issue: {
    says: 'certificates issued per second, beside two libraries and the bare cryptography',
    load: async () => (await import('./issue.ts')).issue,
  },
  parse: {
    says: "certificates read per second, beside Node's own reader, @peculiar/x509 and pkijs",
    load: async () => (await import('./parse.ts')).parse,
  },
  renew: {
    says: 'renewals per second over mutual TLS, beside bare handshakes and step-ca',
    load: async () => (await import('./renew.ts')).renew,
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean', default: false } },
});
process.exitCode = await main(positionals, values.list);

async function main(names: readonly string[], isListWanted: boolean): Promise<number> {
  if (isListWanted) {
    for (const [name, { says }] of Object.entries(BENCHMARKS)) console.log(`${name}: ${says}`);
    return 0;
  }
  const benchmark = BENCHMARKS[names[0] ?? ''];
  if (names.length !== 1 || benchmark === undefined) {
    console.error('usage: npm run bench -- NAME, or --list for the names');
    return 2;
  }
  const run = await benchmark.load();
  for await (const figure of run()) console.log(figureLine(figure));
  return 0;
}
