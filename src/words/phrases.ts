// Where a line of Japanese may break without tearing a phrase apart: browsers break it between any two
// characters, and most know no better. A rule of thumb, not a parser.

/**
 * A phrase ends with 、 or 。 or the particle を, or with hiragana or a closing bracket before anything else, or with a
 * long verb before こと or もの. お and ご belong to what follows them; the second half of a compound verb (取り込む), その他 and
 * もう一度 stay whole.
 */
const BORDER =
  /(?<=[、。を])(?![、。」)])|(?<=[\p{Script=Hiragana}」)])(?<![おご]|もう(?=一度))(?=[おご]?\p{Script=Han}|[\p{Script=Katakana}\p{Script=Latin}\d「(])(?![込直替換合付訳他]|取れ)|(?<=[^、。を]{7}[るいたうく])(?=(?:こと|もの)[はがをにでも])/u;

/** Splits a text into phrases; a text without Japanese is one. */
export function phrasesOf(text: string): readonly string[] {
  return text.split(BORDER);
}
