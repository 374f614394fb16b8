// Which account of the operating system the embedded server runs as. Not a role of the database.
import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { DatabaseUnfit } from './database-unfit.ts';

const run = promisify(execFile);
const SYSTEM_USER = 'koshin-postgres';
const PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/** The account that the server's processes run as, and who started Koshin. */
export type ServerAccount = {
  readonly uid: number;
  readonly gid: number;
  /** Names whom the server lets in over its socket (peer authentication). */
  readonly starter: string;
  /** True where Koshin was started as root, and the server therefore runs as somebody else. */
  readonly isOwnUser: boolean;
};

/** The account for the server: the one that started Koshin, or for root a system user of its own. */
export async function chooseServerAccount(): Promise<ServerAccount> {
  const starter = startingUser();
  if (starter.uid !== 0) {
    return { uid: starter.uid, gid: starter.gid, starter: starter.username, isOwnUser: false };
  }
  // PostgreSQL refuses to run as root: whoever broke into it would own the machine.
  const ids = (await idsOf(SYSTEM_USER)) ?? (await createSystemUser());
  return { ...ids, starter: starter.username, isOwnUser: true };
}

function startingUser(): { uid: number; gid: number; username: string } {
  try {
    return userInfo();
  } catch (cause) {
    throw new DatabaseUnfit(
      `the account with the number ${process.getuid?.()} has no name on this machine, and PostgreSQL ` +
        'needs one: add it to /etc/passwd, or use an external server (KOSHIN_DATABASE_URL)',
      { cause },
    );
  }
}

async function createSystemUser(): Promise<{ uid: number; gid: number }> {
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/var/lib/koshin'];
  let cause: unknown;
  try {
    await run('useradd', [...options, '--shell', '/usr/sbin/nologin', SYSTEM_USER], {
      env: { PATH },
    });
  } catch (error) {
    cause = error; // another start may have created it meanwhile: what counts is that it exists
  }
  const ids = await idsOf(SYSTEM_USER);
  if (ids !== undefined) return ids;
  throw new DatabaseUnfit(
    `as root the embedded PostgreSQL runs as the system user ${SYSTEM_USER}, which could not be ` +
      'created: create it, start Koshin as an ordinary user, or set KOSHIN_DATABASE_URL',
    { cause },
  );
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([
      run('id', ['-u', name], { env: { PATH } }),
      run('id', ['-g', name], { env: { PATH } }),
    ]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}
