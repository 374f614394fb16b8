// What must hold of the whole record at any time, asked in SQL.
import { sql } from 'kysely';
import type { Db } from '../src/store/database.ts';

const SLOT = sql`institution, contract, user_id, slot`;

const RULES = [
  {
    rule: 'at most one current certificate in a slot',
    broken: sql<{ what: string }>`select user_id as what from certificate
      where state in ('current', 'suspended') and proved_at is not null
      group by ${SLOT} having count(*) > 1`,
  },
  {
    rule: 'at most one unproven certificate in a slot',
    broken: sql<{ what: string }>`select user_id as what from certificate
      where state = 'issued' group by ${SLOT} having count(*) > 1`,
  },
  {
    rule: 'as many entries of an issue as certificates',
    broken: sql<{ what: string }>`select c.user_id as what from certificate c
      where (select count(*) from audit_entry a where a.institution = c.institution
        and a.certificate = c.sha256 and a.event = 'certificate-issued'
        and a.contract = c.contract and a.user_id = c.user_id) <> 1`,
  },
  {
    rule: 'a superseded certificate gave way to one that was proved at that moment',
    broken: sql<{ what: string }>`select c.user_id as what from certificate c
      where c.state = 'superseded' and not exists (select from certificate s
        where s.institution = c.institution and s.contract = c.contract and s.user_id = c.user_id
          and s.slot = c.slot and s.sha256 <> c.sha256 and s.proved_at = c.ended_at)`,
  },
] as const;

/** What breaks a rule, in words. */
export async function brokenInvariants(db: Db): Promise<string[]> {
  const broken: string[] = [];
  for (const { rule, broken: question } of RULES) {
    const { rows } = await question.execute(db);
    broken.push(...rows.map(({ what }) => `${what}: not so: ${rule}`));
  }
  return broken;
}
