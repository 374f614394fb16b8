// Steps ② to ④ where the key is in the device: the page with both ways, and a touch in the place of a picker.
import assert from 'node:assert/strict';
import {
  act,
  expected,
  follow,
  heading,
  type Journey,
  photographPage,
  press,
  TRAVELLER,
} from './journey.ts';
import { asksForCertificate } from './judge.ts';
import type { TouchedDevice } from './touched-device.ts';

const METHOD = 'パスキー方式 利用者ログイン';
const FILE_METHOD = '電子証明書方式 利用者ログイン';
const FOR_WHOM = '電子証明書の鍵を、この端末に保管している方';

/** ② パスキー方式 利用者ログイン, which stands beside 電子証明書方式 利用者ログイン. */
export async function startPasskeyLogin(on: Journey): Promise<void> {
  await photographPage('02-login', on);
  await openLoginHost(on);
}

/** ③ No picker: the host of passkeys asks for no certificate, and its one page has both ways. */
export async function pickNothing(on: Journey): Promise<void> {
  const { page, notes } = on;
  const { membersDomain } = on.bank.mihon;
  assert.equal(new URL(page.url()).hostname, membersDomain, 'host of the page');
  assert.ok(await asksForCertificate(`m-0000.${membersDomain}`, on), 'others do ask');
  assert.equal(await asksForCertificate(membersDomain, on), false, 'it asks for a certificate');
  await page.getByRole('link', { name: FILE_METHOD, exact: true }).waitFor();
  notes.found = 'no certificate asked for, both ways on the page';
  await photographPage('03-both-ways', on);
  await askDevice(on);
}

/** ④ The touch is the device's; whose certificate was used is said with the PIN. */
export async function touchDevice(on: Journey): Promise<void> {
  const { page, notes } = on;
  await photographPage('04-device-asked', on);
  await touch(on);
  await heading('利用者暗証番号の入力', on);
  const shown = await page.locator('dd.strong').allTextContents();
  assert.deepEqual(shown, [TRAVELLER.contract, TRAVELLER.user], 'certificate that was used');
  assert.match((await page.textContent('main')) ?? '', /鍵の保管場所\s*この端末 \(パスキー\)/);
  assert.deepEqual(notes.dialogs, [], 'dialogs of Koshin');
  notes.found = `1 touch, ${notes.dialogs.length} dialogs of Koshin`;
}

/** Goes from the ways in to the host of passkeys. */
export async function openLoginHost(on: Journey): Promise<void> {
  await follow(METHOD, '利用者ログイン', on);
  const wanted = on.page.getByRole('heading', { level: 2, name: FOR_WHOM, exact: true });
  await expected(`the page of ${METHOD}`, on, async () => await wanted.waitFor());
}

/** Presses パスキー方式 利用者ログイン on that host, so that the device is asked. */
export async function askDevice(on: Journey): Promise<void> {
  await press(METHOD, on);
  if (on.device) await on.device.asked('signed');
}

/** One touch of the person. */
export async function touch(on: Journey): Promise<void> {
  await act('the device', on, async () => await deviceOf(on).touch());
}

/** The device of this journey. */
export function deviceOf({ device }: Journey): TouchedDevice {
  assert.ok(device, 'this PC has no device for passkeys');
  return device;
}
