// Text into CP932, by the platform's own decoder turned round: what it reads is what is written. Private characters
// are not written: they mean something else on each machine.

const LEADS = [range(0x81, 0x9f), range(0xe0, 0xec), range(0xfa, 0xfc)].flat();
const TRAILS = [range(0x40, 0x7e), range(0x80, 0xfc)].flat();
const UNREADABLE = '\u{FFFD}';

let table: ReadonlyMap<string, readonly number[]> | undefined;

/** The octets of a text; undefined where it has a character that CP932 does not have. */
export function encodeCp932(text: string): Uint8Array | undefined {
  const known = codes();
  const octets: number[] = [];
  for (const sign of text) {
    const code = known.get(sign);
    if (code === undefined) return undefined;
    octets.push(...code);
  }
  return Uint8Array.from(octets);
}

/** The characters of a text that CP932 does not have, each once. */
export function beyondCp932(text: string): readonly string[] {
  const known = codes();
  return [...new Set(Array.from(text).filter((sign) => !known.has(sign)))];
}

function codes(): ReadonlyMap<string, readonly number[]> {
  table ??= makeTable();
  return table;
}

function makeTable(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('shift_jis');
  const made = new Map<string, readonly number[]>();
  // Where two codes are read as one character, the first is written; of what NEC and IBM both chose, IBM's, whose leads
  // are left (Encoding Standard, §12.3.2).
  const add = (code: readonly number[]) => {
    const sign = decoder.decode(Uint8Array.from(code));
    const isOne = Array.from(sign).length === 1 && sign !== UNREADABLE;
    if (isOne && !made.has(sign)) made.set(sign, code);
  };
  for (const code of [...range(0x00, 0x7f), ...range(0xa1, 0xdf)]) add([code]);
  for (const lead of LEADS) for (const trail of TRAILS) add([lead, trail]);
  return made;
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}
