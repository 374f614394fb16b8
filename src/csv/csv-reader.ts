// Reads CSV (RFC 4180) piece by piece: quotes, line breaks inside quotes, CRLF, LF or CR. What a spreadsheet reads is
// read; what it could read in two ways is marked, never repaired.

/** One record; `line` is its row as a spreadsheet numbers it, the first being 1. */
export type CsvRecord = {
  readonly line: number;
  readonly fields: readonly string[];
  /** Something stood behind a closing quote, or the quote was never closed. */
  readonly isBroken: boolean;
};

type State = 'start' | 'plain' | 'quoted' | 'quote';

const PLAIN = /[^,\r\n]+/y;

/** A reader; feed it the text in order, and end it. */
export class CsvReader {
  #state: State = 'start';
  #field = '';
  #fields: string[] = [];
  #isBroken = false;
  #line = 1;
  #isAfterReturn = false;
  #done: CsvRecord[] = [];

  /** The records that this piece of text completes; empty lines are counted and left out. */
  feed(text: string): readonly CsvRecord[] {
    let at = 0;
    while (at < text.length) at = this.#step(text, at);
    return this.#taken();
  }

  /** The last record, where the text did not end with a line break. */
  end(): readonly CsvRecord[] {
    if (this.#state === 'quoted') this.#isBroken = true;
    if (this.#state !== 'start' || this.#fields.length > 0) this.#endRecord();
    return this.#taken();
  }

  #step(text: string, at: number): number {
    if (this.#isAfterReturn) {
      this.#isAfterReturn = false;
      if (text[at] === '\n') return at + 1;
    }
    if (this.#state === 'quoted') return this.#quoted(text, at);
    const sign = text[at];
    if (sign === '"' && this.#state !== 'plain') return this.#quote(at);
    if (sign === ',') {
      this.#endField();
      return at + 1;
    }
    if (sign === '\n' || sign === '\r') {
      this.#isAfterReturn = sign === '\r';
      this.#endRecord();
      return at + 1;
    }
    return this.#plain(text, at);
  }

  #quoted(text: string, at: number): number {
    const next = text.indexOf('"', at);
    const end = next === -1 ? text.length : next;
    this.#field += text.slice(at, end);
    if (next === -1) return end;
    this.#state = 'quote';
    return end + 1;
  }

  /** The quote that opens a field, or the second one of two that stand for one. */
  #quote(at: number): number {
    if (this.#state === 'quote') this.#field += '"';
    this.#state = 'quoted';
    return at + 1;
  }

  #plain(text: string, at: number): number {
    if (this.#state === 'quote') this.#isBroken = true;
    this.#state = 'plain';
    PLAIN.lastIndex = at;
    const found = PLAIN.exec(text)?.[0] ?? '';
    this.#field += found;
    return at + found.length;
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#state = 'start';
  }

  #endRecord(): void {
    this.#endField();
    const fields = this.#fields;
    const isEmpty = fields.length === 1 && fields[0] === '' && !this.#isBroken;
    if (!isEmpty) this.#done.push({ line: this.#line, fields, isBroken: this.#isBroken });
    this.#fields = [];
    this.#isBroken = false;
    this.#line += 1;
  }

  #taken(): readonly CsvRecord[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }
}
