// What a refused visitor sees, and what the audit log says of it. No test itself.
import assert from 'node:assert/strict';
import { REFUSALS, type RefusalKind } from '../../src/words/refusals.ts';
import type { TestKoshin } from './test-koshin.ts';
import type { Answer } from './visitor.ts';

/** Holds a page against the one for a kind of refusal. */
export function assertRefused(page: Answer, kind: RefusalKind): void {
  assert.equal(page.heading, REFUSALS[kind].title.ja);
  assert.equal(page.status, 403);
  assert.match(page.inquiry ?? '', /^[0-9A-Z]{8}$/);
  assert.equal(page.headers['cache-control'], 'no-store');
}

/** The audit entries under the inquiry number of a page. */
export async function entriesOf({ inquiry = '' }: Answer, { house }: TestKoshin) {
  return await house.db
    .selectFrom('audit_entry')
    .select(['event', 'user_id', 'detail'])
    .where('inquiry', '=', inquiry)
    .execute();
}

const INTERNALS = /\bat \S+ \(|\.ts\b|node_modules|\bError:|kysely|postgres|fastify/i;

/** Holds an answer against what nobody outside is to see: stacks, files, names of what it is built with. */
export function assertNoInternals({ body }: { readonly body: string }): void {
  const [found] = INTERNALS.exec(body) ?? [];
  assert.equal(found, undefined, 'the answer shows our insides');
}
