// Looks into the database after a measurement: every answer that was counted has a certificate of its
// own and the audit entry of its issue; one that was replaced has the entry of that.
import { sql } from 'kysely';
import type { Db } from '../../src/store/database.ts';
import type { PreparedRequest } from './prepared-request.ts';

type Recorded = {
  readonly serials: number;
  readonly issues: number;
  readonly replaced: number;
  readonly replacements: number;
};

/** Throws unless there are exactly as many certificates, serials and entries as counted answers. */
export async function checkRecorded(
  counted: {
    readonly requests: readonly PreparedRequest[];
    readonly answers: number;
    readonly replaced: number;
  },
  db: Db,
): Promise<void> {
  const keys = counted.requests.map(({ spkiSha256 }) => spkiSha256);
  const { rows } = await sql<Recorded>`
    select count(distinct c.serial) as serials,
      count(*) filter (where a.event = 'certificate-issued') as issues,
      count(distinct c.serial) filter (where c.state = 'replaced') as replaced,
      count(*) filter (where a.event = 'certificate-replaced') as replacements
    from certificate c join audit_entry a
      on a.institution = c.institution and a.certificate = c.sha256
    where c.spki_sha256 = any(${keys})`.execute(db);
  const want: Recorded = {
    serials: counted.answers,
    issues: counted.answers,
    replaced: counted.replaced,
    replacements: counted.replaced,
  };
  const found = JSON.stringify(rows[0]);
  if (found !== JSON.stringify(want)) {
    throw new Error(`the database holds ${found}, counted were ${JSON.stringify(want)}`);
  }
}
