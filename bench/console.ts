// How soon the console's glance at renewals opens, and its lists, with ten thousand, a hundred thousand and
// a million people in one institution. The rows are made by statements, the questions are the product's.
import pg from 'pg';
import { addDays, tokyoDayOf } from '../src/banking/tokyo-calendar.ts';
import { systemClock } from '../src/clock.ts';
import { countEndings } from '../src/operations/count-endings.ts';
import { listEndingsOf, readEndingsGlance, readTomorrow } from '../src/operations/endings.ts';
import { type Db, openDatabase } from '../src/store/database.ts';
import { connectionTo } from '../src/store/database-address.ts';
import type { EmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { type Figure, median } from './figure.ts';
import { FAULTS_ALONE, openOwnDatabase } from './own-database.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const ROUNDS = 15;
const CODE = '1394';
const GLANCE_BAR = { below: 300 };

type Question = {
  readonly name: string;
  readonly ask: (needs: {
    readonly db: Db;
    readonly clock: typeof systemClock;
  }) => Promise<unknown>;
  readonly rounds: number;
};

const IN_TEN_DAYS = addDays(tokyoDayOf(systemClock.now()), 10);
const QUESTIONS: readonly Question[] = [
  { name: 'count', ask: countEndings, rounds: 3 },
  {
    name: 'glance',
    ask: async (needs) => await readEndingsGlance(CODE, needs),
    rounds: ROUNDS,
  },
  {
    name: 'list',
    ask: async (needs) =>
      await listEndingsOf(
        CODE,
        { span: { first: IN_TEN_DAYS, last: IN_TEN_DAYS }, standings: ['not-started'] },
        needs,
      ),
    rounds: ROUNDS,
  },
  { name: 'tomorrow', ask: async (needs) => await readTomorrow(CODE, needs), rounds: ROUNDS },
];

/** Yields milliseconds of each question at each size: the median of several times. */
export async function* glanceAtConsole(): AsyncGenerator<Figure> {
  for (const size of SIZES) yield* measure(size);
}

async function* measure(size: number): AsyncGenerator<Figure> {
  await using opened = new AsyncDisposableStack();
  const { server } = opened.use(await openOwnDatabase());
  say(`making ${size} people`);
  await fill(server, size);
  const db = openDatabase(server.address('koshin_app'), { log: FAULTS_ALONE });
  opened.defer(() => db.destroy());
  for (const { name, ask, rounds } of QUESTIONS) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      await ask({ db, clock: systemClock });
      times.push(performance.now() - started);
    }
    const bar = name === 'glance' && size === SIZES.at(-1) ? { bar: GLANCE_BAR } : {};
    yield { name: `console.${name}.${size}`, value: median(times), unit: 'ms', ...bar };
  }
}

const FILL = (size: number) => `
  insert into institution (institution, kind, name, name_english, public_host, members_domain,
      passkey_domain, publication_base, certificate_policy, contact, created_at)
    values ('1394', 'bank', 'みほん信用金庫', 'Mihon', 'm.example', 's.m.example', 's.m.example',
      'http://ca.example', '2.999.1394.1', '{}', now());
  insert into authority values ('1394', sha256('ca'), 'issuing', '', now());
  insert into contract (institution, contract, name, created_at)
    select '1394', lpad(i::text, 11, '0'), '株式会社みほん' || i, now()
    from generate_series(0, ${size} / 50) i;
  insert into person (institution, contract, user_id, name, role, mail_address, created_at)
    select '1394', lpad((i / 50)::text, 11, '0'), 'user' || i, '鈴木 太郎', 'user',
      case when i % 10 = 0 then null else 'user' || i || '@mihon.example' end, now()
    from generate_series(1, ${size}) i;
  insert into slot select institution, contract, user_id, 1 from person;
  insert into certificate (institution, issuer, serial, sha256, spki_sha256, key_identity, der, contract,
      user_id, slot, common_name, home, state, not_before, not_after, issued_at, proved_at, acquired_as)
    select '1394', sha256('ca'), '\\x5a'::bytea || substr(sha256(int8send(i)), 1, 19), sha256(int8send(i)),
      sha256(int8send(-i)), sha256(int8send(-i)), decode(repeat('30', 800), 'hex'),
      lpad((i / 50)::text, 11, '0'), 'user' || i, 1, '00000000000 user 1394 2027-12', 'file', 'current',
      now() - interval '1 year', now() + (i % 365) * interval '1 day', now() - interval '1 year', now(),
      'first'
    from generate_series(1, ${size}) i`;

async function fill(server: EmbeddedPostgres, size: number): Promise<void> {
  const client = new pg.Client(connectionTo(server.address('koshin_owner')));
  await client.connect();
  try {
    await client.query(FILL(size));
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
