// Hashes PINs with argon2id in worker threads of its own, behind a bounded queue.
// Not the rules of attempts and locks: those are the login's.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Pin } from '../banking/pin.ts';
import { Refusal } from '../errors.ts';
import type { HashAnswer, HashTask } from './pin-hash-worker.ts';

/** What a hash costs: memory in KiB, passes, lanes (RFC 9106 §3.1). */
export type PinCost = { readonly memory: number; readonly passes: number; readonly lanes: number };

type Waiting = {
  readonly task: HashTask;
  readonly resolve: (tag: Uint8Array) => void;
  readonly reject: (reason: Error) => void;
};

type Thread = { readonly worker: Worker; busy: Waiting | undefined; since: number | null };

/** Whoever takes a place has an answer within a second: who would wait longer is refused. */
const LONGEST_WAIT_MS = 1_000;
/** The newest hash counts for a tenth of the mean. */
const NEWEST_SHARE = 0.1;
/** Nobody needs more: a double click is two. */
const PLACES_OF_PERSON = 4;
const SALT_OCTETS = 16;
const TAG_OCTETS = 32;
const FORM = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** A place in the queue, held before an attempt is counted; given back when disposed unused. */
export type HashPlace = Disposable & {
  /** Whether a PIN is the one hashed; an absent hash costs the same time and never matches. */
  readonly matches: (pin: Pin, stored: string | null) => Promise<boolean>;
  /** Hashes a PIN for storage, as a PHC string; it waits its turn in this same place. */
  readonly hash: (pin: Pin) => Promise<string>;
};

/** Argon2id workers; refuses (`overloaded`) when too many hashes wait. */
export class PinHasher implements AsyncDisposable {
  readonly #pepper: Uint8Array;
  readonly #cost: PinCost;
  readonly #limit: number;
  readonly #threadCount: number;
  readonly #threads: Thread[] = [];
  readonly #queue: Waiting[] = [];
  readonly #dummy: string;
  #nextId = 1;
  #taken = 0;
  /** How long a thread needs for a hash, in the mean. */
  #hashMilliseconds = 0;
  readonly #takenBy = new Map<string, number>();
  #closed = false;

  constructor(options: {
    readonly pepper: Uint8Array;
    readonly cost: PinCost;
    readonly threads: number;
    /** How many hashes may be under way or waiting at once. */
    readonly limit: number;
  }) {
    this.#pepper = options.pepper;
    this.#cost = options.cost;
    this.#limit = options.limit;
    this.#threadCount = options.threads;
    this.#dummy = render(options.cost, randomBytes(SALT_OCTETS), randomBytes(TAG_OCTETS));
  }

  /**
   * Takes a place in the queue for a person, or refuses (`overloaded`): one who tries many times at once
   * waits before anything is asked of the database, where others would wait behind.
   */
  reserve(person: string): HashPlace {
    const ofPerson = this.#takenBy.get(person) ?? 0;
    if (ofPerson >= PLACES_OF_PERSON) {
      throw new Refusal('overloaded', 'too many logins of one user at once');
    }
    this.#take();
    this.#takenBy.set(person, ofPerson + 1);
    let isHeld = true;
    return {
      matches: async (pin, stored) => {
        const { cost, salt, tag } = parse(stored ?? this.#dummy);
        const computed = await this.#compute(pin, salt, cost);
        return timingSafeEqual(computed, tag) && stored !== null;
      },
      hash: async (pin) => await this.#rendered(pin),
      [Symbol.dispose]: () => {
        if (isHeld) this.#leave(person);
        isHeld = false;
      },
    };
  }

  /** Hashes a PIN for storage, as a PHC string. */
  async hash(pin: Pin): Promise<string> {
    this.#take();
    try {
      return await this.#rendered(pin);
    } finally {
      this.#taken -= 1;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#queue.splice(0)) waiting.reject(closing());
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #take(): void {
    if (this.#closed) throw closing();
    const wait = (this.#taken * this.#hashMilliseconds) / this.#threadCount;
    if (this.#taken >= this.#limit || wait > LONGEST_WAIT_MS)
      throw new Refusal('overloaded', 'too many logins at once');
    this.#taken += 1;
  }

  #leave(person: string): void {
    this.#taken -= 1;
    const left = (this.#takenBy.get(person) ?? 1) - 1;
    if (left > 0) this.#takenBy.set(person, left);
    else this.#takenBy.delete(person);
  }

  async #rendered(pin: Pin): Promise<string> {
    const salt = randomBytes(SALT_OCTETS);
    return render(this.#cost, salt, await this.#compute(pin, salt, this.#cost));
  }

  #compute(pin: Pin, salt: Uint8Array, cost: PinCost): Promise<Uint8Array> {
    if (this.#closed) return Promise.reject(closing());
    const task: HashTask = {
      id: this.#nextId++,
      parameters: {
        message: pin,
        nonce: salt,
        secret: this.#pepper,
        memory: cost.memory,
        passes: cost.passes,
        parallelism: cost.lanes,
        tagLength: TAG_OCTETS,
      },
    };
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      this.#feed();
    });
  }

  /** Threads begin when there is work for them: a process that only watches others has none. */
  #feed(): void {
    while (this.#threads.length < Math.min(this.#threadCount, this.#taken)) {
      this.#threads.push(this.#startThread());
    }
    for (const thread of this.#threads) {
      if (thread.busy !== undefined) continue;
      const waiting = this.#queue.shift();
      if (waiting === undefined) return;
      thread.busy = waiting;
      // A thread's first one waits for the thread to begin, which says nothing of the next.
      thread.since = thread.since === null ? 0 : performance.now();
      thread.worker.postMessage(waiting.task);
    }
  }

  #measure({ since }: Thread): void {
    if (!since) return;
    this.#hashMilliseconds += NEWEST_SHARE * (performance.now() - since - this.#hashMilliseconds);
  }

  #startThread(): Thread {
    const worker = new Worker(new URL('./pin-hash-worker.ts', import.meta.url));
    const thread: Thread = { worker, busy: undefined, since: null };
    worker.unref();
    worker.on('message', (answer: HashAnswer) => {
      const done = thread.busy;
      thread.busy = undefined;
      this.#measure(thread);
      if (done?.task.id === answer.id) done.resolve(answer.tag);
      this.#feed();
    });
    worker.on('error', (cause) => {
      thread.busy?.reject(new Error('a PIN hashing thread failed', { cause }));
      thread.busy = undefined;
      const place = this.#threads.indexOf(thread);
      if (place >= 0 && !this.#closed) this.#threads[place] = this.#startThread();
      this.#feed();
    });
    worker.on('exit', () => thread.busy?.reject(closing()));
    return thread;
  }
}

function closing(): Refusal {
  return new Refusal('overloaded', 'PIN hashing is shutting down');
}

function render(cost: PinCost, salt: Uint8Array, tag: Uint8Array): string {
  const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.lanes}`;
  return `$argon2id$v=19$${parameters}$${base64(salt)}$${base64(tag)}`;
}

function parse(text: string): { cost: PinCost; salt: Uint8Array; tag: Uint8Array } {
  const [, memory, passes, lanes, salt, tag] = FORM.exec(text) ?? [];
  if (salt === undefined || tag === undefined) throw new Error('a stored PIN hash is malformed');
  return {
    cost: { memory: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function base64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64').replaceAll('=', '');
}
