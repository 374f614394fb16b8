// The log file of the embedded server: appended to by the server, kept small by us.
import { copyFile, open, stat, truncate } from 'node:fs/promises';
import { describeError, type Log } from '../log.ts';

const LIMIT_BYTES = 8 * 1024 * 1024;
const CHECK_MS = 30_000;

/** Opens the log for a server about to start; the caller closes the handle once it runs. */
export async function openServerLog(file: string) {
  const handle = await open(file, 'a', 0o600);
  await shorten(file);
  return handle;
}

/** Keeps the log within twice its limit, with one older part beside it, until stopped. */
export function keepServerLogSmall(file: string, log: Log): { stop: () => void } {
  const timer = setInterval(() => {
    shorten(file).catch((error: unknown) => {
      log.error(
        { error: describeError(error), file },
        'could not shorten the log of the database server',
      );
    });
  }, CHECK_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

// The server appends (O_APPEND), so that it goes on at the new end after the file was emptied.
async function shorten(file: string): Promise<void> {
  if ((await stat(file)).size < LIMIT_BYTES) return;
  await copyFile(file, `${file}.1`);
  await truncate(file);
}

/** What the server has written since `start`, at most the last few lines. */
export async function readServerLog(file: string, start: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(start, size - 4096);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.max(0, size - from)), {
      position: from,
    });
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await handle.close();
  }
}
