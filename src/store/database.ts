// The pool of connections, as kysely's database. Not here: transactions' retries, migrations, SQL.

import type { Transaction } from 'kysely';
import {
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { Log } from '../log.ts';
import type { DatabaseAddress } from './database-address.ts';
import { PoolDriver } from './pool-driver.ts';
import type { Tables } from './tables.ts';

/** The database; also what reads take, since a `Tx` is one too. Ends with `await db.destroy()`. */
export type Db = Kysely<Tables>;
/** An open transaction. */
export type Tx = Transaction<Tables>;

type PoolChoice = { readonly log: Log; readonly poolSize?: number };

/** Opens a pool; connections are made when first needed. */
export function openDatabase(address: DatabaseAddress, choice: PoolChoice): Db {
  const { log, poolSize = 16 } = choice;
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PoolDriver(address, poolSize, log),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect });
}
