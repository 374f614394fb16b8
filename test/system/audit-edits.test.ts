// Whoever edits the audit log directly in PostgreSQL is found, and the place is named: a sample of what
// `npm run audit:edits` tries, drawn by a seed.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { EDITS, fillLog, tryEdit, verifyTestAudit } from './audit-edits.ts';
import { openTestAudit } from './test-audit.ts';

const SAMPLE = 60;
const SEED = Number(process.env['KOSHIN_EDITS_SEED'] ?? randomInt(2 ** 31));

test(`${SAMPLE} edits are found and their places named (KOSHIN_EDITS_SEED=${SEED})`, async () => {
  await using audit = await openTestAudit();
  const log = await fillLog(audit);
  const { findings, size, waiting, newestAnchor } = await verifyTestAudit(audit);
  assert.deepEqual(findings, []);
  assert.deepEqual([size, waiting, newestAnchor?.size], [595, 0, log.anchored]);
  const kinds = new Set<string>();
  for (let i = 0; i < SAMPLE; i++) {
    const { kind, reach, position, report, isPlaceNamed } = await tryEdit(SEED + i, log);
    kinds.add(kind);
    const what = `${kind}, ${reach}, position ${position}, seed ${SEED + i}`;
    assert.ok(report.findings.length > 0, `not found: ${what}`);
    assert.ok(isPlaceNamed, `${what}: ${JSON.stringify(report.findings.slice(0, 3))}`);
  }
  assert.equal(kinds.size, Object.keys(EDITS).length);
  assert.deepEqual((await verifyTestAudit(audit)).findings, []);
});
