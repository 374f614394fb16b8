// What the tests in a browser call a complaint: what the page is to blame for, and not who was quicker.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { noteConsole } from '../browsers/complaints.ts';
import { hasChromium, openBrowser } from '../pages/page-browser.ts';

const skip = hasChromium ? false : 'Chromium is not installed';
let browser: Browser;

before(async () => {
  if (!skip) browser = await openBrowser();
});
after(async () => {
  if (!skip) await browser.close();
});

test('a field typed in before its page is drawn is no complaint', { skip }, async () => {
  const { messages, complaints } = await consoleOf(
    '<input autofocus><input id="next"><script>document.querySelector("#next").focus()</script>',
  );
  assert.match(messages.join(), /Autofocus processing was blocked/);
  assert.deepEqual(complaints, []);
});

for (const { of, markup } of [
  { of: 'a script that fails', markup: '<script>console.error("failed")</script>' },
  { of: 'a script that warns', markup: '<script>console.warn("failed")</script>' },
  { of: 'a remark left in a script', markup: '<script>console.info("failed")</script>' },
  { of: 'a line left in a script', markup: '<script>console.log("failed")</script>' },
  {
    of: 'what the content policy refused',
    markup: `<meta http-equiv="content-security-policy" content="script-src 'none'"><script>1</script>`,
  },
]) {
  test(`${of} is a complaint`, { skip }, async () => {
    const { messages, complaints } = await consoleOf(markup);
    assert.equal(complaints.length, 1);
    assert.deepEqual(
      complaints,
      messages.map((text) => `console: ${text}`),
    );
  });
}

/** What a page of this markup writes on the console, until it wrote something, and what of it is a complaint. */
async function consoleOf(
  markup: string,
): Promise<{ messages: readonly string[]; complaints: readonly string[] }> {
  const messages: string[] = [];
  const complaints: string[] = [];
  const page = await browser.newPage();
  page.on('console', (message) => {
    messages.push(message.text());
    noteConsole(message, complaints);
  });
  const written = page.waitForEvent('console');
  await page.setContent(markup);
  await written;
  await page.close();
  return { messages, complaints };
}
