// Checks what the application's own role could do to the database, before anything is served with it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { describeError, type Log } from '../log.ts';
import { connectionTo, type DatabaseAddress } from './database-address.ts';
import { DatabaseUnfit } from './database-unfit.ts';
import { type Granted, grantedIn } from './granted.ts';
import { checkMigrated, checkVersion, SCHEMA_FOLDER } from './migrate.ts';

// Every role that the connected one is or could become; what any of them may do counts.
const FAULTS = `
  with mine as (
    select oid, rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication
    from pg_roles where pg_has_role(current_user, oid, 'MEMBER')
  )
  select distinct 'is or may become ' || rolname || ', which may do more than use tables' as fault
  from mine
  where rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication
     or rolname in ('pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files',
                    'pg_execute_server_program', 'pg_maintain')
  union
  select 'may create tables in the schema ' || nspname
  from mine, pg_namespace
  where nspname !~ '^pg_(temp|toast_temp)_' and has_schema_privilege(mine.oid, pg_namespace.oid, 'CREATE')
  union
  select 'may create schemas in the database'
  from mine where has_database_privilege(mine.oid, current_database(), 'CREATE')
  union
  select 'owns or may become the owner of ' || relname
  from mine join pg_class on relowner = mine.oid
  where relnamespace = 'public'::regnamespace
  union
  select 'finds no table audit_entry' where to_regclass('public.audit_entry') is null
  order by fault`;

// Reading apart, what any of those roles may do to a table, or to some of its columns where not to all.
const ALLOWED = `
  with mine as (
    select oid from pg_roles where pg_has_role(current_user, oid, 'MEMBER')
  ), tables as (
    select oid, relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
  )
  select distinct relname as "table", lower(privilege) as privilege, null as "column"
  from mine, tables,
    unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) as privilege
  where has_table_privilege(mine.oid, tables.oid, privilege)
  union
  select relname, lower(privilege), attname
  from mine, tables
    join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped,
    unnest(array['INSERT', 'UPDATE', 'REFERENCES']) as privilege
  where has_column_privilege(mine.oid, tables.oid, attnum, privilege)
    and not has_table_privilege(mine.oid, tables.oid, privilege)`;

/**
 * Throws `DatabaseUnfit` where the application's role could alter tables or the audit log, where the
 * server is too old, or where the tables are not at this program's version.
 */
export async function checkApplicationRole(
  application: DatabaseAddress,
  choice: { readonly log: Log; readonly schemaFolder?: string },
): Promise<void> {
  const { log, schemaFolder = SCHEMA_FOLDER } = choice;
  const client = new pg.Client({ ...connectionTo(application), application_name: 'koshin check' });
  client.on('error', (error) => {
    log.error({ error: describeError(error) }, 'the connection for checks broke');
  });
  await client.connect();
  try {
    await checkVersion(client);
    await checkMigrated(client, schemaFolder);
    const { rows } = await client.query<{ fault: string }>(FAULTS);
    const faults = [
      ...rows.map((row) => row.fault),
      ...(await allowedTooMuch(client, schemaFolder)),
    ];
    if (faults.length > 0) throw tooPowerful(faults);
    await warnOfLostCommits(client, log);
  } finally {
    await client.end();
  }
}

/** What the role may do to tables beyond what grants.sql says. */
async function allowedTooMuch(client: pg.Client, schemaFolder: string): Promise<readonly string[]> {
  const granted = grantedIn(await readFile(join(schemaFolder, 'grants.sql'), 'utf8'));
  const { rows } = await client.query<Granted>(ALLOWED);
  const isGranted = (one: Granted) =>
    granted.some(
      ({ table, privilege, column }) =>
        table === one.table &&
        privilege === one.privilege &&
        (column === null || column === one.column),
    );
  return rows
    .filter((one) => !isGranted(one))
    .map(({ table, privilege, column }) =>
      column === null
        ? `may ${privilege} ${wordsOf(table)}`
        : `may ${privilege} the column ${column} of ${wordsOf(table)}`,
    );
}

function wordsOf(table: string): string {
  return table.startsWith('audit_') ? `the audit log (${table})` : table;
}

const FAULTS_TOLD = 10;

/** Tells some of the faults; those of the audit log first. */
function tooPowerful(faults: readonly string[]): DatabaseUnfit {
  const ofAudit = faults.filter((fault) => fault.includes('audit'));
  const others = faults.filter((fault) => !fault.includes('audit'));
  const told = [...ofAudit, ...others].slice(0, FAULTS_TOLD).map((fault) => `it ${fault}`);
  if (faults.length > FAULTS_TOLD) told.push(`${faults.length - FAULTS_TOLD} more`);
  return new DatabaseUnfit(
    `the application's role of the database may do too much: ${told.join('; ')}. Give ` +
      'KOSHIN_DATABASE_URL the role koshin_app (docs/operations.md), and the owner only to `koshin init`',
  );
}

async function warnOfLostCommits(client: pg.Client, log: Log): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select name from pg_settings
     where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`,
  );
  if (rows.length === 0) return;
  const settings = rows.map((row) => row.name);
  log.warn({ settings }, 'the database server may forget what it has confirmed');
}
