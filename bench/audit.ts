// The audit log: appends by 16 clients while what they append is sequenced and signed, beside durable
// single-row inserts of the same payload; and how long a million entries take to verify.
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import type { AuditEntry } from '../src/audit/entry.ts';
import { systemClock } from '../src/clock.ts';
import { AuditSequencer } from '../src/operations/sequence-audit.ts';
import { verifyAudit } from '../src/operations/verify-audit.ts';
import { appendAudit } from '../src/store/audit-log.ts';
import { readHead } from '../src/store/audit-tree.ts';
import { type Db, inTransaction } from '../src/store/database.ts';
import { type AuditSite, BENCH_INSTITUTION, openAuditSite } from './audit/site.ts';
import { type Figure, median } from './figure.ts';

const CLIENTS = 16;
const ROUNDS = 5;
const ROUND_MS = 6_000;
const MILLION = 1_000_000;
const RATIO_BAR = 0.7;
const SECONDS_BAR = 20;

/** The benchmark. */
export async function* audit(): AsyncGenerator<Figure> {
  await using site = await openAuditSite();
  yield* appending(site);
  yield* verifying(site);
}

async function* appending(site: AuditSite): AsyncGenerator<Figure> {
  const { db, order } = site;
  const worker = new Worker(new URL('./audit/sequencing-worker.ts', import.meta.url));
  worker.postMessage(order);
  await once(worker, 'message'); // it has begun, and goes on through all rounds
  const appends: number[] = [];
  const inserts: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    inserts.push(await rateOf((entry) => insertPlain(entry, db)));
    const { size } = await readHead(db);
    appends.push(
      await rateOf(
        (entry) => inTransaction(db, (tx) => appendAudit([entry], tx)),
        // What is appended counts once it is in the tree.
        async (count) => {
          while ((await readHead(db)).size < size + count) await delay(10);
        },
      ),
    );
    const rates = `${appends.at(-1)?.toFixed(0)} appends, ${inserts.at(-1)?.toFixed(0)} inserts`;
    process.stderr.write(`round ${round} of ${ROUNDS}: ${rates} a second\n`);
  }
  await worker.terminate();
  const [append, insert] = [median(appends), median(inserts)];
  yield { name: 'audit.appends', value: append, unit: '1/s' };
  yield { name: 'audit.inserts', value: insert, unit: '1/s' };
  const bar = { atLeast: RATIO_BAR };
  yield { name: 'audit.ratio-to-insert', value: append / insert, unit: 'ratio', bar };
}

async function* verifying(site: AuditSite): AsyncGenerator<Figure> {
  const { db, signer, folder } = site;
  const { size } = await readHead(db);
  await site.fill(MILLION - size);
  const sequencer = new AuditSequencer({ db, signer, clock: systemClock, anchorFolder: folder });
  const started = performance.now();
  for (;;) {
    const step = await sequencer.anchor();
    if (step.kind === 'sequenced' && step.isCaughtUp) break;
  }
  const rate = (MILLION - size) / ((performance.now() - started) / 1000);
  yield { name: 'audit.sequenced', value: rate, unit: '1/s' };
  await site.analyze();
  const begun = performance.now();
  const report = await verifyAudit({
    db,
    key: signer.key,
    anchorFolder: folder,
    retentionDays: null,
    clock: systemClock,
    onProgress: () => {},
  });
  const seconds = (performance.now() - begun) / 1000;
  if (report.size !== MILLION || report.findings.length > 0) {
    throw new Error(`not a good log of a million: ${JSON.stringify(report).slice(0, 500)}`);
  }
  yield { name: 'audit.verify-million', value: seconds, unit: 's', bar: { below: SECONDS_BAR } };
}

/** How many a second all clients together get done, each one after the other. */
async function rateOf(
  work: (entry: AuditEntry) => Promise<void>,
  settled: (count: number) => Promise<void> = async () => {},
): Promise<number> {
  const started = performance.now();
  let count = 0;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (performance.now() - started < ROUND_MS) {
      await work(entryOf(count));
      count += 1;
    }
  });
  await Promise.all(clients);
  await settled(count);
  return (count / (performance.now() - started)) * 1000;
}

/** As long as the entry of a login. */
function entryOf(number: number): AuditEntry {
  const person = { institution: BENCH_INSTITUTION, contract: '00012345678', user: `user${number}` };
  const certificate = new Uint8Array(32).fill(number % 256);
  return {
    institution: BENCH_INSTITUTION,
    at: systemClock.now(),
    event: 'logged-in',
    person,
    certificate,
    detail: { proof: 'mutual-tls', serial: '5a'.repeat(20), isFirst: false },
  };
}

/** The same transaction, statement and indexes, without salt and tree. */
async function insertPlain(entry: AuditEntry, db: Db): Promise<void> {
  const { institution, at, event, person, certificate, detail } = entry;
  await inTransaction(db, async (tx) => {
    await sql`insert into plain_entry
      (institution, at, event, contract, user_id, certificate, inquiry, detail)
      values (${institution}, ${at}, ${event}, ${person?.contract}, ${person?.user}, ${certificate},
        null, ${JSON.stringify(detail)})`.execute(tx);
  });
}
