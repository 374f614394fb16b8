// A database as durable as in production with an audit log to be measured, and a plain table beside it.
import { join } from 'node:path';
import pg from 'pg';
import { openCheckpointKey } from '../../src/keys/checkpoint-key.ts';
import { createSecrets } from '../../src/keys/secrets.ts';
import { type CheckpointSigner, checkpointSigner } from '../../src/operations/checkpoint-signer.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { connectionTo, type DatabaseAddress } from '../../src/store/database-address.ts';
import { FAULTS_ALONE, openOwnDatabase } from '../own-database.ts';

/** The database, and what sequencing needs. */
export type AuditSite = AsyncDisposable & {
  readonly db: Db;
  readonly signer: CheckpointSigner;
  readonly folder: string;
  /** For a sequencer beside this thread. */
  readonly order: SequencingOrder;
  /** Appends so many entries by one statement. */
  readonly fill: (count: number) => Promise<void>;
  readonly analyze: () => Promise<void>;
};

/** What a sequencer beside this thread is told. */
export type SequencingOrder = { readonly address: DatabaseAddress; readonly folder: string };

/** The institution of every entry. */
export const BENCH_INSTITUTION = '1394';

/** Says what is wrong, and nothing else. */
const TABLES = `
  insert into institution (institution, kind, name, name_english, public_host, members_domain,
      passkey_domain, publication_base, certificate_policy, contact, created_at)
    values ('1394', 'bank', 'みほん信用金庫', 'Mihon', 'm.example', 's.m.example', 's.m.example',
      'http://ca.example', '2.999.1394.1', '{}', now());
  create table plain_entry (like audit_entry including all);
  alter table plain_entry drop column salt;
  grant insert on plain_entry to koshin_app`;

const ROWS = `
  insert into audit_entry (institution, at, event, contract, user_id, certificate, detail)
  select '1394', now(), 'logged-in', '00012345678', 'user' || i, sha256(int8send(i)),
    jsonb_build_object('proof', 'mutual-tls', 'serial', repeat('5a', 20), 'number', i)
  from generate_series(1, $1::bigint) i`;

/** Opens it in a folder of its own. */
export async function openAuditSite(): Promise<AuditSite> {
  await using opened = new AsyncDisposableStack();
  const { server, folder } = opened.use(await openOwnDatabase());
  const client = new pg.Client(connectionTo(server.address('koshin_owner')));
  await client.connect();
  opened.defer(() => client.end());
  await client.query(TABLES);
  const address = server.address('koshin_app');
  const db = openDatabase(address, { log: FAULTS_ALONE });
  opened.defer(() => db.destroy());
  const secrets = await createSecrets(join(folder, 'secret'));
  const signer = checkpointSigner(await openCheckpointKey(folder, secrets));
  const kept = opened.move();
  return {
    db,
    signer,
    folder,
    order: { address, folder },
    fill: async (count) => void (await client.query(ROWS, [count])),
    analyze: async () => void (await client.query('analyze')),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
