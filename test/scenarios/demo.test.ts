// The demo as a whole, as `npm run demo` runs it: it ends with all thirteen steps, and leaves pictures.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../../scripts/run-program.ts';
import { unlessPolicies } from '../browsers/automatic-choice.ts';
import { unlessChromium } from '../browsers/chromium.ts';
import { unlessScreen } from '../browsers/screen.ts';
import { unlessInstalled } from '../interop/programs.ts';

const skip =
  unlessChromium ||
  unlessInstalled('pk12util') ||
  unlessInstalled('openssl') ||
  unlessInstalled('convert') ||
  (unlessScreen && unlessPolicies);

test('the demo goes through the thirteen steps and photographs each', { skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-demo-test-'));
  try {
    const args = ['demo/run.ts', '--out', folder];
    const { code, output, leftProcesses } = await runProgram({
      command: process.execPath,
      args,
      timeoutSeconds: 240,
    });
    assert.match(output, /\nsteps 13\/13\n$/);
    assert.equal(code, 0, output);
    assert.equal(leftProcesses, false, 'processes left running');
    const pictures = (await readdir(folder)).filter((name) => name.endsWith('.png'));
    const steps = new Set(pictures.map((name) => name.slice(0, 2)));
    // What happens in ③ and ④ is no page, and is seen on a screen only.
    const seen = Array.from({ length: 13 }, (_, i) => String(i + 1).padStart(2, '0'));
    const unseen = unlessScreen ? ['03', '04'] : [];
    assert.deepEqual(
      seen.filter((step) => !steps.has(step)),
      unseen,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('without a folder for the pictures it says how it is called', async () => {
  const { code, output } = await runProgram({ command: process.execPath, args: ['demo/run.ts'] });
  assert.equal(code, 2);
  assert.match(output, /--out DIR/);
});
