// An audit log for tests: a real database with one or two institutions, a sequencer with a real key, a
// folder for what is kept outside. No test itself.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { openCheckpointKey } from '../../src/keys/checkpoint-key.ts';
import { createSecrets } from '../../src/keys/secrets.ts';
import { type CheckpointSigner, checkpointSigner } from '../../src/operations/checkpoint-signer.ts';
import { AuditSequencer } from '../../src/operations/sequence-audit.ts';
import { appendAudit } from '../../src/store/audit-log.ts';
import { type Db, inTransaction } from '../../src/store/database.ts';
import { connectionTo, type DatabaseAddress } from '../../src/store/database-address.ts';
import { type SettableClock, settableClock } from './test-bank.ts';
import { openTestDatabase } from './test-database.ts';

/** An audit log, and how to fill and seal it. */
export type TestAudit = AsyncDisposable & {
  readonly db: Db;
  readonly address: DatabaseAddress;
  readonly owner: DatabaseAddress;
  readonly clock: SettableClock;
  readonly signer: CheckpointSigner;
  readonly folder: string;
  /** Another sequencer, as another program has one. */
  readonly sequencer: (anchorFolder?: string) => AuditSequencer;
  /** Appends so many entries in one transaction, a second apart by the clock. */
  readonly append: (count: number) => Promise<void>;
  /** Statements as the owner of the tables: what a dishonest administrator of the database can do. */
  readonly asOwner: (statement: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
};

type Row = Readonly<Record<string, unknown>>;

const INSTITUTION = `insert into institution (institution, kind, name, name_english, public_host,
  members_domain, passkey_domain, publication_base, certificate_policy, contact, created_at)
  values ($1, 'bank', 'みほん信用金庫', 'Mihon', $2, $3, $2, 'http://ca.example', '2.999.1394.1', '{}', now())`;
const BEGUN = '2027-01-05T03:00:00Z';
const SECOND_MS = 1000;

/** The institutions of a test audit log. */
export const AUDITED = ['1394', '1395'] as const;

/** Opens an empty log; dispose of it at the test's end (`await using`). */
export async function openTestAudit(): Promise<TestAudit> {
  await using opened = new AsyncDisposableStack();
  const { db, address, owner } = opened.use(await openTestDatabase());
  const folder = await mkdtemp(join(tmpdir(), 'koshin-audit-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const client = new pg.Client(connectionTo(owner));
  await client.connect();
  opened.defer(() => client.end());
  for (const code of AUDITED) {
    const host = `${code}.example`;
    await client.query(INSTITUTION, [code, host, `login.${host}`]);
  }
  const clock = settableClock(BEGUN);
  const secrets = await createSecrets(join(folder, 'secret'));
  const signer = checkpointSigner(await openCheckpointKey(folder, secrets));
  let appended = 0;
  const kept = opened.move();
  return {
    db,
    address,
    owner,
    clock,
    signer,
    folder,
    sequencer: (anchorFolder = folder) => new AuditSequencer({ db, signer, clock, anchorFolder }),
    append: async (count) => {
      const entries = Array.from({ length: count }, () => {
        clock.set(new Date(clock.now().getTime() + SECOND_MS));
        return testEntry(appended++, clock.now());
      });
      if (count > 0) await inTransaction(db, (tx) => appendAudit(entries, tx));
    },
    asOwner: async (statement, values = []) => {
      return (await client.query<Row>(statement, [...values])).rows;
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** The `number`th entry, which differs from every other. */
export function testEntry(number: number, at: Date): AuditEntry {
  const institution = AUDITED[number % 3 === 2 ? 1 : 0];
  return {
    institution,
    at,
    event: 'logged-in',
    person: { institution, contract: '00012345678', user: `user${number}` },
    certificate: new Uint8Array(32).fill(number % 256),
    detail: { number, 経路: 'mutual-tls', isFirst: number === 0, former: null },
  };
}
