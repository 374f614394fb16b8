// A program: offers requests to Koshin on kept connections, each with a certificate and session of its own,
// whether they are answered or not. Started by `offered.ts`, which says how many, and is told what came back.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inParallel } from '../renew/in-parallel.ts';
import { prepareRequests } from '../renew/prepared-request.ts';
import type { Offer, Offered, Second } from './offered.ts';

type Connection = {
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
};

const TICK_MILLISECONDS = 5;
const HANDSHAKES_AT_ONCE = 2;
const LONGEST_MILLISECONDS = 30_000;
const FORM_TYPE = 'application/x-www-form-urlencoded';

process.once('message', (offer: Offer) => {
  void answerWith(offer);
});

async function answerWith(offer: Offer): Promise<void> {
  process.send?.(await run(offer), () => process.exit());
}

async function run(offer: Offer): Promise<Offered> {
  const connections = await Promise.all(
    offer.users.map(async (user) => await connectAs(user, offer)),
  );
  const seen = new Seen(offer);
  // Handshakes are no part of what is offered.
  await inParallel(connections, HANDSHAKES_AT_ONCE, async (one) => {
    while ((await ask(one, 'read', offer)).status !== 200);
  });
  seen.start();
  const load = offer.rate === 'all-that-goes' ? offerInTurn : offerAtRate;
  await load(connections, seen, offer);
  for (const { agent } of connections) agent.destroy();
  return seen.all();
}

/** Each connection asks again as soon as it is answered. */
async function offerInTurn(
  connections: readonly Connection[],
  seen: Seen,
  offer: Offer,
): Promise<void> {
  const turn = async (connection: Connection) => {
    while (seen.isOpen) await seen.note(connection);
  };
  await Promise.all(connections.slice(0, offer.atOnce).map(turn));
}

/** So many a second, however they are answered; where all connections wait, it is counted. */
async function offerAtRate(
  connections: readonly Connection[],
  seen: Seen,
  offer: Offer,
): Promise<void> {
  const idle = [...connections];
  const under: Set<Promise<void>> = new Set();
  for (let due = 0; seen.isOpen; await delay(TICK_MILLISECONDS)) {
    for (const until = seen.elapsedSeconds * Number(offer.rate); due < until; due += 1) {
      const connection = idle.shift();
      if (connection === undefined) {
        seen.unsent += 1;
        continue;
      }
      const one = seen.note(connection).then(() => {
        idle.push(connection);
        under.delete(one);
      });
      under.add(one);
    }
  }
  await Promise.all(under);
}

/** What was asked and answered, second by second. */
class Seen {
  unsent = 0;
  readonly #offer: Offer;
  readonly #seconds = new Map<number, Second>();
  #issued = 0;
  #withoutRetryAfter = 0;
  #asked = 0;
  #startedAt = 0;

  constructor(offer: Offer) {
    this.#offer = offer;
  }

  start(): void {
    this.#startedAt = performance.now();
  }

  get elapsedSeconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  get isOpen(): boolean {
    return this.elapsedSeconds < this.#offer.seconds;
  }

  /** Every second request renews, the others read. */
  async note(connection: Connection): Promise<void> {
    this.#asked += 1;
    const deed = this.#asked % 2 === 0 ? 'renew' : 'read';
    const { status, milliseconds, retryAfter } = await ask(connection, deed, this.#offer);
    const second = Math.floor(this.elapsedSeconds);
    const of = this.#seconds.get(second) ?? { second, refused: 0, failed: 0, milliseconds: [] };
    this.#seconds.set(second, of);
    if (status === 503) {
      of.refused += 1;
      if (retryAfter === undefined) this.#withoutRetryAfter += 1;
    } else if (status === 200) {
      of.milliseconds.push(Math.round(milliseconds));
      if (deed === 'renew') this.#issued += 1;
    } else of.failed += 1;
  }

  all(): Offered {
    return {
      seconds: [...this.#seconds.values()],
      issued: this.#issued,
      unsent: this.unsent,
      withoutRetryAfter: this.#withoutRetryAfter,
    };
  }
}

async function connectAs(
  user: string,
  { folders, authorityFile, localAddress }: Offer,
): Promise<Connection> {
  const read = async (folder: string, ending: string) =>
    await readFile(join(folder, `${user}.${ending}`), 'utf8');
  const lines = (await read(folders.headers, 'txt')).trim().split('\n');
  return {
    headers: Object.fromEntries(lines.map((line) => line.split(/: (.*)/s, 2) as [string, string])),
    agent: new Agent({
      keepAlive: true,
      maxSockets: 1,
      localAddress,
      ca: await readFile(authorityFile, 'utf8'),
      cert: await read(folders.certs, 'crt'),
      key: await read(folders.certs, 'key'),
    }),
  };
}

type Answered = {
  readonly status: number;
  readonly milliseconds: number;
  readonly retryAfter: string | undefined;
};

/** One request and its answer; the status 0 stands for a connection that was not taken or broke. */
async function ask(
  { agent, headers }: Connection,
  deed: 'read' | 'renew',
  { origin }: Offer,
): Promise<Answered> {
  const [prepared] = deed === 'renew' ? await prepareRequests(1, 'P-256', 'replace') : [];
  const { promise, resolve } = Promise.withResolvers<Answered>();
  const { hostname, host, port } = new URL(origin);
  const began = performance.now();
  const answered = (status: number, response?: IncomingMessage) =>
    resolve({
      status,
      milliseconds: performance.now() - began,
      retryAfter: response?.headers['retry-after'],
    });
  const sent = request({
    agent,
    host: '127.0.0.1',
    port,
    servername: hostname,
    path: deed === 'renew' ? '/renewal' : '/notices',
    method: deed === 'renew' ? 'POST' : 'GET',
    headers: { ...headers, host, ...(prepared && { 'content-type': FORM_TYPE }) },
    timeout: LONGEST_MILLISECONDS,
  });
  sent.on('response', (response) => {
    response.resume().on('end', () => answered(response.statusCode ?? 0, response));
    response.on('error', () => answered(0));
  });
  sent.on('timeout', () => sent.destroy());
  sent.on('error', () => answered(0));
  sent.end(prepared?.body);
  return await promise;
}
