import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

// Stands in for the command line: tells what reached it.
const PROGRAM = `
const [what] = process.argv.slice(2);
if (what === 'wait') process.on('SIGTERM', () => console.log('SIGTERM'));
if (what === 'wait') process.on('SIGINT', () => console.log('SIGINT'));
if (what === 'wait') process.on('SIGHUP', () => process.exit(9));
if (what === 'code') process.exit(7);
console.log(JSON.stringify(process.argv.slice(2)), process.version.split('.')[0]);
if (what !== 'say') setInterval(() => undefined, 1000);
`;

const WAYS = [
  { way: 'as the same process', options: [] },
  {
    way: 'as a child, where a process cannot become another',
    options: ['--import', 'data:text/javascript,process.execve=undefined'],
  },
];

let folder = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koshin-command-'));
  await cp(join(ROOT, 'scripts'), join(folder, 'scripts'), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'src/main.ts'), PROGRAM);
});

after(async () => await rm(folder, { recursive: true, force: true }));

for (const { way, options } of WAYS) {
  const start = (...args: string[]) =>
    spawn(process.execPath, [...options, join(folder, 'scripts/koshin.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  test(`${way}: arguments and output are passed on, and our Node runs it`, async () => {
    const child = start('say', 'a b', '--x=1');
    assert.deepEqual(await endOf(child), [0, null, '["say","a b","--x=1"] v26\n']);
  });

  test(`${way}: the exit code is passed on`, async () => {
    assert.deepEqual(await endOf(start('code')), [7, null, '']);
  });

  test(`${way}: each signal arrives once`, async () => {
    const child = start('wait');
    const lines = linesOf(child);
    await lines.next();
    child.kill('SIGTERM');
    assert.equal((await lines.next()).value, 'SIGTERM');
    child.kill('SIGINT');
    assert.equal((await lines.next()).value, 'SIGINT');
    child.kill('SIGHUP');
    assert.equal((await lines.next()).done, true, 'a signal arrived twice');
  });

  test(`${way}: an end by signal is passed on`, async () => {
    const child = start('hang');
    await linesOf(child).next();
    child.kill('SIGTERM');
    await once(child, 'close');
    assert.deepEqual([child.exitCode, child.signalCode], [null, 'SIGTERM']);
  });
}

async function endOf(child: ChildProcess): Promise<[number | null, string | null, string]> {
  const chunks: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  await once(child, 'close');
  return [child.exitCode, child.signalCode, chunks.join('')];
}

async function* linesOf(child: ChildProcess): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of child.stdout ?? []) {
    rest += String(chunk);
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
