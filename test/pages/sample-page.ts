// What pictures and the accessibility test know of a page.
import type { Html } from '../../src/http/html.ts';
import type { Language } from '../../src/words/language.ts';

export type SamplePage = {
  readonly name: string;
  readonly render: (language: Language) => Html;
  /** Run in the page once it is shown, in place of the page's own script. */
  readonly act?: string;
};
