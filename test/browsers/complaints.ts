// What a page's author would have to mend, among all that a browser writes on its console. No test itself.
import type { ConsoleMessage } from 'playwright-core';

/**
 * Notes a message of the console, unless it is a remark of the browser's own. That a field needed no focus, having
 * been typed in before the page was drawn, says only who was quicker.
 */
export function noteConsole(message: ConsoleMessage, complaints: string[]): void {
  if (message.type() !== 'info') complaints.push(`console: ${message.text()}`);
}
