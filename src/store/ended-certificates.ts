// Certificates that have ended before their time, read by a cursor: there can be a million.
// Not the suspended ones, which may come back; nothing is changed here.
import { sql } from 'kysely';
import type { EndedCertificate, FinalState } from '../ca/ended-certificates.ts';
import type { Tx } from './database.ts';

/** Whose certificates: those of an issuer that have not run out before an instant. */
export type EndedOf = {
  readonly institution: string;
  readonly issuer: Uint8Array;
  readonly validAt: Date;
};

type Row = {
  readonly serial: Uint8Array;
  readonly state: FinalState;
  readonly ended_at_ms: number;
};

const FETCH = sql<Row>`fetch 10000 from ended_certificate`;

/** Reads them in parts of some thousands; the transaction must stay open meanwhile. */
export async function* readEnded(
  { institution, issuer, validAt }: EndedOf,
  tx: Tx,
): AsyncGenerator<readonly EndedCertificate[]> {
  await sql`
    declare ended_certificate no scroll cursor for
    select serial, state, (extract(epoch from ended_at) * 1000)::bigint as ended_at_ms
    from certificate
    where institution = ${institution} and issuer = ${issuer}
      and ended_at is not null and not_after >= ${validAt}`.execute(tx);
  for (;;) {
    const { rows } = await FETCH.execute(tx);
    if (rows.length === 0) break;
    yield rows.map(({ serial, state, ended_at_ms }) => ({ serial, state, endedAtMs: ended_at_ms }));
  }
  await sql`close ended_certificate`.execute(tx);
}
