// The one TLS port: reads each connection's server name and hands the socket to the server of that host.
// It decrypts nothing and answers nothing but the alert for an unknown name.
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Refusal } from '../errors.ts';
import { addressKey } from './address-key.ts';
import { readClientHello } from './client-hello.ts';

/** Why a connection was closed before any host had it. */
export type FrontRefusal =
  | 'too-busy'
  | 'too-many-connections'
  | 'too-many-from-address'
  | 'slow-greeting'
  | 'not-tls'
  | 'unknown-name';

/** Bounds on strangers; `connectionsPerAddress` counts an IPv6 /64 as one address. */
export type FrontLimits = {
  readonly connections: number;
  readonly connectionsPerAddress: number;
  readonly greetingMilliseconds: number;
};

/** A server that takes connected sockets by its `connection` event, as `node:https` servers do. */
export type SocketTaker = { readonly emit: (event: 'connection', socket: Socket) => boolean };

/** Where to listen, and who gets which socket. */
export type FrontOptions = {
  readonly port: number;
  readonly host?: string;
  readonly limits?: Partial<FrontLimits>;
  readonly takerOf: (serverName: string) => SocketTaker | undefined;
  /** Whether no handshake can be made in time: then no connection is begun. */
  readonly isLate?: () => boolean;
  readonly onRefused?: (reason: FrontRefusal, address: string) => void;
};

/** The bounds of an installation, where nothing else is said. */
export const FRONT_LIMITS: FrontLimits = {
  connections: 20_000,
  // A company behind one address: a contract's 99 users with four connections each. Whoever holds all of
  // them holds a fiftieth of the whole, and fewer than the requests that are worked on at once.
  connectionsPerAddress: 400,
  greetingMilliseconds: 10_000,
};

/** RFC 6066 §3: a fatal unrecognized_name alert (112) tells the client that the name is not served here. */
const UNRECOGNIZED_NAME = Buffer.from([21, 3, 3, 0, 2, 2, 112]);

/** The listening port; closing it stops new connections, waits for the open ones, then ends them. */
export class Front {
  readonly #server: Server;
  readonly #limits: FrontLimits;
  readonly #options: FrontOptions;
  readonly #sockets = new Set<Socket>();
  readonly #perAddress = new Map<string, number>();

  private constructor(options: FrontOptions) {
    this.#options = options;
    this.#limits = { ...FRONT_LIMITS, ...options.limits };
    this.#server = createServer({ noDelay: true, keepAlive: true }, (socket) =>
      this.#admit(socket),
    );
  }

  /** Starts listening; port 0 takes any free one. */
  static async listen(options: FrontOptions): Promise<Front> {
    const front = new Front(options);
    front.#server.listen({ port: options.port, host: options.host });
    await once(front.#server, 'listening');
    return front;
  }

  /** The port it really listens on. */
  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the front is closed');
    return address.port;
  }

  /** How many connections are open, greeting or handed over. */
  get openConnections(): number {
    return this.#sockets.size;
  }

  /** Takes no new connection, gives the open ones `graceMilliseconds` to end by themselves, then ends them. */
  async close(graceMilliseconds = 0): Promise<void> {
    const closed = [...this.#sockets].map(async (socket) => await once(socket, 'close'));
    this.#server.close();
    const timer = setTimeout(() => this.#destroyAll(), graceMilliseconds);
    await Promise.all(closed);
    clearTimeout(timer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #admit(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    const address = addressKey(socket.remoteAddress);
    const fromAddress = this.#perAddress.get(address) ?? 0;
    if (this.#options.isLate?.() === true) {
      this.#refuse(socket, 'too-busy');
    } else if (this.#sockets.size >= this.#limits.connections) {
      this.#refuse(socket, 'too-many-connections');
    } else if (fromAddress >= this.#limits.connectionsPerAddress) {
      this.#refuse(socket, 'too-many-from-address');
    } else {
      this.#count(socket, address);
      this.#awaitGreeting(socket);
    }
  }

  #count(socket: Socket, address: string): void {
    this.#sockets.add(socket);
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      const left = (this.#perAddress.get(address) ?? 1) - 1;
      if (left > 0) this.#perAddress.set(address, left);
      else this.#perAddress.delete(address);
    });
  }

  #awaitGreeting(socket: Socket): void {
    const greeting = new Greeting();
    const onReadable = () => {
      let chunk: unknown = socket.read();
      for (; chunk instanceof Buffer; chunk = socket.read()) greeting.add(chunk);
      this.#step(socket, greeting, settle);
    };
    const timer = setTimeout(() => {
      settle();
      this.#refuse(socket, 'slow-greeting');
    }, this.#limits.greetingMilliseconds);
    const onEnd = () => socket.destroy();
    const settle = () => {
      clearTimeout(timer);
      socket.off('readable', onReadable);
      socket.off('end', onEnd);
    };
    socket.once('close', settle);
    socket.on('end', onEnd);
    socket.on('readable', onReadable);
  }

  #step(socket: Socket, greeting: Greeting, settle: () => void): void {
    const outcome = greeting.read();
    if (outcome === 'unfinished') return;
    settle();
    if (outcome === 'not-tls') {
      this.#refuse(socket, 'not-tls');
      return;
    }
    const { serverName } = outcome;
    const taker = serverName === undefined ? undefined : this.#options.takerOf(serverName);
    if (taker === undefined) {
      this.#refuse(socket, 'unknown-name');
      return;
    }
    socket.unshift(greeting.bytes);
    taker.emit('connection', socket);
  }

  #refuse(socket: Socket, reason: FrontRefusal): void {
    this.#options.onRefused?.(reason, socket.remoteAddress ?? '');
    if (reason !== 'unknown-name') {
      socket.destroy();
      return;
    }
    socket.end(UNRECOGNIZED_NAME, () => socket.destroy());
  }
}

/** Gathers the first bytes of a connection; copies little even when they come one by one. */
class Greeting {
  #buffer = Buffer.alloc(2048);
  #length = 0;
  #needBytes = 1;

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  add(chunk: Buffer): void {
    const length = this.#length + chunk.length;
    if (length > this.#buffer.length) {
      const larger = Buffer.alloc(2 * length);
      this.bytes.copy(larger);
      this.#buffer = larger;
    }
    chunk.copy(this.#buffer, this.#length);
    this.#length = length;
  }

  read(): 'unfinished' | 'not-tls' | { readonly serverName: string | undefined } {
    if (this.#length < this.#needBytes) return 'unfinished';
    try {
      const reading = readClientHello(this.bytes);
      if (reading.complete) return reading;
      this.#needBytes = reading.needBytes;
      return 'unfinished';
    } catch (error) {
      if (error instanceof Refusal) return 'not-tls';
      throw error;
    }
  }
}
