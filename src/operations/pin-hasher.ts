// Hashes PINs with argon2id in worker threads of its own, behind two bounded queues: one of those who show a
// certificate or a session, and one of strangers, whose hashes are computed when no other waits. Not the rules of
// attempts and locks: those are the login's.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Identity } from '../banking/identity.ts';
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

/** Who asks for a hash: someone known by a certificate or a session, or anybody. */
type Asker = 'known' | 'stranger';

type Queue = {
  /** How many hashes may be under way or waiting at once. */
  readonly limit: number;
  /** Threads that they may occupy. */
  readonly threads: number;
  readonly waiting: Waiting[];
  taken: number;
};

type Thread = {
  readonly worker: Worker;
  busy: Waiting | undefined;
  since: number | null;
  asker: Asker;
};

/** Whoever takes a place has an answer within a second: who would wait longer is refused. */
const LONGEST_WAIT_MS = 1_000;
/** The newest hash counts for a tenth of the mean. */
const NEWEST_SHARE = 0.1;
/** However many others wait, the next but so many is a stranger's. */
const STRANGERS_TURN = 8;
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
  readonly #queues: Readonly<Record<Asker, Queue>>;
  readonly #threadCount: number;
  readonly #threads: Thread[] = [];
  readonly #dummy: string;
  #nextId = 1;
  #sinceStranger = 0;
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
    /** How many of strangers, beside those. */
    readonly strangersLimit: number;
  }) {
    this.#pepper = options.pepper;
    this.#cost = options.cost;
    const { threads } = options;
    this.#threadCount = threads;
    this.#queues = {
      known: { limit: options.limit, threads, waiting: [], taken: 0 },
      // One thread is always left, where there are two: a login waits for no stranger.
      stranger: {
        limit: options.strangersLimit,
        threads: Math.max(1, threads - 1),
        waiting: [],
        taken: 0,
      },
    };
    this.#dummy = render(options.cost, randomBytes(SALT_OCTETS), randomBytes(TAG_OCTETS));
  }

  /**
   * Takes a place in the queue for a person, or refuses (`overloaded`): one who tries many times at once
   * waits before anything is asked of the database, where others would wait behind.
   */
  reserve(person: Identity): HashPlace {
    return this.#reserve('known', person);
  }

  /** The same for who shows nothing, and only says who they are. */
  reserveForStranger(person: Identity): HashPlace {
    return this.#reserve('stranger', person);
  }

  #reserve(asker: Asker, { institution, contract, user }: Identity): HashPlace {
    const person = `${asker} ${institution} ${contract} ${user}`;
    const ofPerson = this.#takenBy.get(person) ?? 0;
    if (ofPerson >= PLACES_OF_PERSON) {
      throw new Refusal('overloaded', 'too many logins of one user at once');
    }
    this.#take(asker);
    this.#takenBy.set(person, ofPerson + 1);
    let isHeld = true;
    return {
      matches: async (pin, stored) => {
        const { cost, salt, tag } = parse(stored ?? this.#dummy);
        const computed = await this.#compute(pin, { asker, salt, cost });
        return timingSafeEqual(computed, tag) && stored !== null;
      },
      hash: async (pin) => await this.#rendered(pin, asker),
      [Symbol.dispose]: () => {
        if (isHeld) this.#leave(asker, person);
        isHeld = false;
      },
    };
  }

  /** Hashes a PIN for storage, as a PHC string. */
  async hash(pin: Pin): Promise<string> {
    this.#take('known');
    try {
      return await this.#rendered(pin, 'known');
    } finally {
      this.#queues.known.taken -= 1;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const { waiting } of Object.values(this.#queues)) {
      for (const one of waiting.splice(0)) one.reject(closing());
    }
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #take(asker: Asker): void {
    if (this.#closed) throw closing();
    const queue = this.#queues[asker];
    const before = asker === 'known' ? queue.taken : this.#taken;
    const wait = (before * this.#hashMilliseconds) / queue.threads;
    if (queue.taken >= queue.limit || wait > LONGEST_WAIT_MS)
      throw new Refusal('overloaded', 'too many logins at once');
    queue.taken += 1;
  }

  get #taken(): number {
    return this.#queues.known.taken + this.#queues.stranger.taken;
  }

  #leave(asker: Asker, person: string): void {
    this.#queues[asker].taken -= 1;
    const left = (this.#takenBy.get(person) ?? 1) - 1;
    if (left > 0) this.#takenBy.set(person, left);
    else this.#takenBy.delete(person);
  }

  async #rendered(pin: Pin, asker: Asker): Promise<string> {
    const [salt, cost] = [randomBytes(SALT_OCTETS), this.#cost];
    return render(cost, salt, await this.#compute(pin, { asker, salt, cost }));
  }

  #compute(
    pin: Pin,
    of: { readonly asker: Asker; readonly salt: Uint8Array; readonly cost: PinCost },
  ): Promise<Uint8Array> {
    const { asker, salt, cost } = of;
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
      this.#queues[asker].waiting.push({ task, resolve, reject });
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
      const next = this.#next();
      if (next === undefined) return;
      const { waiting, asker } = next;
      thread.busy = waiting;
      thread.asker = asker;
      // A thread's first one waits for the thread to begin, which says nothing of the next.
      thread.since = thread.since === null ? 0 : performance.now();
      thread.worker.postMessage(waiting.task);
    }
  }

  /** Whose turn it is: a stranger's seldom while others wait, and only as long as a thread is left for who comes. */
  #next(): { readonly waiting: Waiting; readonly asker: Asker } | undefined {
    const { known, stranger } = this.#queues;
    const running = this.#threads.filter(({ busy, asker }) => busy && asker === 'stranger').length;
    const mayBeStranger = running < stranger.threads;
    const isTurn = mayBeStranger && this.#sinceStranger >= STRANGERS_TURN;
    const first = isTurn ? undefined : known.waiting.shift();
    if (first !== undefined) {
      this.#sinceStranger += 1;
      return { waiting: first, asker: 'known' };
    }
    this.#sinceStranger = 0;
    const second = mayBeStranger ? stranger.waiting.shift() : undefined;
    if (second !== undefined) return { waiting: second, asker: 'stranger' };
    const last = known.waiting.shift();
    return last && { waiting: last, asker: 'known' };
  }

  #measure({ since }: Thread): void {
    if (!since) return;
    this.#hashMilliseconds += NEWEST_SHARE * (performance.now() - since - this.#hashMilliseconds);
  }

  #startThread(): Thread {
    const worker = new Worker(new URL('./pin-hash-worker.ts', import.meta.url));
    const thread: Thread = { worker, busy: undefined, since: null, asker: 'known' };
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
