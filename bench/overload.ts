// `npm run overload`: finds what the system can do, offers three times that, looks how soon it is itself again,
// and then keeps it at four fifths, five minutes to settle and ten that count. Prints figures with their bars; the
// database has the last word on what was issued. The whole takes about eighteen minutes:
// `-- --people 120 --soak-seconds 60` for a short look.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Figure, figureLine } from './figure.ts';
import { type Offer, type Offered, offered, type Second } from './overload/offered.ts';
import { readLiveHeap, slopeOf, watchProcesses } from './overload/watch-processes.ts';
import { type MeasuredKoshin, openKoshin } from './renew/koshin.ts';
import { makePeople, type Person, writeFolders } from './renew/people.ts';

// No address may hold more connections: more people come from more addresses.
const ADDRESSES = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
const CAPACITY_SECONDS = 15;
const CAPACITY_AT_ONCE = 8;
const OVERLOAD_SECONDS = 30;
const AFTER_SECONDS = 20;
const FAMILIAR_SECONDS = 5;
// A day of it would be 1.4 GiB of the 100 MiB and more that live: what is less is not told from chance in ten minutes.
const FLAT_MEBIBYTES_A_MINUTE = 1;
const LIVE_HEAP = new URL('overload/live-heap.ts', import.meta.url).href;

const { values } = parseArgs({
  options: {
    'soak-seconds': { type: 'string', default: '600' },
    people: { type: 'string', default: '600' },
  },
});
for await (const figure of overload(Number(values.people), Number(values['soak-seconds']))) {
  console.log(figureLine(figure));
}

type Load = Pick<Offer, 'rate' | 'seconds'>;

async function* overload(count: number, soakSeconds: number): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-live-heap-'));
  await using opened = new AsyncDisposableStack();
  opened.defer(async () => await rm(folder, { recursive: true }));
  const heapFile = join(folder, 'heaps');
  const watched = { KOSHIN_LIVE_HEAP: heapFile, NODE_OPTIONS: `--import ${LIVE_HEAP}` };
  const koshin = opened.use(await openKoshin(watched));
  say(`${koshin.settings.processes} processes serve; making people`);
  const people = await makePeople(count, koshin);
  const run = async (name: string, load: Load): Promise<Offered> =>
    await recorded(name, { people, load }, koshin);

  say('what the system can do');
  await run('warm-up', { rate: 'all-that-goes', seconds: FAMILIAR_SECONDS });
  const all = await run('capacity', { rate: 'all-that-goes', seconds: CAPACITY_SECONDS });
  const capacity = doneIn(all.seconds).length / CAPACITY_SECONDS;
  yield { name: 'overload.capacity', value: capacity, unit: '1/s' };
  const usual = await run('usual', { rate: capacity / 2, seconds: FAMILIAR_SECONDS });
  const usualP99 = quantile(doneIn(usual.seconds), 0.99);

  say('three times that');
  yield* figuresOf(await run('overload', { rate: 3 * capacity, seconds: OVERLOAD_SECONDS }));
  const after = await run('after', { rate: capacity / 2, seconds: AFTER_SECONDS });
  const recovery = secondsUntilUsual(after.seconds, usualP99);
  yield { name: 'overload.recovery', value: recovery, unit: 's', bar: { below: 10 } };

  say(`four fifths for ${soakSeconds / 2} s, so that heaps and pools have their size`);
  await run('settling', { rate: 0.8 * capacity, seconds: soakSeconds / 2 });
  // A machine that others share is not as fast all the time, and the tables are larger now.
  const now = await run('capacity-now', { rate: 'all-that-goes', seconds: CAPACITY_SECONDS });
  const capacityNow = doneIn(now.seconds).length / CAPACITY_SECONDS;
  yield { name: 'overload.soak.capacity', value: capacityNow, unit: '1/s' };
  const rate = 0.8 * Math.min(capacity, capacityNow);
  say(`four fifths for ${soakSeconds} s`);
  const soak = run('soak', { rate, seconds: soakSeconds });
  const began = Date.now();
  const { looks, result } = await watchProcesses(koshin.pid, soak);
  yield* slopes({ looks, live: await readLiveHeap(heapFile, began) }, result);
}

function* figuresOf({ seconds, withoutRetryAfter, unsent }: Offered): Generator<Figure> {
  const done = doneIn(seconds);
  const refused = seconds.reduce((sum, one) => sum + one.refused, 0);
  const failed = seconds.reduce((sum, one) => sum + one.failed, 0);
  const rate = (count: number) => count / OVERLOAD_SECONDS;
  yield { name: 'overload.done', value: rate(done.length), unit: '1/s' };
  yield { name: 'overload.refused', value: rate(refused), unit: '1/s' };
  yield { name: 'overload.failed', value: rate(failed), unit: '1/s', bar: { below: 1 } };
  yield { name: 'overload.not-offered', value: rate(unsent), unit: '1/s' };
  yield {
    name: 'overload.without-retry-after',
    value: withoutRetryAfter,
    unit: '',
    bar: { below: 1 },
  };
  yield { name: 'overload.done.p50', value: quantile(done, 0.5), unit: 'ms' };
  const p99 = quantile(done, 0.99);
  yield { name: 'overload.done.p99', value: p99, unit: 'ms', bar: { below: 1_000 } };
  yield { name: 'overload.done.slowest', value: quantile(done, 1), unit: 'ms' };
}

