// A process of its own that holds the embedded server of a data folder, for tests that kill it or run
// it as another account. Reads one JSON line for each question, answers with one; ends with its input.
import { createInterface } from 'node:readline';
import pg from 'pg';
import { connectionTo } from '../../src/store/database-address.ts';
import { EmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

type Question = { readonly role: 'postgres' | 'koshin_owner' | 'koshin_app'; readonly sql: string };

const [dataFolder = ''] = process.argv.slice(2);
const log = {
  info: () => {},
  warn: () => {},
  error: (fields: unknown, message: string) => console.error(message, fields),
};

process.stdout.on('error', () => {}); // whoever asked is gone; the input ends too

function answer(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function ask(server: EmbeddedPostgres, question: Question): Promise<unknown> {
  const client = new pg.Client(connectionTo(server.address(question.role)));
  client.on('error', () => {}); // told by the query
  try {
    await client.connect();
    return { rows: (await client.query<Record<string, unknown>>(question.sql)).rows };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

try {
  const server = await EmbeddedPostgres.start({ dataFolder, log });
  answer({ pid: server.pid, cluster: server.cluster, ...server.address('koshin_app') });
  for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line) as Question;
    answer(await ask(server, question));
  }
  await server[Symbol.asyncDispose]();
} catch (error) {
  answer({ error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
