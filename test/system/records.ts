// What the database says of a customer: states of their certificates, events in the audit log.
// No test itself.
import type { Holding } from './customers.ts';
import type { TestKoshin } from './test-koshin.ts';
import type { Answer } from './visitor.ts';

/** The states of a customer's certificates, oldest first. */
export async function statesOf(
  { certificate }: Holding,
  { house }: TestKoshin,
): Promise<readonly string[]> {
  const rows = await house.db
    .selectFrom('certificate')
    .select('state')
    .where('institution', '=', certificate.identity.institution)
    .where('user_id', '=', certificate.identity.user)
    .orderBy('issued_at')
    .orderBy('ended_at')
    .execute();
  return rows.map(({ state }) => state);
}

/** The events of a customer in the audit log, in their order. */
export async function eventsOf(
  { certificate }: Holding,
  { house }: TestKoshin,
): Promise<readonly string[]> {
  const rows = await house.db
    .selectFrom('audit_entry')
    .select('event')
    .where('user_id', '=', certificate.identity.user)
    .orderBy('entry')
    .execute();
  return rows.map(({ event }) => event);
}

/** The events under the inquiry number of a page. */
export async function recordsOf(
  { inquiry = '' }: Answer,
  { house }: TestKoshin,
): Promise<readonly string[]> {
  const rows = await house.db
    .selectFrom('audit_entry')
    .select('event')
    .where('inquiry', '=', inquiry)
    .execute();
  return rows.map(({ event }) => event);
}
