// The key in the device, in Debian's Firefox ESR with its own passkeys in software: from a file to the device,
// log off, and login by passkey.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { SIGNED_IN } from '../../src/words/frame.ts';
import { LOGGED_OFF, PIN } from '../../src/words/login.ts';
import { NOTICES } from '../../src/words/notices.ts';
import { PASSKEY_LOGIN } from '../../src/words/passkey.ts';
import { COMPLETED, RENEWAL } from '../../src/words/renewal.ts';
import { BrowserHome } from '../browsers/browser-home.ts';
import { unlessFirefox } from '../browsers/firefox.ts';
import { MarionetteFirefox } from '../browsers/firefox-by-marionette.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { makeCustomer } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const skip = unlessInstalled('pk12util') || unlessFirefox;

let koshin: TestKoshin;

suite('a passkey in Firefox', { skip, concurrency: false }, () => {
  before(async () => {
    const now = new Date();
    koshin = await openTestKoshin({ now: new Date(now.getTime() - 345 * DAY_MS) });
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  test('from a file to the device, and login by passkey', async () => {
    const { shows } = await makeCustomer('suzuki01', koshin);
    koshin.clock.set(new Date());
    await using home = await BrowserHome.open(koshin.serverAuthorityFile, { browser: 'firefox' });
    await home.import('suzuki01', shows);
    await using firefox = await MarionetteFirefox.open(home);
    await firefox.goto(`https://${koshin.mihon.publicHost}:${koshin.port}/login`);
    const at = await firefox.heading(PIN.title.ja);
    await givePin(firefox);
    await firefox.heading(NOTICES.important.ja);
    await firefox.goto(new URL('/renewal', at).href);
    await firefox.heading(RENEWAL.title.ja);
    await firefox.choose('home', 'device');
    await firefox.press(RENEWAL.renew.ja);
    const completed = await firefox.heading(COMPLETED.title.ja);
    assert.equal(new URL(completed).hostname, koshin.mihon.membersDomain);
    await firefox.press(SIGNED_IN.logOff.ja);
    await firefox.heading(LOGGED_OFF.title.ja);
    await firefox.goto(`https://${koshin.mihon.membersDomain}:${koshin.port}/`);
    await firefox.press(PASSKEY_LOGIN.method.ja);
    await firefox.heading(PIN.title.ja);
    await givePin(firefox);
    await firefox.heading(NOTICES.important.ja);
  });
});

async function givePin(firefox: MarionetteFirefox): Promise<void> {
  await firefox.fill('pin', TEST_PIN);
  await firefox.press(PIN.logIn.ja);
}
