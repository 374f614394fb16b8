// Transactions against a real server: what is stored, what is not, what is tried again, what is unknown.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { Refusal } from '../../src/errors.ts';
import { type Db, inTransaction, openDatabase, type Tx } from '../../src/store/database.ts';
import { connectionTo } from '../../src/store/database-address.ts';
import { openTestDatabase, quietLog, type TestDatabase } from './test-database.ts';

let parent = '';
before(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'koshin-schema-'));
  await mkdir(path.join(parent, 'migrations'));
  await writeFile(
    path.join(parent, 'migrations', '0001-pair.sql'),
    `create table pair (name text primary key, n int not null);
     create function slow() returns trigger language plpgsql as
       $$ begin perform pg_sleep(20); return null; end $$;
     create table slow_to_commit (n int);
     create constraint trigger slow after insert on slow_to_commit
       deferrable initially deferred for each row execute function slow();`,
  );
  await writeFile(
    path.join(parent, 'grants.sql'),
    'grant select, insert, update on pair, slow_to_commit to koshin_app;',
  );
});
after(async () => {
  await rm(parent, { recursive: true });
});

const open = async () => await openTestDatabase({ schemaFolder: parent });
const insert = async (name: string, n: number, tx: Tx) => {
  await sql`insert into pair values (${name}, ${n})`.execute(tx);
};
const namesIn = async (db: Db) => {
  const { rows } = await sql<{ name: string }>`select name from pair order by name`.execute(db);
  return rows.map((row) => row.name);
};

test('what a transaction did is there after it, or after a failure not at all', async () => {
  await using database = await open();
  const { db } = database;
  await inTransaction(db, async (tx) => await insert('kept', 1, tx));
  const failure = new Error('changed my mind');
  const failing = inTransaction(db, async (tx) => {
    await insert('lost', 1, tx);
    throw failure;
  });
  await assert.rejects(failing, failure);
  assert.deepEqual(await namesIn(db), ['kept']);
});

test('an error swallowed inside the work is not taken for success', async () => {
  await using database = await open();
  const working = inTransaction(database.db, async (tx) => {
    await insert('a', 1, tx);
    await insert('a', 1, tx).catch(() => undefined);
  });
  await assert.rejects(working, /nothing was committed/);
  assert.deepEqual(await namesIn(database.db), []);
});

for (const { code, attempts } of [
  { code: '40001', attempts: 4 },
  { code: '40P01', attempts: 4 },
  { code: '23505', attempts: 1 },
]) {
  test(`work that always fails with ${code} is run ${attempts} times`, async () => {
    await using database = await open();
    let count = 0;
    const working = inTransaction(database.db, async (tx) => {
      count += 1;
      await sql.raw(`do $$ begin raise sqlstate '${code}'; end $$`).execute(tx);
    });
    await assert.rejects(working, { code });
    assert.equal(count, attempts);
  });
}

test('of two transactions that deadlock, both succeed in the end', async () => {
  await using database = await open();
  const { db } = database;
  await inTransaction(db, async (tx) => {
    await insert('a', 0, tx);
    await insert('b', 0, tx);
  });
  const both = Promise.withResolvers<void>();
  let holding = 0;
  let runs = 0;
  const touch = async (first: string, second: string) => {
    await inTransaction(db, async (tx) => {
      runs += 1;
      await sql`update pair set n = n + 1 where name = ${first}`.execute(tx);
      holding += 1;
      if (holding === 2) both.resolve();
      await both.promise;
      await sql`update pair set n = n + 1 where name = ${second}`.execute(tx);
    });
  };
  await Promise.all([touch('a', 'b'), touch('b', 'a')]);
  const { rows } = await sql`select n from pair`.execute(db);
  assert.deepEqual(rows, [{ n: 2 }, { n: 2 }]);
  // One of the two at least ran again; on a busy machine they may collide once more.
  assert.ok(runs >= 3, `${runs} runs`);
});

test('a connection lost before COMMIT is an error, not an unknown outcome', async () => {
  await using database = await open();
  const working = inTransaction(database.db, async (tx) => {
    await insert('a', 1, tx);
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
  });
  await assert.rejects(working, { code: 'unavailable' });
  assert.deepEqual(await namesIn(database.db), []);
});

for (const { statement, want } of [
  { statement: 'select name from pair', want: { code: 'unavailable' } },
  { statement: 'insert into pair', want: /Connection terminated/ },
]) {
  test(`where the answer to "${statement}" is lost, ${'code' in want ? 'it is unavailable' : 'nobody knows what was done'}`, async () => {
    await using database = await open();
    await using proxy = await openDeafProxy(database, statement);
    const db = openDatabase(proxy.address, { log: quietLog });
    const work = statement.startsWith('insert')
      ? sql`insert into pair values ('x', 1)`.execute(db)
      : namesIn(db);
    await assert.rejects(work, want);
    await db.destroy();
  });
}

