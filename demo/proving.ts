// Steps ⑪ to ⑬: the new certificate is proved, the window closed, and the old one is no longer of use.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { BrowserHome } from '../test/browsers/browser-home.ts';
import { openChromium } from '../test/browsers/chromium.ts';
import { pickerStill } from '../test/browsers/picker.ts';
import { chooseRow } from './choose-certificate.ts';
import {
  act,
  COMPLETED,
  follow,
  heading,
  type Journey,
  photograph,
  photographPage,
  press,
  publicAddress,
  TRAVELLER,
} from './journey.ts';
import { openSessions } from './judge.ts';
import { logInAgain, startPicking } from './logging-in.ts';
import { bothOf } from './renewing.ts';

/** Chromium lists what ends later first: the new certificate, the colleague's, the old one. */
const ROWS = { new: 0, old: 2 } as const;

/** ⑪ 電子証明書のインストールが完了しました, after the proof and not before. */
export async function prove(on: Journey): Promise<void> {
  assert.deepEqual(on.notes.completedOn, [], `pages that held ${COMPLETED} before the proof`);
  assert.deepEqual(await statesOf(on), ['current', 'issued'], 'states before the proof');
  await press('確認', on);
  if (on.screen !== undefined) {
    await pickerStill(on.screen);
    await photograph('11-picker', on);
  }
  await chooseRow(ROWS.new, on);
  await heading(COMPLETED, on);
  const states = await statesOf(on);
  assert.deepEqual(states, ['superseded', 'current'], 'states after the proof');
  on.notes.found = `old ${states[0]}, new ${states[1]}`;
  await photographPage('11-completed', on);
}

/** The page of ⑪ asks for this: the file and what is left of it are deleted. */
export async function deleteFile(on: Journey): Promise<void> {
  const { file } = on.notes;
  assert.ok(file, 'no file was saved');
  await act('delete the file', on, async () => await rm(file.path));
  on.notes.actions.push('empty the bin');
}

/** ⑫ このウィンドウを閉じる leads to お知らせ in the new session. */
export async function closeWindow(on: Journey): Promise<void> {
  await follow('このウィンドウを閉じる', '重要なお知らせ', on);
  const [, successor] = await bothOf(on);
  assert.deepEqual(await openSessions(on), [successor.sha256], 'certificates of open sessions');
  await photographPage('12-notices', on);
}

/** ⑬ ログオフ; the same browser asks again, the old certificate is refused, the new one accepted. */
export async function logOff(on: Journey): Promise<void> {
  await endSession(on);
  const { actions } = on.notes;
  on.notes.actions = [];
  await follow('利用者ログイン', '利用者ログイン', on);
  await showOld(on);
  await logInAgain(ROWS.new, on);
  await photographPage('13-new-accepted', on);
  // The sheet ends with ログオフ: what was done after it was done to see, and is not counted.
  on.notes.actions = actions;
  assert.equal(on.notes.storePrompts, on.screen === undefined ? 0 : 1, 'prompts of the key store');
  on.notes.found = 'asked again: old refused, new accepted';
}

/** ログオフ itself: no session of the person is left. */
export async function endSession(on: Journey): Promise<void> {
  await press('ログオフ', on);
  await heading('ログオフしました', on);
  assert.deepEqual(await openSessions(on), [], 'certificates of open sessions');
  await photographPage('13-logged-off', on);
}

/** Shows the old certificate, sees its page, and stands before the picker again. */
async function showOld(on: Journey): Promise<void> {
  const { screen, page } = on;
  if (screen === undefined) return await showOldElsewhere(on);
  await startPicking(on);
  await pickerStill(screen);
  await photograph('13-asked-again', on);
  await chooseRow(ROWS.old, on);
  await heading('新しい電子証明書をお選びください', on);
  await photographPage('13-old-refused', on);
  await page.getByRole('link', { name: '別の電子証明書を選ぶ' }).click({ noWaitAfter: true });
}

/** The policy that answers the picker takes the newest: the old one is shown from a home without it. */
async function showOldElsewhere(on: Journey): Promise<void> {
  const { bank, page } = on;
  await using home = await BrowserHome.open(bank.serverAuthorityFile);
  await home.import('old', await bank.identityOf(`${TRAVELLER.contract}-${TRAVELLER.user}`));
  await using browser = await openChromium(home);
  await browser.page.goto(publicAddress('/login', on));
  await heading('新しい電子証明書をお選びください', { ...on, page: browser.page });
  await photographPage('13-old-refused', { ...on, page: browser.page });
  await act('login', on, async () => await page.goto(publicAddress('/login', on)));
}

/** States of the certificate at the start and of its successor. */
export async function statesOf(on: Journey): Promise<readonly string[]> {
  return (await bothOf(on)).map(({ state }) => state);
}
