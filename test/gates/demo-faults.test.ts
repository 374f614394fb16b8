// The planted faults of the demo: each still fits the source, every step has one, and one is run.
// `npm run demo:faults` runs them all.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { FAULTS } from '../../demo/faults.ts';
import { planted, runWithFault } from '../../demo/plant-fault.ts';
import { STEPS } from '../../demo/steps.ts';
import { ROOT } from '../../scripts/run-program.ts';
import { unlessChromium } from '../browsers/chromium.ts';
import { unlessScreen } from '../browsers/screen.ts';
import { unlessInstalled } from '../interop/programs.ts';

const skip = unlessChromium || unlessScreen || unlessInstalled('pk12util');

for (const fault of FAULTS) {
  test(`the fault can be planted: ${fault.name}`, async () => {
    const text = await readFile(join(ROOT, fault.file), 'utf8');
    const changed = planted(fault, text);
    assert.notEqual(changed, text);
    assert.ok(changed.includes(fault.wrong));
  });
}

test('every step has a fault', () => {
  const steps = STEPS.map(({ mark }) => mark).filter((mark) => mark !== '');
  assert.deepEqual([...new Set(FAULTS.map(({ step }) => step))], steps);
});

test('a text that is not there once cannot be changed', () => {
  const fault = { name: 'any', step: '①', file: 'any.ts', right: 'a', wrong: 'b' };
  assert.throws(() => planted(fault, 'x'), /found 0 times in any.ts/);
  assert.throws(() => planted(fault, 'aa'), /found 2 times/);
});

test('a dialog on 更新 makes the demo fail at ⑧', { skip }, async () => {
  const [fault] = FAULTS.filter(({ step }) => step === '⑧');
  assert.ok(fault);
  const { isFound, said } = await runWithFault(fault);
  assert.ok(isFound, said);
  assert.match(said, /confirm: このWebサイトは/);
});
