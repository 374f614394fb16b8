// Koshin as it is really run: the program as a process of its own, started again after each kill.
// No test itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));
const CHEAP = {
  KOSHIN_PROCESSES: '1',
  KOSHIN_PIN_MEMORY_KIB: '8',
  KOSHIN_PIN_PASSES: '1',
  KOSHIN_PIN_THREADS: '1',
};

/** `koshin serve` with these settings. */
export class KoshinProcess implements AsyncDisposable {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #options: readonly string[];
  #child: ChildProcess | undefined;

  constructor(environment: Readonly<Record<string, string>>, options: readonly string[] = []) {
    this.#environment = environment;
    this.#options = options;
  }

  /** Whether it was killed or has never been started. */
  get isDown(): boolean {
    return this.#child === undefined;
  }

  /** Starts it and waits until it serves; throws what it said where it ends instead. */
  async start(): Promise<void> {
    // Its people were made on a clock set into the past.
    const args = [MAIN, 'serve', '--clock-is-right', ...this.#options];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...CHEAP, ...this.#environment },
    });
    this.#child = child;
    const said = text(child.stderr);
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes(' is open at ')) return;
    }
    throw new Error(`koshin ended while it started: ${await said}`);
  }

  /** kill -9, and nothing of it is left. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops it in order. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
