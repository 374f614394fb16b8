// How long the product takes for a CRL of a million rows of its own database: read by a cursor,
// encoded, signed, verified. The rows are made by one statement and are of one person.
import pg from 'pg';
import { makeRevocationList } from '../src/operations/make-revocation-list.ts';
import { openDatabase } from '../src/store/database.ts';
import { connectionTo } from '../src/store/database-address.ts';
import type { EmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { parseCertificateList } from '../src/x509/certificate-list.ts';
import { EDITION } from './crl-list.ts';
import { median } from './figure.ts';
import { makeAuthority } from './issue-jobs.ts';
import { FAULTS_ALONE, openOwnDatabase } from './own-database.ts';

const ROUNDS = 3;
const CODE = '1394';

/** Seconds, the median of three. */
export async function secondsFromDatabase(
  count: number,
  tell: (line: string) => void,
): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const { server } = opened.use(await openOwnDatabase());
  const { authority } = await makeAuthority();
  await fill(server, authority.key.issuer, count);
  const db = openDatabase(server.address('koshin_app'), { log: FAULTS_ALONE });
  opened.defer(() => db.destroy());
  const order = { ...EDITION, validAt: EDITION.thisUpdate };
  const times: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const started = performance.now();
    const der = await makeRevocationList(order, { code: CODE, authority }, db);
    const seconds = (performance.now() - started) / 1000;
    tell(`round ${round} of ${ROUNDS}: from the database in ${seconds.toFixed(2)} s`);
    if (parseCertificateList(der).entries.count !== count) throw new Error('entries are missing');
    times.push(seconds);
  }
  return median(times);
}

/** Parents first; what is not read for a CRL is as short as the constraints allow. */
const PARENTS = `
  insert into institution (institution, kind, name, name_english, public_host, members_domain,
      passkey_domain, publication_base, certificate_policy, contact, created_at)
    values ('1394', 'bank', 'みほん信用金庫', 'Mihon', 'm.example', 's.m.example', 's.m.example',
      'http://ca.example', '2.999.1394.1', '{}', now());
  insert into contract values ('1394', '00012345678', '見本商事', now());
  insert into person (institution, contract, user_id, name, role, created_at)
    values ('1394', '00012345678', 'suzuki01', '鈴木 太郎', 'user', now());
  insert into slot values ('1394', '00012345678', 'suzuki01', 1)`;

const ROWS = `
  insert into certificate (institution, issuer, serial, sha256, spki_sha256, key_identity, der,
    contract, user_id, slot, common_name, home, state, not_before, not_after, issued_at, proved_at, ended_at,
    acquired_as)
  select '1394', $1, '\\x5a'::bytea || substr(sha256(int8send(i)), 1, 19), sha256(int8send(i)),
    sha256(int8send(-i)), sha256(int8send(-i)), '', '00012345678', 'suzuki01', 1, 'suzuki01', 'file',
    (case i % 2 when 0 then 'superseded' else 'revoked' end)::certificate_state,
    '2026-01-01', '2027-12-31', '2026-01-01', '2026-01-02', '2026-06-01'::timestamptz + i * interval '1 s',
    'first'
  from generate_series(1, $2::bigint) i`;

async function fill(server: EmbeddedPostgres, issuer: Uint8Array, count: number): Promise<void> {
  const client = new pg.Client(connectionTo(server.address('koshin_owner')));
  await client.connect();
  try {
    await client.query(PARENTS);
    await client.query(`insert into authority values ('1394', $1, 'issuing', '', now())`, [issuer]);
    await client.query(ROWS, [issuer, count]);
    await client.query('analyze certificate');
  } finally {
    await client.end();
  }
}
