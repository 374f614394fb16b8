// The environment of a browser as a person has it: a home of their own, and a locale that knows Japanese file names.
import type { BrowserHome } from './browser-home.ts';

/** The locale of a desktop; under that of a bare shell a browser neither saves nor sends 更新.p12 by its name. */
export const LOCALE = { LC_ALL: 'C.UTF-8' } as const;

/** The variables of a browser with this home, on a display or none. */
export function personsEnvironment(
  home: Pick<BrowserHome, 'folder'>,
  display?: { readonly name: string },
): Record<string, string | undefined> {
  const own = { HOME: home.folder, ...(display && { DISPLAY: display.name }) };
  return { ...process.env, ...LOCALE, ...own };
}
