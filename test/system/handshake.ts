// What the server names in its handshake, as openssl tells it. No test itself.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Place } from './visitor.ts';

const run = promisify(execFile);

/** The CAs whose certificates a members' host of this domain asks for, as openssl writes them. */
export async function acceptedIssuersOf({ port }: Place, membersDomain: string): Promise<string> {
  const where = ['-connect', `127.0.0.1:${port}`, '-servername', `m-0000.${membersDomain}`];
  const connecting = run('openssl', ['s_client', ...where, '-nameopt', 'utf8']);
  connecting.child.stdin?.end();
  const { stdout } = await connecting;
  return (
    /Acceptable client certificate CA names\n([\s\S]*?)\n(?:Requested|Client)/.exec(stdout)?.[1] ??
    ''
  );
}
