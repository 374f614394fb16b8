// The script element of a page that has one: our own, from this host, held to its digest.
import { type Html, html } from '../http/html.ts';

/** A script of our own, loaded from this host. */
export type PageScript = { readonly src: string; readonly integrity: string };

/** The element that loads a script. */
export function scriptElement({ src, integrity }: PageScript): Html {
  return html`<script type="module" src="${src}" integrity="${integrity}"></script>`;
}
