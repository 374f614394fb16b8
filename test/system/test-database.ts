// A real database for each test: one embedded server a process, started when first needed, and a
// fresh copy of the migrated database for whoever asks. No test itself.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import pg from 'pg';
import type { Log } from '../../src/log.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { connectionTo, type DatabaseAddress } from '../../src/store/database-address.ts';
import { EmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';

/** A database of its own for one test, as the application and as the owner of its tables. */
export type TestDatabase = AsyncDisposable & {
  readonly db: Db;
  readonly address: DatabaseAddress;
  readonly owner: DatabaseAddress;
  readonly superuser: DatabaseAddress;
};

/** A log that says nothing but what went wrong. */
export const quietLog: Log = {
  info: () => {},
  warn: () => {},
  error: (fields, message) => console.error(message, fields),
};

// Nothing here outlives the run, so nothing needs to survive a crash of the machine.
const FAST = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

type Running = AsyncDisposable & { readonly server: EmbeddedPostgres };
let running: Promise<Running> | undefined;
const templates = new Map<string | undefined, Promise<string>>();

// Also after a failure: the runner calls this when the file's last test has ended.
after(async () => {
  const server = await running;
  running = undefined;
  templates.clear();
  await server?.[Symbol.asyncDispose]();
});

/** A fresh, migrated database; dispose of it at the test's end (`await using`). */
export async function openTestDatabase(
  choice: { readonly schemaFolder?: string } = {},
): Promise<TestDatabase> {
  running ??= startServer();
  const { server } = await running;
  const template = await templateFor(server, choice.schemaFolder);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await createDatabase(server, name, template);
  const address = server.address('koshin_app', name);
  const db = openDatabase(address, { log: quietLog, poolSize: 8 });
  return {
    db,
    address,
    owner: server.address('koshin_owner', name),
    superuser: server.address('postgres', name),
    [Symbol.asyncDispose]: async () => {
      await db.destroy();
      if (running === undefined) return; // the server went first, and all its databases with it
      await asSuperuser(server, [`drop database ${name} with (force)`]);
    },
  };
}

async function startServer(): Promise<Running> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'koshin-test-'));
  const server = await EmbeddedPostgres.start({ dataFolder, log: quietLog, settings: FAST });
  const removeFiles = () => {
    rmSync(path.dirname(server.cluster), { recursive: true, force: true });
    rmSync(dataFolder, { recursive: true, force: true });
  };
  // A run that is broken off leaves no server behind.
  const stopAtOnce = () => {
    process.kill(server.pid, 'SIGQUIT');
    removeFiles();
  };
  const exit = () => process.exit(1);
  process.once('exit', stopAtOnce).once('SIGINT', exit).once('SIGTERM', exit);
  return {
    server,
    [Symbol.asyncDispose]: async () => {
      process.off('exit', stopAtOnce).off('SIGINT', exit).off('SIGTERM', exit);
      await server[Symbol.asyncDispose]();
      removeFiles();
    },
  };
}

async function templateFor(
  server: EmbeddedPostgres,
  schemaFolder: string | undefined,
): Promise<string> {
  const known = templates.get(schemaFolder);
  if (known !== undefined) return await known;
  const made = makeTemplate(server, schemaFolder);
  templates.set(schemaFolder, made);
  return await made;
}

async function makeTemplate(
  server: EmbeddedPostgres,
  schemaFolder: string | undefined,
): Promise<string> {
  const name = `template_${randomBytes(6).toString('hex')}`;
  await createDatabase(server, name, 'template1');
  await migrate(server.address('koshin_owner', name), {
    log: quietLog,
    ...(schemaFolder === undefined ? {} : { schemaFolder }),
  });
  return name;
}

// With the rights that the server gives the real database.
async function createDatabase(
  server: EmbeddedPostgres,
  name: string,
  template: string,
): Promise<void> {
  await asSuperuser(server, [
    `create database ${name} owner koshin_owner template ${template} strategy file_copy`,
    `revoke all on database ${name} from public`,
    `grant connect on database ${name} to koshin_app`,
  ]);
}

async function asSuperuser(server: EmbeddedPostgres, statements: readonly string[]) {
  const client = new pg.Client(connectionTo(server.address('postgres', 'postgres')));
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
