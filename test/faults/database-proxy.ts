// Stands between Koshin and PostgreSQL, counts the writes that pass and strikes at one of them.
// It changes nothing that passes; what a strike breaks is the caller's choice.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Batch, isWrite, ownWork, StatementReader } from './statement-reader.ts';

/** Where in the order of writes something is broken, and what. */
export type Strike = {
  /** The write, counted from 0 since `watch`. */
  readonly at: number;
  /** Before the server gets it, or when it has answered and the answer has not gone on. */
  readonly when: 'before' | 'after';
  readonly act: () => Promise<void>;
};

const SOCKET = '.s.PGSQL.5432';
/** A Unix socket like PostgreSQL's own. */
export class DatabaseProxy implements AsyncDisposable {
  readonly folder: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #writes: string[] = [];
  #strike: Strike | undefined;
  #struck: PromiseWithResolvers<void> = Promise.withResolvers();
  #fault: Error | undefined;

  private constructor(folder: string, server: Server) {
    this.folder = folder;
    this.#server = server;
  }

  /** Opens the socket in a folder of its own; what comes in goes to the server's socket folder. */
  static async open(serverFolder: () => string): Promise<DatabaseProxy> {
    const folder = await mkdtemp(path.join(tmpdir(), 'koshin-proxy-'));
    const server = createServer();
    const proxy = new DatabaseProxy(folder, server);
    server.on('connection', (client) => proxy.#join(client, path.join(serverFolder(), SOCKET)));
    server.listen(path.join(folder, SOCKET));
    await once(server, 'listening');
    return proxy;
  }

  /** The statements of the writes since the last `watch`, in their order. */
  get writes(): readonly string[] {
    if (this.#fault !== undefined) throw this.#fault;
    return this.#writes;
  }

  /** Counts writes from 0 again, and strikes once at the one that is named. */
  watch(strike?: Strike): void {
    this.#writes = [];
    this.#strike = strike;
    this.#struck = Promise.withResolvers();
    this.#struck.promise.catch(() => {}); // told by `struck`, however late it is asked
  }

  /** Whether the strike has begun. */
  get hasStruck(): boolean {
    return this.#strike !== undefined && this.#writes.length > this.#strike.at;
  }

  /** Waits for the end of a strike that has begun; throws what went wrong in it. */
  async struck(): Promise<void> {
    await this.#struck.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  #join(client: Socket, serverSocket: string): void {
    const server = new Socket();
    const cut = () => {
      for (const socket of [client, server]) socket.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', cut); // killed at the other end, which is what this is for
      socket.on('close', () => {
        this.#sockets.delete(socket);
        cut();
      });
    }
    server.on('connect', () => this.#relay(client, server, cut));
    server.connect(serverSocket);
  }

  #relay(client: Socket, server: Socket, cut: () => void): void {
    const reader = new StatementReader();
    const isByItself = ownWork();
    const pass = (octets: Buffer) => void client.write(octets);
    server.on('data', pass);
    client.on('data', (octets: Buffer) => {
      try {
        for (const batch of reader.read(octets)) {
          const strike = this.#strikeAt(batch, isByItself(batch));
          if (strike === undefined) server.write(batch.octets);
          else {
            server.off('data', pass);
            void this.#perform(strike, async () => await answered(server, batch)).finally(cut);
          }
        }
      } catch (fault) {
        this.#fault = new Error('what passed was not understood', { cause: fault });
        cut();
      }
    });
  }

  #strikeAt({ sql }: Batch, isByItself: boolean): Strike | undefined {
    if (sql === undefined || isByItself || !isWrite(sql)) return undefined;
    this.#writes.push(sql);
    return this.#strike?.at === this.#writes.length - 1 ? this.#strike : undefined;
  }

  async #perform({ when, act }: Strike, execute: () => Promise<void>): Promise<void> {
    const { resolve, reject } = this.#struck;
    try {
      if (when === 'after') await execute();
      await act();
      resolve();
    } catch (fault) {
      reject(fault);
    }
  }
}

/** Resolves when the server has answered a batch to its end (ReadyForQuery). */
async function answered(server: Socket, { octets }: Batch): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let heard = Buffer.alloc(0);
  server.on('data', (part: Buffer) => {
    heard = Buffer.concat([heard, part]);
    // The last message, six octets long: `Z`, its length, the state of the transaction.
    if (heard.at(-6) === 0x5a && heard.readUInt32BE(heard.length - 5) === 5) resolve();
  });
  server.on('close', () => reject(new Error('the server went before it answered')));
  server.write(octets);
  await promise;
}
