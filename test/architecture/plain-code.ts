// TypeScript source without its comments, and without the text of its strings. Not a parser:
// it knows just enough of the language to tell code, comment, string, template and regular expression apart.

/** The source at the same offsets: comments blanked, and in `bare` the text of strings as well. */
export type PlainCode = { readonly code: string; readonly bare: string };

type Place = 'line comment' | 'block comment' | 'string' | 'regex' | 'template' | 'code';

const BEFORE_REGEX =
  /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|throw|await|yield))\s*$/;

/** Blanks what is not code with spaces, keeping every line break and offset. */
export function plainCode(source: string): PlainCode {
  let code = '';
  let bare = '';
  for (const { place, text } of pieces(source)) {
    const blank = text.replaceAll(/[^\n]/g, ' ');
    const isComment = place === 'line comment' || place === 'block comment';
    code += isComment ? blank : text;
    // The marks around a string stay, so that an argument is still seen to be there.
    const hollow = text.slice(0, 1) + blank.slice(1, -1) + text.slice(1).slice(-1);
    bare += place === 'code' ? text : isComment ? blank : hollow;
  }
  return { code, bare };
}

function* pieces(source: string): Generator<{ place: Place; text: string }> {
  // The holes (`${`) of templates in which we are, each with the braces open inside it.
  const holes: number[] = [];
  let at = 0;
  let codeFrom = 0;
  while (at < source.length) {
    const place = endsHole(source[at], holes) ? 'template' : placeAt(source, at);
    if (place === 'code') {
      at += 1;
      continue;
    }
    const end = endOf(place, source, at);
    yield { place: 'code', text: source.slice(codeFrom, at) };
    yield { place, text: source.slice(at, end) };
    if (place === 'template' && source.slice(end - 2, end) === '${') holes.push(0);
    at = end;
    codeFrom = end;
  }
  yield { place: 'code', text: source.slice(codeFrom) };
}

/** Counts braces inside the innermost hole; true, leaving the hole, at the brace that ends it. */
function endsHole(char: string | undefined, holes: number[]): boolean {
  const open = holes.at(-1);
  if (open === undefined) return false;
  if (char === '{') holes[holes.length - 1] = open + 1;
  if (char !== '}') return false;
  if (open === 0) return holes.pop() !== undefined;
  holes[holes.length - 1] = open - 1;
  return false;
}

function placeAt(source: string, at: number): Place {
  const two = source.slice(at, at + 2);
  if (two === '//') return 'line comment';
  if (two === '/*') return 'block comment';
  const one = two[0];
  if (one === "'" || one === '"') return 'string';
  if (one === '`') return 'template';
  if (one === '/' && BEFORE_REGEX.test(source.slice(Math.max(0, at - 40), at))) return 'regex';
  return 'code';
}

const PIECES: Readonly<Record<Exclude<Place, 'code'>, RegExp>> = {
  'line comment': /\/\/[^\n]*/y,
  'block comment': /\/\*[\s\S]*?(?:\*\/|$)/y,
  string: /(['"])(?:\\[\s\S]|(?!\1)[^\\\n])*(?:\1|(?=\n)|$)/y,
  // A character class may hold an unescaped slash.
  regex: /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y,
  // From the opening backtick, or the brace that ends a hole, to the next hole or the closing one.
  template: /[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y,
};

function endOf(place: Exclude<Place, 'code'>, source: string, at: number): number {
  const pattern = PIECES[place];
  pattern.lastIndex = at;
  const found = pattern.exec(source);
  return found === null ? at + 1 : at + found[0].length;
}
