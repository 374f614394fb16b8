// Runs the load generator `mtlsload`, which is found by PATH. Only answers with a 2xx status count.
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { LoadFolders } from './people.ts';

const run = promisify(execFile);

/** One measurement: counted answers, and how many of them per second. */
export type Measured = { readonly ok: number; readonly rate: number };

/** Who is asked, with what, and how connections are used. */
export type Load = {
  readonly url: string;
  readonly authorityFile: string;
  readonly folders: Pick<LoadFolders, 'certs'> & Partial<LoadFolders>;
  /** `each`: a handshake for each request; `kept`: connection i stays open and shows certificate i. */
  readonly connections: 'each' | 'kept';
  /** Stops when every request has been sent once, or after so many seconds. */
  readonly until: 'all-sent' | { readonly seconds: number };
};

const AT_ONCE = 16;
const LONGEST_SECONDS = 60;
const FORM_TYPE = 'application/x-www-form-urlencoded';
const OUTPUT = /^ok_per_s (\d+) ok (\d+) .* codes (map\[.*?\]) errs (map\[.*\])$/m;

/** Where a program is found by PATH; undefined where it is not. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && isThere) return path;
  }
  return undefined;
}

/** Measures 16 at a time; throws when any answer was not counted. */
export async function measureLoad(load: Load): Promise<Measured> {
  const { folders, until } = load;
  const seconds = until === 'all-sent' ? LONGEST_SECONDS : until.seconds;
  const { stdout } = await run('mtlsload', [
    ...['-url', load.url, '-connect', `127.0.0.1:${new URL(load.url).port}`],
    ...['-ca', load.authorityFile, '-certs', folders.certs],
    ...(folders.headers === undefined ? [] : ['-headers', folders.headers]),
    ...(folders.bodies === undefined ? [] : ['-bodies', folders.bodies, '-type', FORM_TYPE]),
    ...['-method', 'POST', '-c', String(AT_ONCE), '-d', `${seconds}s`],
    ...(load.connections === 'kept' ? ['-pin'] : ['-keepalive=false']),
    ...(until === 'all-sent' ? ['-once'] : []),
  ]);
  const [, rate = '', ok = '', codes = '', errors = ''] = OUTPUT.exec(stdout) ?? [];
  if (!/^map\[20\d:\d+\]$/.test(codes) || errors !== 'map[]') {
    throw new Error(`the load was not answered as it should be: ${stdout.trim()}`);
  }
  return { ok: Number(ok), rate: Number(rate) };
}
