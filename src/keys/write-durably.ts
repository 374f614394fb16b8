// Files that are whole and on disk, or not there. Not for what changes often.
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a new file and returns once it is on disk under its name. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const temporary = `${file}.new`;
  {
    await using handle = await open(temporary, 'wx', 0o600);
    await handle.writeFile(text);
    await handle.sync();
  }
  await rename(temporary, file);
  await using folder = await open(dirname(file), 'r');
  await folder.sync();
}
