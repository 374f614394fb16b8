import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runFuzz } from '../test/fuzz/run-fuzz.ts';

test('five seconds of hostile inputs are each read or refused, soon, and forgotten', () => {
  const report = runFuzz(5, 20_260_601);
  assert.deepEqual(report.findings, []);
  assert.ok(report.inputs > 10_000, `${report.inputs} inputs`);
  assert.ok(report.read > 0 && report.refused > 0);
  assert.ok(report.heapGrowth < 16 * 1024 * 1024, `heap grew by ${report.heapGrowth}`);
});
