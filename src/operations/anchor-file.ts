// Checkpoints outside the database: one line each in a file that is only appended to. Other places (mail,
// a second machine) would be told the same lines.
import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Anchor, formatAnchor, parseAnchor } from '../audit/anchor.ts';
import { Refusal } from '../errors.ts';

const NAME = 'checkpoints.jsonl';
/** Lines have about 350 octets. */
const TAIL_OCTETS = 65_536;
const LINE_FEED = 0x0a;

/** The file in the folder. */
export function anchorFile(folder: string): string {
  return join(folder, NAME);
}

/** Appends a line; it is on disk when this returns. */
export async function appendAnchor(
  anchor: Omit<Anchor, 'checkpoint'>,
  folder: string,
): Promise<void> {
  const isNew = !existsSync(anchorFile(folder));
  await using file = await open(anchorFile(folder), 'a+', 0o600);
  // A line that was cut off by a crash must not take this one with it.
  const start = (await endsWhole(file)) ? '' : '\n';
  await file.appendFile(`${start}${formatAnchor(anchor)}`);
  await file.datasync();
  if (!isNew) return;
  await using parent = await open(folder, 'r');
  await parent.sync();
}

/** The last whole line; undefined where there is no file. The folder must be there. */
export async function newestAnchor(folder: string): Promise<Anchor | undefined> {
  {
    await using parent = await open(folder, 'r');
    await parent.stat();
  }
  if (!existsSync(anchorFile(folder))) return undefined;
  await using file = await open(anchorFile(folder), 'r');
  const { size } = await file.stat();
  const tail = Buffer.alloc(Math.min(size, TAIL_OCTETS));
  await file.read(tail, 0, tail.length, size - tail.length);
  const newest = tail
    .toString('utf8')
    .split('\n')
    .map(anchorOrNot)
    .findLast((one) => one !== undefined);
  if (newest === undefined && size > 0) {
    throw new Error(`${anchorFile(folder)} does not end in a checkpoint`);
  }
  return newest;
}

/** Every whole line, oldest first; of what is no checkpoint, the number of the line. */
export async function* readAnchors(
  folder: string,
): AsyncGenerator<Anchor | { readonly unreadable: number }> {
  if (!existsSync(anchorFile(folder))) return;
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(anchorFile(folder)) })) {
    number += 1;
    if (line !== '') yield anchorOrNot(line) ?? { unreadable: number };
  }
}

async function endsWhole(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === LINE_FEED;
}

function anchorOrNot(line: string): Anchor | undefined {
  try {
    return parseAnchor(line);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
