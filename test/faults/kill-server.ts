// kill -9 of a PostgreSQL server, all of its processes. No test itself.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Kills it; the first process goes first, since it would start the others again. */
export function killServer(first: number): void {
  const others = childrenOf(first);
  process.kill(first, 'SIGKILL');
  for (const other of others) {
    try {
      process.kill(other, 'SIGKILL');
    } catch {
      // It has gone with the first already.
    }
  }
}

function childrenOf(parent: number): number[] {
  if (process.platform === 'linux') {
    const file = `/proc/${parent}/task/${parent}/children`;
    return readFileSync(file, 'utf8').trim().split(' ').map(Number);
  }
  const listed = execFileSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' });
  return listed.trim().split('\n').map(Number);
}
