// What the audit log says of a contract, and of a request that was refused. No test itself.
import assert from 'node:assert/strict';
import { findByInquiry } from '../../src/store/audit-log.ts';
import type { TestKoshin } from './test-koshin.ts';
import type { Answer } from './visitor.ts';

/** Holds an answer against one that was refused, with the code that is on record for it. */
export async function assertRefusedWith(
  answer: Answer,
  code: string,
  koshin: TestKoshin,
): Promise<void> {
  assert.ok(answer.status >= 400, `${answer.status} ${answer.text}`);
  await assertOnRecord(answer, code, koshin);
}

/** Holds the one entry under the number that a page shows against the code of a refusal. */
export async function assertOnRecord(
  answer: Answer,
  code: string,
  { house }: TestKoshin,
): Promise<void> {
  const entries = await findByInquiry(answer.inquiry ?? '', house.db);
  assert.deepEqual(
    entries.map(({ event, detail }) => [event, detail['code']]),
    [['request-refused', code]],
    answer.text,
  );
}

/** The events of a contract with their details, in order. */
export async function entriesOfContract(contract: string, { house }: TestKoshin) {
  return await house.db
    .selectFrom('audit_entry')
    .select(['event', 'detail'])
    .where('contract', '=', contract)
    .orderBy('entry')
    .execute();
}
