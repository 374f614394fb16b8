// The document around every page: head, header, account bar, main, footer. Nothing in it costs a request.
import { type Html, html } from '../http/html.ts';
import { FRAME } from '../words/frame.ts';
import { inLanguage, type Language } from '../words/language.ts';
import { inPhrases } from './in-phrases.ts';
import { PUBLIC_PATHS } from './paths.ts';
import { STYLE } from './style.ts';

/** What every page needs to know besides its own view; texts are in the frame's language. */
export type Frame = {
  readonly language: Language;
  /** The same page in the other language; null where it cannot be asked for again. */
  readonly otherLanguageHref: string | null;
  readonly institution: { readonly name: string; readonly code: string };
  readonly contact: { readonly desk: string; readonly phone: string; readonly hours: string };
  /** Origin of the institution's public host, such as `https://mihon.localhost:8443`. */
  readonly publicOrigin: string;
  /** Address at which a login begins anew, the way this one began. */
  readonly loginAddress: string;
  /** Address of the login by passkey. */
  readonly passkeyAddress: string;
  /** Domain to which the institution's passkeys belong. */
  readonly passkeyDomain: string;
};

type Parts = {
  readonly title: string;
  readonly main: Html;
  /** Above main, over the whole width. */
  readonly account?: Html;
  /** The top page's heading is the institution's name, so its header does not repeat it. */
  readonly isTop?: true;
  /** What is served, where it is not the bank for companies. */
  readonly product?: string;
  /** A script of the page, already built by the caller. */
  readonly script?: Html | null;
};

/** Builds the whole document around a page's main part. */
export function document(parts: Parts, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = parts.isTop
    ? `${parts.title} ${say(FRAME.product)}`
    : `${parts.title} | ${frame.institution.name}`;
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">${say(FRAME.skip)}</a>
<header class="site"><div class="wrap">${brand(parts, frame)}${languageSwitch(frame)}</div></header>
${parts.account}
<main id="main" tabindex="-1">${parts.main}</main>
<footer class="foot"><div class="wrap">${contact(frame)}</div></footer>
${parts.script}
</body>
</html>
`;
}

/** Address of a path on the institution's public host. */
export function onPublicHost(frame: Frame, path: string): string {
  return frame.publicOrigin + path;
}

function brand(parts: Parts, frame: Frame): Html {
  const { product = inLanguage(frame.language)(FRAME.product) } = parts;
  if (parts.isTop) return html`<span class="brand"><span>${product}</span></span>`;
  return html`<a class="brand" href="${onPublicHost(frame, PUBLIC_PATHS.top)}"><b>${frame.institution.name}</b><span>${product}</span></a>`;
}

function languageSwitch(frame: Frame): Html | null {
  if (frame.otherLanguageHref === null) return null;
  const label = inLanguage(frame.language)(FRAME.language);
  const [other, name] = frame.language === 'ja' ? ['en', 'English'] : ['ja', '日本語'];
  const link = html`<a href="${frame.otherLanguageHref}" lang="${other}" hreflang="${other}">${name}</a>`;
  return html`<nav class="languages" aria-label="${label}">${link}</nav>`;
}

function contact(frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { desk, phone, hours } = frame.contact;
  return html`<h2>${inPhrases(say(FRAME.contact))}</h2>
<p class="desk">${desk}</p>
<p><span class="phone">${phone}</span></p>
<p class="quiet small">${say(FRAME.hours)} ${hours}</p>`;
}
