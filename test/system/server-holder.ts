// Starts and drives `hold-server.ts`, also as another account. No test itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/** The account of the operating system that a holder runs as. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

type Holding = { readonly pid: number; readonly cluster: string; readonly socketFolder: string };
type Answer = { readonly rows?: readonly Record<string, unknown>[]; readonly error?: string };

const holders = new Set<ChildProcess>();

/** A process that holds an embedded server. */
export class ServerHolder {
  readonly holding: Holding;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, holding: Holding) {
    this.#child = child;
    this.#lines = lines;
    this.holding = holding;
  }

  /** Makes every holder leave that has not, so that a failed test leaves nothing running. */
  static async leaveAll(): Promise<void> {
    for (const child of holders) child.stdin?.end();
    await Promise.all([...holders].map(ended));
  }

  /** Starts a holder and waits for its server; throws what the start was refused with. */
  static async start(dataFolder: string, account: Account): Promise<ServerHolder> {
    const { child, lines } = launch(dataFolder, account);
    const first = await readAnswer<Holding & Answer>(lines);
    if (first.error !== undefined) throw new Error(first.error);
    return new ServerHolder(child, lines, first);
  }

  /** Asks the server something; throws its error. */
  async query(
    sql: string,
    role: 'postgres' | 'koshin_owner' | 'koshin_app' = 'koshin_owner',
  ): Promise<readonly Record<string, unknown>[]> {
    this.#child.stdin?.write(`${JSON.stringify({ role, sql })}\n`);
    const answer = await readAnswer<Answer>(this.#lines);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.rows ?? [];
  }

  /** Leaves in order. */
  async leave(): Promise<void> {
    this.#child.stdin?.end();
    await ended(this.#child);
  }

  /** kill -9 of the holder, and of nothing else. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await ended(this.#child);
  }
}

/** A holder as a bare process, a group of its own, for whoever kills it while it starts. */
export function launch(
  dataFolder: string,
  account: Account,
): { child: ChildProcess; lines: AsyncIterator<string> } {
  const program = path.join(import.meta.dirname, 'hold-server.ts');
  const isOther = account.uid !== process.getuid?.();
  const child = spawn(process.execPath, [program, dataFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    cwd: '/',
    ...(isOther ? { uid: account.uid, gid: account.gid } : {}),
  });
  holders.add(child);
  child.once('exit', () => holders.delete(child));
  const lines: Interface = createInterface({ input: child.stdout });
  return { child, lines: lines[Symbol.asyncIterator]() };
}

async function readAnswer<T>(lines: AsyncIterator<string, unknown>): Promise<T> {
  const next: IteratorResult<string, unknown> = await lines.next();
  if (next.done === true) throw new Error('the holder ended without an answer');
  return JSON.parse(next.value) as T;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