test('a server that goes away before it writes is unavailable, and one that is not there', async () => {
  await using database = await open();
  const dying = sql`insert into pair select pg_terminate_backend(pg_backend_pid())::text, 1`;
  await assert.rejects(dying.execute(database.db), { code: 'unavailable' });
  const lines: string[] = [];
  const log = { ...quietLog, error: (_fields: unknown, message: string) => lines.push(message) };
  const nowhere = { socketFolder: '/nowhere', user: 'koshin_app', database: 'koshin' };
  const absent = openDatabase(nowhere, { log });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await assert.rejects(namesIn(absent), { code: 'unavailable' });
  }
  assert.deepEqual(lines, ['the database does not answer']);
  await absent.destroy();
});

test('a connection lost during COMMIT leaves the outcome unknown', async () => {
  await using database = await open();
  const working = inTransaction(database.db, async (tx) => {
    await sql`insert into slow_to_commit values (1)`.execute(tx);
  });
  const [, refusal] = await Promise.all([
    killCommitting(database),
    working.then(
      () => undefined,
      (error: unknown) => error,
    ),
  ]);
  assert.ok(refusal instanceof Refusal);
  assert.equal(refusal.code, 'outcome-unknown');
  assert.ok(refusal.cause instanceof Error);
  assert.deepEqual(await namesIn(database.db), [], 'the pool goes on with another connection');
});

test('a commit whose answer is lost is stored, and its outcome said to be unknown', async () => {
  await using database = await open();
  await using proxy = await openDeafProxy(database);
  const db = openDatabase(proxy.address, { log: quietLog });
  const working = inTransaction(db, async (tx) => await insert('stored', 1, tx));
  await assert.rejects(working, { code: 'outcome-unknown' });
  await db.destroy();
  assert.deepEqual(await namesIn(database.db), ['stored']);
});

test('work that waits too long for a connection is refused as overloaded', async () => {
  await using database = await open();
  const db = openDatabase(database.address, { log: quietLog, poolSize: 1, waitMs: 1_000 });
  await inTransaction(db, async () => {
    await assert.rejects(namesIn(db), { code: 'overloaded' });
  });
  assert.deepEqual(await namesIn(db), []);
  await db.destroy();
});

test('statements prepared before a migration go on after it', async () => {
  await using database = await open();
  const { db } = database;
  const read = async () =>
    await inTransaction(db, async (tx) => (await sql`select * from pair`.execute(tx)).rows);
  await inTransaction(db, async (tx) => await insert('a', 1, tx));
  assert.deepEqual(await read(), [{ name: 'a', n: 1 }]);
  const owner = openDatabase(database.owner, { log: quietLog });
  await sql`alter table pair add column extra int`.execute(owner);
  await owner.destroy();
  assert.deepEqual(await read(), [{ name: 'a', n: 1, extra: null }]);
});

for (const { expression, want } of [
  { expression: '7::int8', want: 7 },
  { expression: '(2^53 - 1)::int8', want: Number.MAX_SAFE_INTEGER },
  { expression: `date '2028-02-29'`, want: '2028-02-29' },
  {
    expression: `timestamptz '2027-12-31 23:59:59.123456+09'`,
    want: new Date('2027-12-31T14:59:59.123Z'),
  },
  { expression: `'\\x00ff'::bytea`, want: Buffer.from([0, 255]) },
  { expression: `'{"a": [1]}'::jsonb`, want: { a: [1] } },
  { expression: 'null::timestamptz', want: null },
]) {
  test(`${expression} is read as ${JSON.stringify(want)}`, async () => {
    await using database = await open();
    const { rows } = await sql.raw(`select ${expression} as value`).execute(database.db);
    assert.deepEqual(rows, [{ value: want }]);
  });
}

for (const { expression, why } of [
  { expression: '(2^53)::int8', why: /too large/ },
  { expression: `timestamptz 'infinity'`, why: /no instant/ },
  { expression: 'now()::timestamp', why: /not used/ },
  { expression: '1::numeric', why: /not used/ },
]) {
  test(`${expression} is not read`, async () => {
    await using database = await open();
    const reading = sql.raw(`select ${expression} as value`).execute(database.db);
    await assert.rejects(reading, why);
  });
}

async function killCommitting(database: TestDatabase): Promise<void> {
  const client = new pg.Client(connectionTo(database.superuser));
  await client.connect();
  let killed = 0;
  while (killed === 0) {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query = 'commit' and state = 'active'`,
    );
    killed = rowCount ?? 0;
  }
  await client.end();
}

// Passes everything on, except the answer to a statement: then it hangs up.
async function openDeafProxy(database: TestDatabase, statement = 'commit\0') {
  assert.ok('socketFolder' in database.address);
  const target = path.join(database.address.socketFolder, '.s.PGSQL.5432');
  const socketFolder = await mkdtemp(path.join('/tmp', 'koshin-proxy-'));
  const proxy = net.createServer((client) => {
    const server = net.connect(target);
    let isDeaf = false;
    client.on('data', (chunk) => {
      if (chunk.includes(statement)) isDeaf = true;
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (isDeaf) client.destroy();
      else client.write(chunk);
    });
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => {
    proxy.listen(path.join(socketFolder, '.s.PGSQL.5432'), resolve);
  });
  return {
    address: { ...database.address, socketFolder },
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => {
        proxy.close(resolve);
      });
      await rm(socketFolder, { recursive: true });
    },
  };
}
