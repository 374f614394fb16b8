// The side of the first process: starts the serving processes, replaces one that dies, stops them all.
// Knows nothing of what they serve; connections reach them by node:cluster, in turn.
import cluster, { type Worker } from 'node:cluster';
import { describeError, type Log } from '../log.ts';
import { readFromServing, type ToServing } from './messages.ts';

/** So many deaths within so long a time are no accident any more. */
const DEATHS = { count: 5, withinMilliseconds: 60_000 };
/** Requests leave much behind that lives for milliseconds: twice node's room for it halves the collecting. */
const ROOM_FOR_NEW_OBJECTS = '--max-semi-space-size=32';
/** Longer than a serving process gives its open requests. */
const STOP_DEADLINE_MILLISECONDS = 20_000;

/** Processes that run this same program, each serving on the same port. */
export class ServingProcesses<Order> implements AsyncDisposable {
  readonly #log: Log;
  readonly #count: number;
  /** Each with what is fulfilled at its end. */
  readonly #workers = new Map<Worker, Promise<void>>();
  readonly #served = Promise.withResolvers<void>();
  readonly #failed = Promise.withResolvers<never>();
  readonly #deaths: number[] = [];
  #order: Order | undefined;
  #serving = 0;
  #isStopping = false;

  private constructor(count: number, log: Log) {
    this.#count = count;
    this.#log = log;
    // Whoever waits learns of it; a failure before anybody does is no unhandled one.
    this.#failed.promise.catch(() => {});
    cluster.setupPrimary({ execArgv: [...process.execArgv, ROOM_FOR_NEW_OBJECTS] });
  }

  /** Starts the processes; they load the program while the caller prepares what they are to serve. */
  static start<Order>(count: number, log: Log): ServingProcesses<Order> {
    const processes = new ServingProcesses<Order>(count, log);
    for (let i = 0; i < count; i++) processes.#fork();
    return processes;
  }

  /** Gives all of them what to serve, and waits until all do; throws what one could not serve for. */
  async serve(order: Order): Promise<void> {
    this.#order = order;
    for (const worker of this.#workers.keys()) send(worker, { kind: 'serve', order });
    await Promise.race([this.#served.promise, this.#failed.promise]);
  }

  /** Never fulfilled; rejected when processes end again and again. */
  get failure(): Promise<never> {
    return this.#failed.promise;
  }

  /** Lets open requests finish and waits for the end of every process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopping = true;
    const ended = [...this.#workers.values()];
    for (const worker of this.#workers.keys()) send(worker, { kind: 'stop' });
    const timer = setTimeout(() => {
      for (const { process: late } of this.#workers.keys()) late.kill('SIGKILL');
    }, STOP_DEADLINE_MILLISECONDS);
    await Promise.all(ended);
    clearTimeout(timer);
  }

  #fork(): void {
    const worker = cluster.fork();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#workers.set(worker, promise);
    worker.on('message', (message: unknown) => {
      const read = readFromServing(message);
      if (read?.kind === 'serving') this.#noteServing(worker);
      if (read?.kind === 'failed') this.#noteFailure(read.message);
    });
    // A message to one that has just died is lost; its end is told by `exit`.
    worker.on('error', (error) => {
      this.#log.warn({ error: describeError(error) }, 'a serving process does not listen');
    });
    worker.once('exit', (code, signal) => {
      resolve();
      this.#noteEnd(worker, { code, signal });
    });
    if (this.#order !== undefined) send(worker, { kind: 'serve', order: this.#order });
  }

  #noteServing({ process: { pid } }: Worker): void {
    this.#log.info({ process: pid }, 'a process serves');
    this.#serving += 1;
    if (this.#serving === this.#count) this.#served.resolve();
  }

  #noteFailure(message: string): void {
    if (this.#serving < this.#count) this.#failed.reject(new Error(message));
    else this.#log.error({ reason: message }, 'a serving process could not serve');
  }

  #noteEnd(worker: Worker, how: { readonly code: number; readonly signal: string }): void {
    this.#workers.delete(worker);
    if (this.#isStopping) return;
    const now = performance.now();
    this.#deaths.push(now);
    const { pid } = worker.process;
    this.#log.error({ process: pid, ...how }, 'a serving process ended; another takes its place');
    const recent = this.#deaths.filter((at) => now - at < DEATHS.withinMilliseconds);
    if (recent.length >= DEATHS.count) {
      this.#failed.reject(new Error('serving processes end again and again: see the log'));
      return;
    }
    this.#fork();
  }
}

function send<Order>(worker: Worker, message: ToServing<Order>): void {
  if (worker.isConnected()) worker.send(message);
}
