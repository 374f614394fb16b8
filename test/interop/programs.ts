// Outside programs that judge Koshin's files: whether one is here, and what it prints.
// Not for the product: tests only.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For `skip` of a test: false where the program is here, else the reason that names it. */
export function unlessInstalled(program: string): string | false {
  const found = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  return found ? false : `${program} is not installed`;
}

/** What a program prints on standard output; throws with what it says when it fails. */
export function output(program: string, args: readonly string[]): string {
  // A UTF-8 locale, else programs read Japanese passwords of their command line as something else.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env });
}

/** A folder of its own that removes itself. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'koshin-interop-'));

  file(name: string): string {
    return join(this.path, name);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
