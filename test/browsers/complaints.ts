// What a page's author would have to mend, among all that a browser writes on its console. No test itself.
import type { ConsoleMessage } from 'playwright-core';

const QUICKER =
  /^Autofocus processing was blocked because a document already has a focused element\.$/;

/**
 * Notes a message of the console, unless it is the browser's remark that a field needed no focus, having been typed in
 * before the page was drawn: that says only who was quicker.
 */
export function noteConsole(message: ConsoleMessage, complaints: string[]): void {
  if (!QUICKER.test(message.text())) complaints.push(`console: ${message.text()}`);
}
