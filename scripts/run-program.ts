// Runs one program to its end and keeps what it wrote. Not a shell: arguments are passed as they are.
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** How a program ended, with everything it wrote on both streams in the order of arrival. */
export type Ending = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly seconds: number;
  readonly timedOut: boolean;
  readonly leftProcesses: boolean;
};

type Order = {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder?: string;
  readonly timeoutSeconds?: number;
};

const running = new Set<number>();

/** Runs a program in a process group of its own, and ends what it leaves behind. */
export async function runProgram(order: Order): Promise<Ending> {
  const started = performance.now();
  // A test file run below a test runner would report to that one instead of to us.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(order.command, order.args, {
    cwd: order.folder ?? ROOT,
    env: { ...env, PATH: `${ROOT}node_modules/.bin${delimiter}${env['PATH']}` },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const pid = child.pid;
  if (pid !== undefined) running.add(pid);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  let timedOut = false;
  const timer = setTimeout(
    () => {
      timedOut = true;
      endGroup(pid);
    },
    (order.timeoutSeconds ?? 600) * 1000,
  );

  let leftProcesses = false;
  child.on('exit', () => {
    leftProcesses = endGroup(pid);
  });
  const { promise, resolve, reject } =
    Promise.withResolvers<[number | null, NodeJS.Signals | null]>();
  child.on('error', reject);
  child.on('close', (code, signal) => resolve([code, signal]));
  try {
    const [code, signal] = await promise;
    const seconds = (performance.now() - started) / 1000;
    const output = Buffer.concat(chunks).toString();
    return { code, signal, output, seconds, timedOut, leftProcesses };
  } finally {
    clearTimeout(timer);
    if (pid !== undefined) running.delete(pid);
  }
}

/** Makes Ctrl-C and SIGTERM end every running program before this process ends. */
export function endProgramsOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      for (const pid of running) endGroup(pid);
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
}

function endGroup(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is empty: nothing was left.
    return false;
  }
}

/** Runs `work` on each item, at most `jobs` at a time, in order of the list. */
export async function eachOf<T>(
  items: readonly T[],
  jobs: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
