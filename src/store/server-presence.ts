// One process's presence at the embedded server: a connection that lasts as long as the process uses
// the server, and by which the last one knows that it is the last. Also makes roles and database.
import { Socket } from 'node:net';
import pg from 'pg';
import type { RunningServer } from './cluster.ts';
import { connectionTo } from './database-address.ts';

/** A place at a running server, until left or lost. */
export type Presence = RunningServer & {
  /** True if nobody else was there, and from then on nobody can come: the server is to be stopped. */
  readonly leave: () => Promise<boolean>;
  /** Calls back once if the connection breaks without our leaving. */
  readonly onLost: (listener: (error: Error) => void) => void;
};

// Advisory locks of the database `postgres`; the numbers only have to differ.
const PRESENCE_LOCK = 7_301_001;
const MAKING_LOCK = 7_301_002;
const CANNOT_CONNECT_NOW = '57P03';
// The database takes connections only once all of this is done.
const IS_COMPLETE = `select coalesce(
  (select datallowconn from pg_database where datname = 'koshin'), false) as "isSo"`;
const EXISTS = `select exists (select from pg_database where datname = 'koshin') as "isSo"`;
const MAKE_ROLES = `
  do $$ begin
    if not exists (select from pg_roles where rolname = 'koshin_owner') then
      create role koshin_owner login;
    end if;
    if not exists (select from pg_roles where rolname = 'koshin_app') then
      create role koshin_app login;
    end if;
  end $$`;

/** Joins a server; undefined if it does not answer (yet, or any more). */
export async function joinServer(server: RunningServer): Promise<Presence | undefined> {
  const socket = new Socket();
  const client = new pg.Client({
    ...connectionTo({ socketFolder: server.socketFolder, user: 'postgres', database: 'postgres' }),
    application_name: 'koshin presence',
    stream: () => socket,
  });
  const lost = watchForLoss(client);
  try {
    await client.connect();
    // Waits for one who is just stopping the server, and then fails with the connection.
    await client.query("set lock_timeout = '10s'");
    await client.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
    await ensureRolesAndDatabase(client);
  } catch (error) {
    lost.ignore();
    await client.end().catch(() => undefined);
    if (isNotThere(error)) return undefined;
    throw error;
  }
  socket.unref(); // presence alone keeps no process alive
  return {
    ...server,
    leave: async () => {
      lost.ignore();
      socket.ref();
      const isLast = await leave(client);
      if (!isLast) await client.end();
      return isLast;
    },
    onLost: lost.tell,
  };
}

function watchForLoss(client: pg.Client) {
  let broken: Error | undefined;
  let isIgnored = false;
  let listener: ((error: Error) => void) | undefined;
  client.on('error', (error) => {
    if (broken !== undefined || isIgnored) return;
    broken = error;
    listener?.(error);
  });
  return {
    ignore: () => {
      isIgnored = true;
    },
    tell: (heard: (error: Error) => void) => {
      listener = heard;
      if (broken !== undefined) heard(broken);
    },
  };
}

async function leave(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
    const { rows } = await client.query<{ isLast: boolean }>(
      'select pg_try_advisory_lock($1) as "isLast"',
      [PRESENCE_LOCK],
    );
    return rows[0]?.isLast === true;
  } catch (error) {
    if (isNotThere(error)) return false; // it is gone already
    throw error;
  }
}

async function ensureRolesAndDatabase(client: pg.Client): Promise<void> {
  if (await isSo(client, IS_COMPLETE)) return;
  await client.query('select pg_advisory_lock($1)', [MAKING_LOCK]);
  await client.query(MAKE_ROLES);
  if (!(await isSo(client, EXISTS))) {
    await client.query('create database koshin owner koshin_owner allow_connections false');
  }
  await client.query('revoke all on database koshin from public');
  await client.query('grant connect on database koshin to koshin_app');
  await client.query('alter database koshin allow_connections true');
  await client.query('select pg_advisory_unlock($1)', [MAKING_LOCK]);
}

async function isSo(client: pg.Client, question: string): Promise<boolean> {
  const { rows } = await client.query<{ isSo: boolean }>(question);
  return rows[0]?.isSo === true;
}

// Not there: no socket, nobody listening, still starting, already stopping, or cut while we waited.
function isNotThere(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) {
    return error.code === CANNOT_CONNECT_NOW || error.code?.startsWith('57P') === true;
  }
  if ('code' in error)
    return ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String(error.code));
  return /Connection terminated|not queryable/.test(error.message);
}