type Watched = {
  readonly looks: Awaited<ReturnType<typeof watchProcesses>>['looks'];
  readonly live: Awaited<ReturnType<typeof readLiveHeap>>;
};

function* slopes({ looks, live }: Watched, { seconds, unsent }: Offered): Generator<Figure> {
  // The first part fills caches and pools.
  const last = looks.at(-1)?.atSeconds ?? 0;
  const settled = looks.filter(({ atSeconds }) => atSeconds > last / 5);
  const memory = slopeOf(settled.map((look) => [look.atSeconds, look.mebibytes]));
  const files = slopeOf(settled.map((look) => [look.atSeconds, look.files]));
  const usable = seconds.filter(
    ({ second, milliseconds }) => second > last / 5 && milliseconds.length,
  );
  const medians = usable.map((one) => [one.second, quantile(one.milliseconds, 0.5)] as const);
  yield { name: 'overload.soak.memory', value: settled.at(-1)?.mebibytes ?? 0, unit: 'MiB' };
  yield { name: 'overload.soak.memory-slope', value: memory, unit: 'MiB/min' };
  const living = live.filter(([at]) => at > last / 5);
  yield { name: 'overload.soak.live-heap', value: living.at(-1)?.[1] ?? Number.NaN, unit: 'MiB' };
  const bar = { below: FLAT_MEBIBYTES_A_MINUTE };
  yield { name: 'overload.soak.live-heap-slope', value: slopeOf(living), unit: 'MiB/min', bar };
  yield { name: 'overload.soak.files', value: settled.at(-1)?.files ?? 0, unit: '' };
  yield { name: 'overload.soak.files-slope', value: files, unit: '1/min' };
  yield { name: 'overload.soak.p50', value: quantile(doneIn(seconds), 0.5), unit: 'ms' };
  yield { name: 'overload.soak.p99', value: quantile(doneIn(seconds), 0.99), unit: 'ms' };
  yield { name: 'overload.soak.p50-slope', value: slopeOf(medians), unit: 'ms/min' };
  const refused = seconds.reduce((sum, one) => sum + one.refused, 0);
  yield { name: 'overload.soak.refused', value: refused, unit: '' };
  yield { name: 'overload.soak.not-offered', value: unsent, unit: '' };
}

/** Offers a load, and holds what arrived against what the database says was issued meanwhile. */
async function recorded(
  name: string,
  { people, load }: { readonly people: readonly Person[]; readonly load: Load },
  koshin: MeasuredKoshin,
): Promise<Offered> {
  const folders = await writeFolders(name, { people, requests: [] }, koshin);
  const before = await issuedIn(koshin);
  const offers = ADDRESSES.map((localAddress, at): Offer => {
    const ofAddress = Math.ceil(people.length / ADDRESSES.length);
    const users = people.slice(at * ofAddress, (at + 1) * ofAddress);
    const { rate, seconds } = load;
    return {
      origin: koshin.origin,
      authorityFile: koshin.serverAuthorityFile,
      folders,
      users: users.map(({ certificate }) => certificate.identity.user),
      localAddress,
      rate: rate === 'all-that-goes' ? rate : rate / ADDRESSES.length,
      atOnce: CAPACITY_AT_ONCE,
      seconds,
    };
  });
  const result = await offered(offers);
  const issued = (await issuedIn(koshin)) - before;
  const broken = result.seconds.reduce((sum, one) => sum + one.failed, 0);
  // What broke off may have been done; what was refused must not have been, and what arrived must.
  if (issued < result.issued || issued > result.issued + broken) {
    throw new Error(`${result.issued} certificates arrived, ${issued} are on record`);
  }
  return result;
}

async function issuedIn({ house }: MeasuredKoshin): Promise<number> {
  const { count } = await house.db
    .selectFrom('audit_entry')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('event', '=', 'certificate-issued')
    .executeTakeFirstOrThrow();
  return Number(count);
}

function doneIn(seconds: readonly Second[]): number[] {
  return seconds.flatMap(({ milliseconds }) => milliseconds);
}

/** The first second from which nothing is refused and the slowest are as fast as usual, twice over. */
function secondsUntilUsual(seconds: readonly Second[], usualP99: number): number {
  const isUsual = ({ refused, failed, milliseconds }: Second) =>
    refused === 0 && failed === 0 && quantile(milliseconds, 0.99) <= 2 * Math.max(usualP99, 50);
  const lastUnusual = seconds.findLast((one) => !isUsual(one));
  return lastUnusual === undefined ? 0 : lastUnusual.second + 1;
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
