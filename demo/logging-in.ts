// Steps ① to ⑤: from the institution's page to 重要なお知らせ. The words are the instruction sheet's own,
// written out here, so that a changed word of a page is noticed.
import assert from 'node:assert/strict';
import { SAMPLE_PIN } from '../src/sample/people.ts';
import { pickerStill } from '../test/browsers/picker.ts';
import { chooseLockedRow, chooseRow, unlockStore } from './choose-certificate.ts';
import {
  act,
  expected,
  follow,
  heading,
  type Journey,
  photograph,
  photographPage,
  press,
  publicAddress,
  TRAVELLER,
} from './journey.ts';
import { authoritiesNamed, heldByTraveller, issuerOf } from './judge.ts';

/** ① The institution's page; 利用者ログイン. */
export async function openTopPage(on: Journey): Promise<void> {
  const old = (await heldByTraveller(on)).find(({ state }) => state === 'current');
  assert.ok(old, 'no certificate is current');
  on.notes.oldCertificate = old.sha256;
  on.notes.actions.push('the browser');
  await act('the page', on, async () => await on.page.goto(publicAddress('/', on)));
  await heading('みほん信用金庫', on);
  await photographPage('01-top', on);
  await follow('利用者ログイン', '利用者ログイン', on);
}

/** ② 電子証明書方式 利用者ログイン. */
export async function startLogin(on: Journey): Promise<void> {
  await photographPage('02-login', on);
  await startPicking(on);
}

/** Presses 電子証明書方式 利用者ログイン; the picker stands between this and the next page. */
export async function startPicking(on: Journey): Promise<void> {
  const name = '電子証明書方式 利用者ログイン';
  const link = on.page.getByRole('link', { name, exact: true });
  await act(name, on, async () => {
    const click = async () => await link.click({ noWaitAfter: true });
    await expected(`the link ${name}`, on, click);
  });
}

/** ③ The picker names this institution's certificates only; the person's own is chosen. */
export async function chooseCertificate(on: Journey): Promise<void> {
  const named = await authoritiesNamed(on);
  assert.deepEqual(named, [issuerOf(on)], 'authorities named in the handshake');
  on.notes.found = `${named.length} authority named`;
  if (on.screen === undefined) return;
  await pickerStill(on.screen);
  await photograph('03-picker', on);
  // The colleague's certificate ends later, so that Chromium lists it first.
  await chooseLockedRow(1, on);
}

/** ④ The key store asks for its own password, once; Koshin asks nothing. */
export async function useKey(on: Journey): Promise<void> {
  const { page, screen, notes } = on;
  await unlockStore('04-key-store', on);
  assert.equal(notes.storePrompts, screen === undefined ? 0 : 1, 'prompts of the key store');
  await heading('利用者暗証番号の入力', on);
  const shown = await page.locator('dd.strong').allTextContents();
  assert.deepEqual(shown, [TRAVELLER.contract, TRAVELLER.user], 'certificate that was shown');
  assert.deepEqual(notes.dialogs, [], 'dialogs of Koshin');
  notes.found = `${notes.storePrompts} prompt of the key store, ${notes.dialogs.length} of Koshin`;
}

/** ⑤ 利用者暗証番号, ログイン, and 重要なお知らせ. */
export async function logIn(on: Journey): Promise<void> {
  await photographPage('05-pin', on);
  await givePin(on);
  await heading('重要なお知らせ', on);
}

/** Logs in once more, choosing the certificate in the given row. */
export async function logInAgain(row: number, on: Journey): Promise<void> {
  await chooseRow(row, on);
  await heading('利用者暗証番号の入力', on);
  await givePin(on);
  await heading('重要なお知らせ', on);
}

/** 利用者暗証番号, ログイン. */
export async function givePin(on: Journey): Promise<void> {
  const { page } = on;
  await act('利用者暗証番号', on, async () => {
    await page.getByLabel('利用者暗証番号', { exact: true }).fill(SAMPLE_PIN);
  });
  await press('ログイン', on);
}
