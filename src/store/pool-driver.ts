// kysely's driver over a pool of `pg`: prepares statements once a connection, and tells for every
// transaction whether it was committed, was not, or whether that could not be learned.
import type {
  CompiledQuery,
  DatabaseConnection,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import pg from 'pg';
import { Refusal } from '../errors.ts';
import { describeError, type Log } from '../log.ts';
import { columnParsers } from './column-parsers.ts';
import { connectionTo, type DatabaseAddress } from './database-address.ts';

const COMMIT_DEADLINE_MS = 30_000;
// Texts of statements are few (the program's own), except lists of changing length.
const PREPARED_LIMIT = 500;
// The server says that it goes away, or is not there yet, in place of doing what it was asked.
const GOING_AWAY: ReadonlySet<string | undefined> = new Set(['57P01', '57P03']);
const LOST_SOCKET: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const LOST_CLIENT = /^Connection terminated|\bnot queryable$/;
// A statement without any of these changes nothing, so that one whose answer is lost did nothing.
const WRITES = /\b(?:insert|update|delete|merge|call|do)\b/i;

/** The driver; statements are prepared under names shared by all its connections. */
export class PoolDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #poolSize: number;
  #busy = 0;
  #isSilent = false;
  readonly #log: Log;
  readonly #names = new Map<string, string>();
  readonly #connections = new WeakMap<pg.PoolClient, PoolConnection>();

  constructor(
    address: DatabaseAddress,
    choice: { readonly log: Log; readonly poolSize: number; readonly waitMs: number },
  ) {
    const { log, poolSize, waitMs } = choice;
    this.#log = log;
    this.#poolSize = poolSize;
    this.#pool = new pg.Pool({
      ...connectionTo(address),
      application_name: 'koshin',
      types: columnParsers,
      max: poolSize,
      connectionTimeoutMillis: waitMs,
      idleTimeoutMillis: 60_000,
    });
    // Idle connections that break are replaced; whoever uses one learns of it by its own query.
    this.#pool.on('error', (error) => {
      log.warn({ error: describeError(error) }, 'an idle database connection broke');
    });
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PoolConnection> {
    const client = await this.#connect();
    this.#busy += 1;
    const known = this.#connections.get(client);
    if (known !== undefined) return known;
    const connection = new PoolConnection(client, (text) => this.#nameOf(text));
    this.#connections.set(client, connection);
    return connection;
  }

  async beginTransaction(connection: PoolConnection, settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : '';
    const access = settings.accessMode ? ` ${settings.accessMode}` : '';
    await connection.begin(`begin${level}${access}`);
  }

  async commitTransaction(connection: PoolConnection): Promise<void> {
    await connection.commit();
  }

  async rollbackTransaction(connection: PoolConnection): Promise<void> {
    try {
      await connection.rollback();
    } catch (error) {
      // The server rolls back by itself when the connection ends; the caller learns the first error.
      connection.discard(error);
      this.#log.warn(
        { error: describeError(error) },
        'a transaction could not be rolled back; its connection is closed',
      );
    }
  }

  async releaseConnection(connection: PoolConnection): Promise<void> {
    this.#busy -= 1;
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      const client = await this.#pool.connect();
      this.#noteAnswer(undefined);
      return client;
    } catch (cause) {
      if (this.#busy >= this.#poolSize) throw overloaded(cause);
      this.#noteAnswer(cause);
      throw unavailable(cause);
    }
  }

  /** An outage is two lines in the log, however many wait for its end. */
  #noteAnswer(fault: unknown): void {
    const isSilent = fault !== undefined;
    if (isSilent === this.#isSilent) return;
    this.#isSilent = isSilent;
    if (isSilent) this.#log.error({ error: describeError(fault) }, 'the database does not answer');
    else this.#log.info({}, 'the database answers again');
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= PREPARED_LIMIT) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

class PoolConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #nameOf: (text: string) => string | undefined;
  #broken: Error | undefined;
  #isEnded = false;
  #isInTransaction = false;

  constructor(client: pg.PoolClient, nameOf: (text: string) => string | undefined) {
    this.#client = client;
    this.#nameOf = nameOf;
    // A connection can break while it is in use and waits for nothing; without this the process ends.
    client.on('error', (error) => this.discard(error));
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const name = this.#nameOf(query.sql);
    const text = { text: query.sql, values: [...query.parameters], ...(name ? { name } : {}) };
    try {
      const result = await this.#client.query<R & pg.QueryResultRow>(text);
      return { rows: result.rows, ...affectedRows(result) };
    } catch (error) {
      throw this.#lossOf(error, query.sql);
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are read whole, not streamed');
  }

  async begin(text: string): Promise<void> {
    await this.#run(text);
    this.#isInTransaction = true;
  }

  async commit(): Promise<void> {
    this.#isEnded = false;
    this.#isInTransaction = false;
    const result = await this.#commitWithin(COMMIT_DEADLINE_MS);
    this.#isEnded = true;
    // PostgreSQL answers COMMIT with ROLLBACK where a statement had failed and its error was dropped.
    if (result.command !== 'COMMIT') {
      throw new Error('nothing was committed: an error inside the transaction was swallowed');
    }
  }

  async rollback(): Promise<void> {
    const isOver = this.#isEnded || this.#broken !== undefined;
    this.#isEnded = false;
    this.#isInTransaction = false;
    if (!isOver) await this.#run('rollback');
  }

  discard(cause: unknown): void {
    this.#broken ??= cause instanceof Error ? cause : new Error('discarded', { cause });
  }

  release(): void {
    this.#isEnded = false;
    this.#isInTransaction = false;
    this.#client.release(this.#broken);
  }

  async #commitWithin(deadlineMs: number): Promise<pg.QueryResult> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('no answer in time')), deadlineMs);
    try {
      return await Promise.race([this.#client.query('commit'), late]);
    } catch (cause) {
      // A plain ERROR says that the server rolled back. Anything else leaves both possible.
      if (cause instanceof pg.DatabaseError && cause.severity === 'ERROR') throw cause;
      this.discard(cause);
      throw outcomeUnknown(cause);
    } finally {
      clearTimeout(timer);
    }
  }

  async #run(text: string): Promise<void> {
    try {
      await this.#client.query(text);
    } catch (error) {
      throw this.#lossOf(error, text);
    }
  }

  /** What the caller learns of a failed statement: a refusal where it is certain that nothing was done. */
  #lossOf(error: unknown, text: string): unknown {
    this.#noteLoss(error);
    const isUndone =
      error instanceof pg.DatabaseError
        ? GOING_AWAY.has(error.code)
        : isLoss(error) && (this.#isInTransaction || !WRITES.test(text));
    return isUndone ? unavailable(error) : error;
  }

  #noteLoss(error: unknown): void {
    if (!(error instanceof pg.DatabaseError)) {
      this.discard(error);
      return;
    }
    // After a migration a connection's prepared statements can be out of date: it is replaced.
    if (error.severity !== 'ERROR' || error.routine === 'RevalidateCachedQuery')
      this.discard(error);
  }
}

/** Whether the connection is gone, as the system or `pg` says it. */
function isLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ('code' in error && LOST_SOCKET.has(String(error.code))) || LOST_CLIENT.test(error.message)
  );
}

function affectedRows(result: pg.QueryResult): { numAffectedRows?: bigint } {
  const changes = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(result.command);
  return changes && result.rowCount !== null ? { numAffectedRows: BigInt(result.rowCount) } : {};
}

function overloaded(cause: unknown): Refusal {
  return new Refusal('overloaded', 'all database connections are busy', { cause });
}

function unavailable(cause: unknown): Refusal {
  return new Refusal('unavailable', 'the database does not answer', { cause });
}

function outcomeUnknown(cause: unknown): Refusal {
  return new Refusal('outcome-unknown', 'whether the change was stored is not known', { cause });
}
