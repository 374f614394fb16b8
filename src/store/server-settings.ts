// The settings and access rules of the embedded server, as the texts of its configuration files.
import path from 'node:path';
import { replaceFile } from './cluster-place.ts';
import type { ServerAccount } from './server-account.ts';

/** Settings by PostgreSQL's own names. */
export type ServerSettings = Readonly<Record<string, string>>;

const ROLES = ['postgres', 'koshin_owner', 'koshin_app'] as const;

/** Roles of the embedded database that may log in: superuser, owner of the tables, application. */
export type EmbeddedRole = (typeof ROLES)[number];

/** What the server runs with; docs/operations.md says why for each. */
const DEFAULT_SETTINGS: ServerSettings = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  max_connections: '100',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_level: 'replica',
  wal_compression: 'on',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  jit: 'off',
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  lc_messages: 'C',
  idle_in_transaction_session_timeout: '60s',
  allow_alter_system: 'off',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_lock_waits: 'on',
};

/** Writes the configuration beside the cluster and returns the parameters that make the server use it. */
export async function writeSettings(
  folder: string,
  settings: ServerSettings,
  account: ServerAccount,
): Promise<readonly string[]> {
  const files = {
    config_file: [`${folder}.conf`, configuration({ ...DEFAULT_SETTINGS, ...settings })],
    hba_file: [`${folder}-hba.conf`, 'local all all peer map=koshin\n'],
    ident_file: [`${folder}-ident.conf`, identityMap(account.starter)],
  } as const;
  const parameters: string[] = [];
  for (const [setting, [file, text]] of Object.entries(files)) {
    await replaceFile(file, text, 0o644);
    parameters.push('-c', `${setting}=${path.resolve(file)}`);
  }
  return parameters;
}

function configuration(settings: ServerSettings): string {
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`,
  );
  return `# Written by Koshin at each start of the server; changes are lost.\n${lines.join('\n')}\n`;
}

// Who may log in as whom: the kernel tells who is at the other end, so there is no password to lose.
function identityMap(starter: string): string {
  const quoted = `"${starter.replaceAll('"', '""')}"`;
  return `${ROLES.map((role) => `koshin ${quoted} "${role}"`).join('\n')}\n`;
}
