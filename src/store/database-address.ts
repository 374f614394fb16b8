// Where a database is and as whom to go there. Not the pool.
import type { ClientConfig } from 'pg';

/** A server by URL (external), or a role at a Unix socket (embedded). */
export type DatabaseAddress =
  | { readonly url: string }
  | { readonly socketFolder: string; readonly user: string; readonly database: string };

// What each session starts with. Sorting and dates must not depend on how the server was set up.
const SESSION =
  '-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex -c search_path=public,pg_temp -c client_min_messages=warning ' +
  '-c idle_in_transaction_session_timeout=60s';

/** The settings of a connection to this address. */
export function connectionTo(address: DatabaseAddress): ClientConfig {
  const session: ClientConfig = {
    options: SESSION,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  };
  if ('url' in address) return { ...session, connectionString: address.url };
  const { socketFolder, user, database } = address;
  // Everything said, so that PGHOST, PGSSLMODE and their kin in the environment change nothing.
  return { ...session, host: socketFolder, port: 5432, user, database, ssl: false };
}
