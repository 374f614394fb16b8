// Drawings of what each system shows while a certificate's file is imported; their numbers are those of the guide's steps.
import type { Frame } from '../frame/document.ts';
import { type Html, html } from '../http/html.ts';
import type { System } from '../words/import-guides.ts';
import { DRAWN_IMPORT, IMPORT_DRAWINGS } from '../words/import-help.ts';
import { inLanguage } from '../words/language.ts';
import { buttons, drawn, HIDDEN, mark, marked, option, window } from './drawn-window.ts';

type Say = (text: (typeof DRAWN_IMPORT)[keyof typeof DRAWN_IMPORT]) => string;

/** The windows of one system, as one picture. */
export function importDrawing(system: System, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return drawn(WINDOWS_OF[system](say, frame), say(IMPORT_DRAWINGS[system]));
}

const WINDOWS_OF: Readonly<Record<System, (say: Say, frame: Frame) => readonly Html[]>> = {
  windows: (say, frame) => [
    window(say(DRAWN_IMPORT.downloads), marked(1, file(frame))),
    window(
      say(DRAWN_IMPORT.wizard),
      html`${marked(2, html`<b>${say(DRAWN_IMPORT.location)}</b>${option(say(DRAWN_IMPORT.currentUser), 'chosen')}${option(say(DRAWN_IMPORT.localMachine), 'other')}`)}${buttons([say(DRAWN_IMPORT.next), say(DRAWN_IMPORT.cancel)])}`,
    ),
    window(
      say(DRAWN_IMPORT.wizard),
      html`${marked(3, html`<b>${say(DRAWN_IMPORT.password)}</b>${HIDDEN}`)}${buttons([say(DRAWN_IMPORT.next), say(DRAWN_IMPORT.cancel)])}`,
    ),
    window(
      say(DRAWN_IMPORT.wizard),
      html`${marked(4, html`${option(say(DRAWN_IMPORT.automatic), 'chosen')}${option(say(DRAWN_IMPORT.byHand), 'other')}`)}${buttons([say(DRAWN_IMPORT.next), say(DRAWN_IMPORT.finish)])}`,
    ),
    window(
      null,
      html`<b>${say(DRAWN_IMPORT.success)}</b>${buttons([say(DRAWN_IMPORT.ok)], mark(5))}`,
    ),
  ],
  macos: (say, frame) => [
    window(say(DRAWN_IMPORT.downloads), marked(1, file(frame))),
    window(
      say(DRAWN_IMPORT.keychainAccess),
      html`${marked(2, html`<b>${say(DRAWN_IMPORT.keychain)}</b>${option(say(DRAWN_IMPORT.login), 'chosen')}${option(say(DRAWN_IMPORT.system), 'other')}`)}${buttons([say(DRAWN_IMPORT.add), say(DRAWN_IMPORT.cancel)])}`,
    ),
    window(
      say(DRAWN_IMPORT.keychainAccess),
      html`${marked(3, html`<b>${say(DRAWN_IMPORT.filePassword)}</b>${HIDDEN}`)}${buttons([say(DRAWN_IMPORT.ok), say(DRAWN_IMPORT.cancel)])}`,
    ),
    window(
      null,
      html`<b>${say(DRAWN_IMPORT.mayUse)}</b>${marked(4, html`<span>${say(DRAWN_IMPORT.macPassword)}</span>${HIDDEN}`)}${buttons([say(DRAWN_IMPORT.allow), say(DRAWN_IMPORT.deny)])}`,
    ),
  ],
  firefox: (say, frame) => [
    window(
      `Firefox ${say(DRAWN_IMPORT.settings)}`,
      html`${option(say(DRAWN_IMPORT.privacy), 'chosen', mark(1))}${buttons([say(DRAWN_IMPORT.manage)], mark(2))}`,
    ),
    window(
      say(DRAWN_IMPORT.manager),
      html`${option(say(DRAWN_IMPORT.yours), 'chosen', mark(3))}${option(say(DRAWN_IMPORT.others), 'other')}${buttons([say(DRAWN_IMPORT.import)])}${file(frame)}`,
    ),
    window(
      null,
      html`${marked(4, html`<b>${say(DRAWN_IMPORT.filePassword)}</b>${HIDDEN}`)}${buttons([say(DRAWN_IMPORT.ok), say(DRAWN_IMPORT.cancel)])}`,
    ),
  ],
  linux: (say, frame) => [
    window(
      `Chrome ${say(DRAWN_IMPORT.settings)}`,
      html`${option(say(DRAWN_IMPORT.privacy), 'chosen', mark(1))}${option(say(DRAWN_IMPORT.security), 'chosen')}`,
    ),
    window(
      say(DRAWN_IMPORT.manage),
      html`${option(say(DRAWN_IMPORT.clients), 'chosen', mark(2))}${buttons([say(DRAWN_IMPORT.import)])}`,
    ),
    window(
      null,
      html`${file(frame)}${marked(3, html`<b>${say(DRAWN_IMPORT.filePassword)}</b>${HIDDEN}`)}${buttons([say(DRAWN_IMPORT.ok), say(DRAWN_IMPORT.cancel)])}`,
    ),
  ],
};

/** The saved file, of an invented person. */
function file(frame: Frame): Html {
  const name = `${frame.institution.name}_suzuki01_2027-12.p12`;
  return html`${CERTIFICATE_FILE}<span class="mono middle">${name}</span>`;
}

const CERTIFICATE_FILE = html`<svg viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round"><path d="M10 4h20l8 8v32h-28z"/><path d="M30 4v8h8M16 20h16M16 26h9" stroke-linecap="round"/><circle cx="29" cy="32" r="5"/><path d="M26 36v7l3-2 3 2v-7"/></svg>`;
