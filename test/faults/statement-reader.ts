// Reads what a client says to PostgreSQL just closely enough to know which statement comes next.
// Not a parser of SQL, and nothing of what the server says.

/** Messages that belong together: the client waits for an answer once it has sent them. */
export type Batch = {
  readonly octets: Buffer;
  /** The statement that is executed; undefined where none is (startup, end of the connection). */
  readonly sql: string | undefined;
};

const TYPE_OCTETS = 1;
const LENGTH_OCTETS = 4;
const PROTOCOL_3 = 3 << 16;
const BATCH_ENDS = new Set(['Q', 'S', 'X', 'H', 'p']);

/** One client's statements; PostgreSQL documentation, Frontend/Backend Protocol, Message Formats. */
export class StatementReader {
  readonly #texts = new Map<string, string>();
  #rest = Buffer.alloc(0);
  #batch: Buffer[] = [];
  #sql: string | undefined;
  #isStarted = false;

  /** Takes what arrived; returns the batches that are whole now. */
  read(octets: Buffer): Batch[] {
    this.#rest = Buffer.concat([this.#rest, octets]);
    const batches: Batch[] = [];
    for (let message = this.#next(); message !== undefined; message = this.#next()) {
      this.#batch.push(message);
      const type = this.#isStarted ? String.fromCharCode(message[0] ?? 0) : 'startup';
      if (this.#isStarted) this.#note(type, message.subarray(TYPE_OCTETS + LENGTH_OCTETS));
      else this.#start(message);
      if (type !== 'startup' && !BATCH_ENDS.has(type)) continue;
      batches.push({ octets: Buffer.concat(this.#batch), sql: this.#sql });
      this.#batch = [];
      this.#sql = undefined;
    }
    return batches;
  }

  #next(): Buffer | undefined {
    const typeOctets = this.#isStarted ? TYPE_OCTETS : 0;
    if (this.#rest.length < typeOctets + LENGTH_OCTETS) return undefined;
    const length = typeOctets + this.#rest.readUInt32BE(typeOctets);
    if (this.#rest.length < length) return undefined;
    const message = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return message;
  }

  #start(message: Buffer): void {
    if (message.readUInt32BE(LENGTH_OCTETS) !== PROTOCOL_3) {
      throw new Error('the client asked for something else than to begin (TLS, cancelling)');
    }
    this.#isStarted = true;
  }

  #note(type: string, body: Buffer): void {
    const [first = '', second = ''] = body.toString('latin1').split('\0', 2);
    if (type === 'P') this.#texts.set(first, second);
    if (type === 'Q') this.#sql = first;
    if (type !== 'B') return;
    const text = this.#texts.get(second);
    if (text === undefined) throw new Error(`statement ${second} was never prepared`);
    this.#sql = text;
  }
}

/** Whether a statement changes something, or ends a transaction that may have. */
export function isWrite(sql: string): boolean {
  const text = sql.trim().toLowerCase();
  if (/^(?:select|begin|rollback|set|show)\b/.test(text)) return false;
  // Anything else is taken for a write, so that a new kind of statement is not passed over.
  return !text.startsWith('with ') || /\b(?:insert|update|delete|merge)\b/.test(text);
}

/** The audit log's sequencer: a statement of its own. */
const SEQUENCER = /^\s*with moved as \(\s*update audit_head /;
/** Queueing mails: each of its transactions begins with how far it has come. */
const MAIL = /"mail_(?:cursor|run|digest)"/;

/**
 * Tells, for the statements of one connection in their order, which of them Koshin makes by itself whatever people
 * do: they are of no journey. A transaction is its own from the first such statement to its end.
 */
export function ownWork(): (batch: Pick<Batch, 'sql'>) => boolean {
  let isOwn = false;
  return ({ sql }) => {
    if (sql === undefined) return false;
    isOwn ||= MAIL.test(sql);
    const isOver = /^(?:begin|commit|rollback)\b/i.test(sql);
    const was = isOwn;
    if (isOver) isOwn = false;
    return was || SEQUENCER.test(sql);
  };
}
