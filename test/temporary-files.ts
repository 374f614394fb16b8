// Files for programs beside the tests, in a folder that goes with them. No test itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder, what is written there by its name, and its end. */
export function temporaryFiles(prefix: string) {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  return {
    folder,
    write: (name: string, contents: Uint8Array | string): string => {
      const file = join(folder, name);
      writeFileSync(file, contents);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
