// The demo as a whole, as `npm run demo` runs it, for both homes of a key: it ends with all thirteen steps,
// leaves pictures, and counts what the docs say.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { countsIn, recordedActions } from '../../demo/recorded-actions.ts';
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

const PICTURED = Array.from({ length: 13 }, (_, i) => String(i + 1).padStart(2, '0'));

test('the demo goes through the thirteen steps and photographs each', { skip }, async () => {
  const { output, pictures } = await runDemo('file');
  // What happens in ③ and ④ is no page, and is seen on a screen only.
  const unseen = unlessScreen ? ['03', '04'] : [];
  assert.deepEqual(
    PICTURED.filter((step) => !pictures.has(step)),
    unseen,
  );
  // Without a screen nobody answers the picker, and it is not counted.
  if (!unlessScreen) assert.deepEqual(countsIn(output), await recordedActions());
});

test('so it does with the key in the device, in three actions from the notice on', {
  skip,
}, async () => {
  const { output, pictures } = await runDemo('device');
  // ⑩ is that nothing happens after ⑨.
  assert.deepEqual(
    PICTURED.filter((step) => !pictures.has(step)),
    ['10'],
  );
  assert.match(output, /^ok +⑪ .* 3 actions since the notice$/m);
});

for (const args of [[], ['--out', 'unused', '--home', 'card']]) {
  test(`called with "${args.join(' ')}" it says how it is called`, async () => {
    const asked = { command: process.execPath, args: ['demo/run.ts', ...args] };
    const { code, output } = await runProgram(asked);
    assert.equal(code, 2);
    assert.match(output, /--home file\|device\] --out DIR/);
  });
}

type Ran = { readonly output: string; readonly pictures: ReadonlySet<string> };

/** What it printed, and of which steps it left pictures; it ended well. */
async function runDemo(home: string): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-demo-test-'));
  try {
    const { code, output, leftProcesses } = await runProgram({
      command: process.execPath,
      args: ['demo/run.ts', '--home', home, '--out', folder],
      timeoutSeconds: 240,
    });
    assert.match(output, /\nsteps 13\/13\n$/);
    assert.equal(code, 0, output);
    assert.equal(leftProcesses, false, 'processes left running');
    const pictures = (await readdir(folder)).filter((name) => name.endsWith('.png'));
    return { output, pictures: new Set(pictures.map((name) => name.slice(0, 2))) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
