// Where a line of Japanese may break without tearing a phrase apart: browsers break it between any two
// characters, and most know no better. A rule of thumb for headings, not a parser.

/**
 * A phrase ends with 、 or 。, or with hiragana or a closing bracket before anything else. お and ご belong to what
 * follows them; the second half of a compound verb (取り込む) and その他 to what comes before.
 */
const BORDER =
  /(?<=[、。])(?![、。」)])|(?<=[\p{Script=Hiragana}」)])(?<![おご])(?=[おご]?\p{Script=Han}|[\p{Script=Katakana}\p{Script=Latin}\d「(])(?![込直替換合付訳他]|取れ|一度)/u;

/** Splits a text into phrases; a text without Japanese is one. */
export function phrasesOf(text: string): readonly string[] {
  return text.split(BORDER);
}
