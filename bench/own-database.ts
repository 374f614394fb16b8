// An embedded database in a temporary folder, with its tables; nothing of it is left at the end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Log } from '../src/log.ts';
import { EmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { migrate } from '../src/store/migrate.ts';

/** Dispose of it at the end (`await using`). */
export type OwnDatabase = AsyncDisposable & {
  readonly server: EmbeddedPostgres;
  readonly folder: string;
};

/** What a database logs in a benchmark: faults alone. */
export const FAULTS_ALONE: Log = {
  info: () => {},
  warn: () => {},
  error: (fields, message) => console.error(message, fields),
};

/** Starts it. */
export async function openOwnDatabase(): Promise<OwnDatabase> {
  await using opened = new AsyncDisposableStack();
  const removed = { recursive: true, force: true } as const;
  const folder = await mkdtemp(join(tmpdir(), 'koshin-bench-'));
  opened.defer(async () => await rm(folder, removed));
  let cluster: string | undefined;
  // Root's lies elsewhere; it is removed once the server is down.
  opened.defer(async () => {
    if (cluster !== undefined) await rm(dirname(cluster), removed);
  });
  const started = EmbeddedPostgres.start({ dataFolder: folder, log: FAULTS_ALONE });
  const server = opened.use(await started);
  cluster = server.cluster;
  await migrate(server.address('koshin_owner'), { log: FAULTS_ALONE });
  const kept = opened.move();
  return { server, folder, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
