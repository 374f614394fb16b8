// How the columns of an audit entry become the values that are hashed. Exact: what the driver would round
// (microseconds, long numbers) is asked for as text.
import { type RawBuilder, sql } from 'kysely';
import type { KeptEntry } from '../audit/leaf-text.ts';

/** The columns of `audit_entry e` as a `KeptEntry`. */
export const KEPT_ENTRY: RawBuilder<KeptEntry> = sql`
  e.institution, e.entry::text as entry, e.salt::text as salt,
  (extract(epoch from e.at) * 1000000)::bigint::text as at, e.event, e.contract,
  e.user_id as "user", encode(e.certificate, 'hex') as certificate, e.inquiry,
  e.detail::text as detail`;
