// In what a CSV file is written: UTF-8, with or without its mark, or CP932 (Shift_JIS as Windows has it). Octets are
// decoded strictly: a file that is neither is refused, with the line at which it shows.

/** What a file can be written in. */
export type FileEncoding = 'utf-8' | 'cp932';

/** How a file was found to be written; or the line at which it is neither, counted by line ends. */
export type FoundEncoding =
  | { readonly encoding: FileEncoding; readonly hasMark: boolean }
  | { readonly fault: 'utf-16' | 'encoding'; readonly line: number };

const LABELS: Readonly<Record<FileEncoding, string>> = { 'utf-8': 'utf-8', cp932: 'shift_jis' };
const PIECE = 65_536;
const LINE_FEED = 0x0a;

/** Finds it; where one is asked for, only that. */
export function findEncoding(file: Uint8Array, asked: FileEncoding | 'auto'): FoundEncoding {
  if (isUtf16(file)) return { fault: 'utf-16', line: 1 };
  const hasMark = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf;
  const tried: readonly FileEncoding[] = asked === 'auto' ? ['utf-8', 'cp932'] : [asked];
  const ends = tried.map((encoding) => ({ encoding, end: readableUntil(file, encoding) }));
  const found = ends.find(({ end }) => end === file.length);
  if (found !== undefined) return { encoding: found.encoding, hasMark };
  // The file is probably the one that could be read the furthest.
  const furthest = Math.max(...ends.map(({ end }) => end));
  return { fault: 'encoding', line: lineAt(file, furthest) };
}

/** The text of a file, in pieces; the octets are known to be of this encoding. */
export function* textOf(file: Uint8Array, encoding: FileEncoding): Generator<string> {
  const decoder = new TextDecoder(LABELS[encoding], { fatal: true });
  for (let at = 0; at < file.length; at += PIECE) {
    yield decoder.decode(file.subarray(at, at + PIECE), { stream: true });
  }
  yield decoder.decode();
}

function isUtf16(file: Uint8Array): boolean {
  const [first, second] = file;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** How many octets can be read, up to the piece in which one cannot; all of them where the whole file can. */
function readableUntil(file: Uint8Array, encoding: FileEncoding): number {
  const decoder = new TextDecoder(LABELS[encoding], { fatal: true });
  // Cut where lines end: in neither encoding is a line feed part of a longer character.
  let at = 0;
  while (at < file.length) {
    const wanted = file.indexOf(LINE_FEED, at);
    const end = wanted === -1 ? file.length : wanted + 1;
    if (!isReadable(file.subarray(at, end), decoder)) return at;
    at = end;
  }
  return at;
}

function isReadable(line: Uint8Array, decoder: TextDecoder): boolean {
  try {
    decoder.decode(line);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function lineAt(file: Uint8Array, end: number): number {
  let line = 1;
  for (
    let at = file.indexOf(LINE_FEED);
    at !== -1 && at < end;
    at = file.indexOf(LINE_FEED, at + 1)
  ) {
    line += 1;
  }
  return line;
}
