// The two languages people read here, and how one text is held in both.
// Not here: which language a request wants; routes decide that.

export type Language = 'ja' | 'en';

/** One text in both languages; leaving one out does not compile. */
export type Text<T = string> = { readonly ja: T; readonly en: T };

/** Several sentences or steps in both languages. */
export type Texts = Text<readonly string[]>;

/** Tells whether a value names one of the languages. */
export function isLanguage(value: unknown): value is Language {
  return value === 'ja' || value === 'en';
}

/** Returns what picks the given language out of a text. */
export function inLanguage(language: Language): <T>(text: Text<T>) => T {
  return (text) => text[language];
}
