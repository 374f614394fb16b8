// What the application's role may not do, and that Koshin does not start with one that may.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { checkApplicationRole } from '../../src/store/check-application-role.ts';
import { connectionTo, type DatabaseAddress } from '../../src/store/database-address.ts';
import { openTestDatabase, quietLog, type TestDatabase } from './test-database.ts';

const INSUFFICIENT_PRIVILEGE = '42501';

async function execute(address: DatabaseAddress, statement: string): Promise<void> {
  const client = new pg.Client(connectionTo(address));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

let shared: TestDatabase;
before(async () => {
  shared = await openTestDatabase();
});
after(async () => {
  await shared[Symbol.asyncDispose]();
});

for (const statement of [
  `update audit_entry set event = 'nothing'`,
  'delete from audit_entry',
  'truncate audit_entry',
  'alter table audit_entry add column hidden text',
  'drop table audit_entry',
  'create trigger t before insert on audit_entry for each row execute function suppress_redundant_updates_trigger()',
  'alter table certificate drop constraint certificate_pkey',
  'drop index one_current_certificate',
  'delete from certificate',
  'delete from person',
  'delete from notice',
  'update notice set body = $$another$$',
  'update policy set settings = $${}$$',
  `update audit_leaf set entry = 1`,
  `update certificate set not_after = now() + interval '9 years'`,
  `update certificate set user_id = 'another'`,
  `update person set contract = '00000000000'`,
  `update session set certificate = $$x$$`,
  `update acquisition set code_hash = sha256('x')`,
  `update credential set certificate = sha256('x')`,
  'create table extra (n int)',
  'create temporary table audit_entry (n int)',
  'create schema extra',
  'create role extra',
  'set role koshin_owner',
  'set session_replication_role = replica',
  `copy audit_entry to program 'cat'`,
  `insert into schema_migration (number, name, sha256) values (9, 'x', sha256('x'))`,
]) {
  test(`the application may not: ${statement}`, async () => {
    await assert.rejects(execute(shared.address, statement), { code: INSUFFICIENT_PRIVILEGE });
  });
}

test("the application's role is accepted as it is made", async () => {
  await checkApplicationRole(shared.address, { log: quietLog });
});

for (const { grant, revoke, why } of [
  {
    grant: 'grant update on audit_entry to koshin_app',
    why: /may update the audit log \(audit_entry\)/,
  },
  {
    grant: 'grant delete on audit_entry to public',
    why: /may delete the audit log \(audit_entry\)/,
  },
  {
    grant: 'grant truncate on audit_entry to koshin_app',
    why: /may truncate the audit log \(audit_entry\)/,
  },
  {
    grant: 'grant trigger on audit_entry to koshin_app',
    why: /may trigger the audit log \(audit_entry\)/,
  },
  {
    grant: 'grant update (event) on audit_entry to koshin_app',
    why: /may update the column event of the audit log \(audit_entry\)/,
  },
  { grant: 'grant delete on audit_leaf to koshin_app', why: /delete the audit log \(audit_leaf\)/ },
  { grant: 'grant update on audit_node to public', why: /update the audit log \(audit_node\)/ },
  { grant: 'grant update on certificate to koshin_app', why: /may update certificate/ },
  {
    grant: 'grant update (contract) on person to koshin_app',
    why: /update the column contract of person/,
  },
  { grant: 'grant update (body) on notice to public', why: /update the column body of notice/ },
  { grant: 'grant delete on person to koshin_app', why: /may delete person/ },
  { grant: 'grant insert on blocked_key to koshin_app', why: /may insert blocked_key/ },
  {
    grant: 'grant insert (number, name, sha256) on schema_migration to koshin_app',
    why: /may insert the column name of schema_migration/,
  },
  {
    grant: 'grant create on schema public to public',
    why: /may create tables in the schema public/,
  },
  { grant: 'alter table notice owner to koshin_app', why: /owner of notice/ },
  {
    grant: 'grant koshin_owner to koshin_app',
    revoke: 'revoke koshin_owner from koshin_app',
    why: /may become the owner of audit_entry/,
  },
  {
    grant: 'alter role koshin_app createrole',
    revoke: 'alter role koshin_app nocreaterole',
    why: /koshin_app, which may do more/,
  },
  {
    grant: 'grant pg_write_all_data to koshin_app',
    revoke: 'revoke pg_write_all_data from koshin_app',
    why: /pg_write_all_data/,
  },
]) {
  test(`the application's role is refused after: ${grant}`, async () => {
    await using database = await openTestDatabase();
    await execute(database.superuser, grant);
    try {
      await assert.rejects(checkApplicationRole(database.address, { log: quietLog }), why);
    } finally {
      if (revoke !== undefined) await execute(database.superuser, revoke);
    }
  });
}

for (const who of ['owner', 'superuser'] as const) {
  test(`the ${who} is refused as the application's role`, async () => {
    const checking = checkApplicationRole(shared[who], { log: quietLog });
    await assert.rejects(checking, /role of the database may do too much/);
  });
}
