// The sender as whoever kills it sees it: started, asked for a round, killed at a moment that was chosen before, and
// started again until the round is done.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PostOffice } from './post-office.ts';
import type { SenderAsked, SenderPlace, SenderSaid } from './sender.ts';

const PROGRAM = fileURLToPath(import.meta.resolve('./sender.ts'));

/**
 * When it is killed: as reminders, or the mails of renewals, have just been queued; while the server has been named a
 * recipient; when it has taken a mail and not yet said so; when it has just said so.
 */
export const KILLS = ['reminded', 'told', 'recipient', 'taken', 'answered'] as const;
export type Kill = (typeof KILLS)[number];

/** Called when the sender is dead, before it is started again. */
export type AfterKill = (kill: Kill) => void;

/** The sender; one at a time. */
export class SenderProcess implements AsyncDisposable {
  /** Errors that it logged: message and fields. */
  readonly errors: { readonly error: string; readonly fields: string }[] = [];
  readonly #place: SenderPlace;
  readonly #afterKill: AfterKill;
  #child: ChildProcess | undefined;
  #armed: { readonly kill: Kill; left: number } | undefined;
  #struck: Kill | undefined;
  #isAtWork = false;

  constructor(place: SenderPlace, office: PostOffice, afterKill: AfterKill) {
    this.#place = place;
    this.#afterKill = afterKill;
    office.watcher = {
      onRecipient: () => this.#happens('recipient'),
      onTaken: () => {
        this.#happens('taken');
        // The answer is written in this turn.
        setImmediate(() => this.#happens('answered'));
      },
    };
  }

  /** Has it killed when this has happened so many times from now on. */
  arm(kill: Kill, times: number): void {
    this.#armed ??= { kill, left: times };
  }

  /** Goes through everything once at this time, however often it is killed meanwhile. */
  async round(now: Date): Promise<void> {
    for (;;) {
      const child = this.#child ?? (await this.#start());
      this.#isAtWork = true;
      ask(child, { now: now.toISOString() });
      await this.#until(child, 'sent');
      this.#isAtWork = false;
      const struck = this.#struck;
      if (struck === undefined) return;
      this.#struck = undefined;
      this.#child = undefined;
      this.#afterKill(struck);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    if (child.connected) child.disconnect();
    await ended;
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(PROGRAM, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.on('message', (said: SenderSaid) => {
      if ('error' in said) this.errors.push(said);
      else if (said.stage === 'reminded' || said.stage === 'told') this.#happens(said.stage);
    });
    this.#child = child;
    ask(child, { place: this.#place });
    await this.#until(child, 'ready');
    return child;
  }

  /** Until it says so, or it was killed; throws where it ended otherwise. */
  async #until(child: ChildProcess, stage: 'ready' | 'sent'): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onMessage = (said: SenderSaid) => {
      if ('stage' in said && said.stage === stage && this.#struck === undefined) resolve();
    };
    const onExit = (code: number | null, signal: string | null) => {
      if (this.#struck !== undefined && signal === 'SIGKILL') resolve();
      else reject(new Error(`the sender ended by itself: ${code ?? signal}`));
    };
    child.on('message', onMessage).once('exit', onExit);
    try {
      await promise;
    } finally {
      child.off('message', onMessage).off('exit', onExit);
    }
  }

  #happens(what: Kill): void {
    const armed = this.#armed;
    const child = this.#child;
    if (armed?.kill !== what || child === undefined || !this.#isAtWork) return;
    if (this.#struck !== undefined) return;
    armed.left -= 1;
    if (armed.left > 0) return;
    // What the server sees of a killed one still in flight belongs to no other.
    this.#armed = undefined;
    this.#struck = what;
    child.kill('SIGKILL');
  }
}

function ask(child: ChildProcess, asked: SenderAsked): void {
  child.send(asked);
}
