// Contracts, their people and what is recorded of them, many at once. The same rows as one by one.
import { sql } from 'kysely';
import type { AuditEntry } from '../audit/entry.ts';
import type { Identity } from '../banking/identity.ts';
import type { PlannedContract } from '../banking/import-plan.ts';
import type { Tx } from './database.ts';

/** Locks the contracts of these IDs that there are, in their order. */
export async function lockContracts(
  institution: string,
  ids: readonly string[],
  tx: Tx,
): Promise<void> {
  await tx
    .selectFrom('contract')
    .select('contract')
    .where('institution', '=', institution)
    .where((eb) => eb('contract', '=', eb.fn.any(eb.val([...ids]))))
    .orderBy('contract')
    .forNoKeyUpdate()
    .execute();
}

/** Adds the new contracts among these, and the addresses that are missing. */
export async function insertContracts(
  planned: readonly PlannedContract[],
  { institution, at }: { readonly institution: string; readonly at: Date },
  tx: Tx,
): Promise<void> {
  const added = planned.filter(({ isNew }) => isNew);
  await sql`
    insert into contract (institution, contract, name, kana, created_at)
    select ${institution}, c.*, ${at} from unnest(${added.map(({ contract }) => contract)}::text[],
      ${added.map(({ name }) => name)}::text[], ${added.map(({ kana }) => kana)}::text[]) as c`.execute(
    tx,
  );
  const addressed = planned.filter(({ address }) => address !== null);
  await sql`
    insert into contract_address (institution, contract, postal_code, address, created_at)
    select ${institution}, a.*, ${at} from unnest(${addressed.map(({ contract }) => contract)}::text[],
      ${addressed.map(({ address }) => address?.postalCode ?? null)}::text[],
      ${addressed.map(({ address }) => address?.address ?? '')}::text[]) as a`.execute(tx);
}

/** Adds the users of these contracts, each with an empty first slot and no PIN yet. */
export async function insertPeople(
  planned: readonly PlannedContract[],
  { institution, at }: { readonly institution: string; readonly at: Date },
  tx: Tx,
): Promise<void> {
  const users = planned.flatMap((one) => one.users);
  const contracts = users.map(({ contract }) => contract);
  const ids = users.map(({ user }) => user);
  await sql`
    insert into person (institution, contract, user_id, name, kana, role, mail_address, created_at)
    select ${institution}, p.*, ${at} from unnest(${contracts}::text[], ${ids}::text[],
      ${users.map(({ name }) => name)}::text[], ${users.map(({ kana }) => kana)}::text[],
      ${users.map(({ role }) => role)}::text[], ${users.map(({ mail }) => mail)}::text[]) as p`.execute(
    tx,
  );
  await sql`
    insert into slot (institution, contract, user_id, slot)
    select ${institution}, s.*, 1 from unnest(${contracts}::text[], ${ids}::text[]) as s`.execute(
    tx,
  );
}

/** Writes many entries of one institution, as `appendAudit` writes a few. */
export async function appendManyEntries(
  entries: readonly Pick<AuditEntry, 'event' | 'person' | 'contract' | 'detail'>[],
  { institution, at }: { readonly institution: string; readonly at: Date },
  tx: Tx,
): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into audit_entry (institution, at, event, contract, user_id, detail)
    select ${institution}, ${at}, e.event, e.contract, e.user_id, e.detail::jsonb
    from unnest(${entries.map(({ event }) => event)}::text[],
      ${entries.map(({ person, contract }) => person?.contract ?? contract ?? null)}::text[],
      ${entries.map(({ person }) => person?.user ?? null)}::text[],
      ${entries.map(({ detail }) => JSON.stringify(detail))}::text[])
      as e (event, contract, user_id, detail)`.execute(tx);
}

/** The administrators of these contracts who are not stopped. */
export async function administratorsOf(
  institution: string,
  ids: readonly string[],
  tx: Tx,
): Promise<readonly Identity[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('person')
    .select(['contract', 'user_id as user'])
    .where('institution', '=', institution)
    .where((eb) => eb('contract', '=', eb.fn.any(eb.val([...ids]))))
    .where('role', '=', 'administrator')
    .where('stopped_at', 'is', null)
    .execute();
  return rows.map((row) => ({ institution, ...row }));
}
