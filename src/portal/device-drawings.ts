// Drawings of what a device asks when a passkey is used or made.

import type { Frame } from '../frame/document.ts';
import { type Html, html } from '../http/html.ts';
import { DRAWN } from '../words/device-help.ts';
import { inLanguage } from '../words/language.ts';
import { buttons, drawn, HIDDEN, mark, marked, option, window } from './drawn-window.ts';

/** What there is a drawing of. */
export type DrawingName = 'windows' | 'mac' | 'key' | 'none' | 'qr';

/** A drawing with its sentence. */
export function drawing(name: DrawingName, inWords: string, frame: Frame): Html {
  return drawn(WINDOWS_OF[name](frame), inWords);
}

const WINDOWS_OF: Readonly<Record<DrawingName, (frame: Frame) => readonly Html[]>> = {
  windows: (frame) => {
    const say = inLanguage(frame.language);
    const pin = html`<span>${say(DRAWN.devicePin)}</span>${HIDDEN}`;
    const content = html`<b>${say(DRAWN.confirm)}</b>${marked(1, names(frame))}${marked(2, pin)}`;
    const pressed = buttons([say(DRAWN.ok), say(DRAWN.cancel)], mark(3));
    return [window(say(DRAWN.windows), html`${content}${pressed}`)];
  },
  mac: (frame) => {
    const say = inLanguage(frame.language);
    const finger = html`${FINGERPRINT}<span class="middle">${say(DRAWN.finger)}</span>`;
    const content = html`<b>${say(DRAWN.signIn)}</b>${marked(1, names(frame))}${marked(2, finger)}`;
    return [window('Touch ID', html`${content}${buttons([say(DRAWN.cancel)])}`)];
  },
  key: (frame) => {
    const say = inLanguage(frame.language);
    const pin = marked(1, html`<b>${say(DRAWN.keyPin)}</b>${HIDDEN}`);
    const touch = marked(2, html`<b>${say(DRAWN.touchKey)}</b>${KEY}`);
    return [
      window(say(DRAWN.key), html`${pin}${buttons([say(DRAWN.next), say(DRAWN.cancel)])}`),
      window(say(DRAWN.key), html`${touch}${buttons([say(DRAWN.cancel)])}`),
    ];
  },
  none: (frame) => {
    const say = inLanguage(frame.language);
    const site = html`<b>${say(DRAWN.none)}</b><span>${frame.passkeyDomain}</span>`;
    return [window(null, html`${site}${buttons([say(DRAWN.close)])}`)];
  },
  qr: (frame) => {
    const say = inLanguage(frame.language);
    const scan = html`<b>${say(DRAWN.scan)}</b>${QR_CODE}${buttons([say(DRAWN.back)], mark(1))}`;
    const chosen = option(say(DRAWN.thisDevice), 'chosen', mark(2));
    const others = [DRAWN.phone, DRAWN.key].map((text) => option(say(text), 'other'));
    return [window(null, scan), window(null, html`<b>${say(DRAWN.choose)}</b>${chosen}${others}`)];
  },
};

/** Of the site and of an invented passkey. */
function names(frame: Frame): Html {
  const name = `00012345678 suzuki01 ${frame.institution.code} 2027-12`;
  return html`<span>${frame.passkeyDomain}</span><span class="mono">${name}</span>`;
}

const FINGERPRINT = html`<svg viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round"><path d="M10 30v-7a14 14 0 0 1 28 0v5"/><path d="M15.5 36v-13a8.5 8.5 0 0 1 17 0v9q0 3-1 6"/><path d="M21 40q1-3 1-7v-10a3 3 0 0 1 5 0v9q0 6-2 10"/></svg>`;

const KEY = html`<svg viewBox="0 0 72 48" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round"><rect x="4" y="14" width="42" height="20" rx="5"/><path d="M46 18h20v12h-20M52 22h8M52 26h8"/><circle cx="24" cy="24" r="5" fill="currentColor"/><path d="M24 4v5M24 39v5M12 7l3 4M36 7l-3 4" stroke-linecap="round"/></svg>`;

/** A pattern that no camera reads. */
const QR_CODE = html`<svg viewBox="0 0 48 48" fill="currentColor"><path fill-rule="evenodd" d="M4 4h14v14h-14zM8 8v6h6v-6zM30 4h14v14h-14zM34 8v6h6v-6zM4 30h14v14h-14zM8 34v6h6v-6z"/><path d="M22 4h4v6h-4zM22 14h4v4h-4zM4 22h6v4h-6zM14 22h8v4h-8zM26 22h6v4h-6zM38 22h6v4h-6zM22 30h4v8h-4zM30 30h4v4h-4zM38 30h6v4h-6zM30 38h8v6h-8zM22 42h4v2h-4z"/></svg>`;
