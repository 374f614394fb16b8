// Checks what the application's own role could do to the database, before anything is served with it.
import pg from 'pg';
import { describeError, type Log } from '../log.ts';
import { connectionTo, type DatabaseAddress } from './database-address.ts';
import { DatabaseUnfit } from './database-unfit.ts';
import { checkMigrated, checkVersion, SCHEMA_FOLDER } from './migrate.ts';

// Every role that the connected one is or could become; what any of them may do counts.
const FAULTS = `
  with mine as (
    select oid, rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication
    from pg_roles where pg_has_role(current_user, oid, 'MEMBER')
  ), audit as (
    select oid from pg_class where oid = to_regclass('public.audit_entry')
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
  select 'may ' || lower(privilege) || ' audit entries'
  from mine, audit, unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) as privilege
  where has_table_privilege(mine.oid, audit.oid, privilege)
  union
  select 'may change columns of audit entries'
  from mine, audit where has_any_column_privilege(mine.oid, audit.oid, 'UPDATE')
  union
  select 'finds no table audit_entry' where not exists (select from audit)
  order by fault`;

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
    if (rows.length > 0) throw tooPowerful(rows.map((row) => row.fault));
    await warnOfLostCommits(client, log);
  } finally {
    await client.end();
  }
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
