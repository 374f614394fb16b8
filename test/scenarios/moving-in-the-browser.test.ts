// Moving in, in a real Chromium: the browser offers the former CA's certificate, because the handshake names that CA;
// the notice leads to the renewal, and the next login is with ours.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SIGNED_IN } from '../../src/words/frame.ts';
import { LOGGED_OFF } from '../../src/words/login.ts';
import { RENEWAL } from '../../src/words/renewal.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { BrowserHome } from '../browsers/browser-home.ts';
import { openChromium } from '../browsers/chromium.ts';
import {
  confirmNew,
  delivered,
  heading,
  logIn,
  openRenewal,
  saveAndImport,
} from '../browsers/renewing-person.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { FormerCa } from '../system/former-ca.ts';
import { acceptFormer, importLines, register, untilNamed, wholeLine } from '../system/moving.ts';
import { openTestKoshin } from '../system/test-koshin.ts';

const skip = unlessPolicies || unlessInstalled('pk12util') || unlessInstalled('openssl');

suite('moving in, in the browser', { skip }, () => {
  test('login with the certificate of the former CA, renewal, login with ours', async () => {
    // Browsers go by the machine's clock.
    await using koshin = await openTestKoshin({ now: new Date() });
    await using former = await FormerCa.open();
    const own = await former.issue('/O=Sakura/CN=kyu-suzuki01');
    // Made after the system was started, whose clock stands still.
    koshin.clock.set(new Date());
    await register('suzuki01', koshin);
    await acceptFormer(former, koshin);
    await importLines([wholeLine('suzuki01', own)], {}, koshin);
    await untilNamed(true, koshin);
    const { membersDomain, issuingName } = koshin.mihon;
    const hosts = `[*.]${membersDomain}:${koshin.port}`;
    await using _policies = await selectAutomatically(hosts, 'Kyu Ninsho CA G2', [
      [hosts, issuingName],
    ]);
    await using home = await BrowserHome.open(koshin.serverAuthorityFile);
    await home.import('own', own.shows);
    await using browser = await openChromium(home);
    const { page } = browser;
    await logIn(page, koshin);
    await openRenewal(page);
    await page.getByRole('button', { name: RENEWAL.renew.ja, exact: true }).click();
    await delivered(page);
    await saveAndImport(page, { home });
    await confirmNew(page);
    await page.getByRole('button', { name: SIGNED_IN.logOff.ja, exact: true }).first().click();
    await heading(page, LOGGED_OFF.title.ja);
    await logIn(page, koshin);
    const others = browser.complaints.filter((complaint) => !complaint.startsWith('request: '));
    assert.deepEqual(others, []);
    const rows = await koshin.house.db
      .selectFrom('certificate')
      .select(['state', 'renewable_from'])
      .where('user_id', '=', 'suzuki01')
      .orderBy('issued_at')
      .execute();
    assert.deepEqual(
      rows.map(({ state, renewable_from: from }) => [state, from !== null]),
      [
        ['superseded', true],
        ['current', false],
      ],
    );
  });
});
