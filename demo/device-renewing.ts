// Steps ⑥ to ⑪ and ⑬ where the key is in the device: 更新 on the notice itself, one touch for the new key and
// one that proves it.
import assert from 'node:assert/strict';
import { BrowserHome } from '../test/browsers/browser-home.ts';
import { openChromium } from '../test/browsers/chromium.ts';
import { waitUntil } from '../test/browsers/screen.ts';
import { addVirtualDevice } from '../test/browsers/virtual-authenticator.ts';
import { askDevice, deviceOf, openLoginHost, touch } from './device-login.ts';
import { COMPLETED, follow, heading, type Journey, photographPage } from './journey.ts';
import { keyOf, publicKeyOf } from './judge.ts';
import { givePin } from './logging-in.ts';
import { endSession, statesOf } from './proving.ts';
import { assertAskedNothing, bothOf } from './renewing.ts';

const NOTICE = '電子証明書の更新をお願いします';
const MOST_ACTIONS = 3;

/** ⑥ 電子証明書の更新をお願いします; what is to be done can be done there. */
export async function openNoticeToRenew(on: Journey): Promise<void> {
  const { notes } = on;
  await photographPage('06-notices', on);
  await follow(NOTICE, NOTICE, on);
  const [passkey, ...more] = await deviceOf(on).authenticator.passkeys();
  assert.ok(passkey && more.length === 0, 'the device holds another number of passkeys than one');
  notes.oldPasskey = passkey;
  notes.sinceNotice = [];
}

/** ⑧ Nothing is asked before the device is. */
export async function askedBeforeDevice(on: Journey): Promise<void> {
  await deviceOf(on).asked('made');
  await on.page.locator('#device-progress').filter({ visible: true }).waitFor();
  await photographPage('08-progress', on);
  await assertAskedNothing(on);
}

/** ⑨ The device has made a new key, and that is the certificate's. */
export async function makeKeyInDevice(on: Journey): Promise<void> {
  const { notes } = on;
  const device = deviceOf(on);
  await touch(on);
  await device.asked('signed');
  const [old, successor] = await bothOf(on);
  assert.equal(successor.state, 'issued');
  const made = (await device.authenticator.passkeys()).map(publicKeyOf);
  const { bits, publicKey } = keyOf(successor);
  assert.equal(made.filter((key) => key === publicKey).length, 1, 'passkeys with the new key');
  assert.ok(made.includes(keyOf(old).publicKey), 'the old passkey is still in the device');
  assert.notEqual(publicKey, keyOf(old).publicKey, 'the new key');
  notes.found = `${bits} bits, the passkey’s own`;
  await photographPage('09-key-made', on);
}

/** ⑪ 電子証明書のインストールが完了しました, after the touch that proves it and not before. */
export async function proveByTouch(on: Journey): Promise<void> {
  const { notes } = on;
  assert.deepEqual(notes.completedOn, [], `pages that held ${COMPLETED} before the proof`);
  assert.deepEqual(await statesOf(on), ['current', 'issued'], 'states before the proof');
  await touch(on);
  await heading(COMPLETED, on);
  const states = await statesOf(on);
  assert.deepEqual(states, ['superseded', 'current'], 'states after the proof');
  const { length } = notes.sinceNotice;
  assert.ok(length <= MOST_ACTIONS, `${length} actions since the notice`);
  notes.found = `old ${states[0]}, new ${states[1]}; ${length} actions since the notice`;
  await photographPage('11-completed', on);
}

/** ⑬ ログオフ; the next login asks for a touch again, the old passkey is refused, the new one accepted. */
export async function logOffFromDevice(on: Journey): Promise<void> {
  await endSession(on);
  const { actions } = on.notes;
  on.notes.actions = [];
  await showOldPasskey(on);
  await follow('利用者ログイン', '利用者ログイン', on);
  await openLoginHost(on);
  await onlyNewIsLeft(on);
  await askDevice(on);
  await photographPage('13-asked-again', on);
  await touch(on);
  await heading('利用者暗証番号の入力', on);
  await givePin(on);
  await heading('重要なお知らせ', on);
  await photographPage('13-new-accepted', on);
  // The sheet ends with ログオフ: what was done after it was done to see, and is not counted.
  on.notes.actions = actions;
  on.notes.found = 'asked again: old refused, new accepted';
}

/** The page after the renewal told the browser that the old passkey is done with. */
async function onlyNewIsLeft(on: Journey): Promise<void> {
  const [, successor] = await bothOf(on);
  const { authenticator } = deviceOf(on);
  await waitUntil('the device has let the old passkey go', async () => {
    return (await authenticator.passkeys()).length === 1;
  });
  const left = (await authenticator.passkeys()).map(publicKeyOf);
  assert.deepEqual(left, [keyOf(successor).publicKey], 'keys of the passkeys that are left');
}

/** Shows the old passkey from a device that was not told, in a browser of its own. */
async function showOldPasskey(on: Journey): Promise<void> {
  const { bank, notes } = on;
  await using home = await BrowserHome.open(bank.serverAuthorityFile);
  await using browser = await openChromium(home);
  const { page } = browser;
  const untold = await addVirtualDevice(page);
  assert.ok(notes.oldPasskey, 'the old passkey was not kept');
  await untold.add(notes.oldPasskey);
  const there = { ...on, page, screen: undefined, device: undefined };
  await page.goto(`https://${bank.mihon.membersDomain}:${bank.port}/`);
  await askDevice(there);
  await heading('新しい電子証明書をお選びください', there);
  await photographPage('13-old-refused', there);
}
