// Steps ⑥ to ⑩, and what this way of renewal adds to the sheet: saving the file and importing it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { importWizardActions } from './import-wizard.ts';
import { act, follow, type Journey, photographPage, photographWhole, press } from './journey.ts';
import { checkFile, type Held, heldByTraveller, keyOf } from './judge.ts';
import { permissionsAsked } from './permission-chip.ts';

const KEY_MADE = /新しいRSA鍵\((\d+)ビット\)を作成しました/;

/** ⑥ 電子証明書の更新をお願いします, and the link in it. */
export async function openNotice(on: Journey): Promise<void> {
  await photographPage('06-notices', on);
  await follow('電子証明書の更新をお願いします', '電子証明書の更新をお願いします', on);
  await photographPage('06-notice', on);
  await follow('電子証明書の更新はこちら', '電子証明書の更新', on);
}

/** ⑦ 更新, pressed once. */
export async function renew(on: Journey): Promise<void> {
  await photographPage('07-renewal', on);
  on.notes.toolbar = await permissionsAsked(on);
  await press('更新', on);
}

/** ⑧ Nothing is asked before the key is made. */
export async function askedNothing(on: Journey): Promise<void> {
  const { page } = on;
  await page.locator('#renewal-progress, #renewal-delivery').filter({ visible: true }).waitFor();
  await photographPage('08-progress', on);
  await assertAskedNothing(on);
}

/** ⑨ The new key has the size that the page says, and is not the old one. */
export async function makeKey(on: Journey): Promise<void> {
  const { page } = on;
  const delivery = page.locator('#renewal-delivery');
  const failure = page.locator('#renewal-failed');
  await delivery.or(failure).filter({ visible: true }).waitFor();
  assert.ok(await delivery.isVisible(), `the page says: ${await failure.textContent()}`);
  const [old, successor] = await bothOf(on);
  assert.equal(successor.state, 'issued');
  const made = delivery.getByText(KEY_MADE).filter({ visible: true });
  const said = KEY_MADE.exec((await made.textContent()) ?? '');
  assert.equal(keyOf(successor).bits, Number(said?.[1]), 'bits that openssl sees in the new key');
  on.notes.found = `${keyOf(successor).bits} bits`;
  assert.notEqual(keyOf(successor).publicKey, keyOf(old).publicKey, 'the new key');
  await photographPage('09-key-made', on);
}

/** ⑩ Nothing is asked after the key was made. */
export async function askedNothingAgain(on: Journey): Promise<void> {
  await assertAskedNothing(on);
}

/** The file is saved and its password noted. */
export async function saveFile(on: Journey): Promise<void> {
  const { page, folder, notes } = on;
  await photographWhole('10-delivery', on);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    act('ファイルを保存', on, async () => {
      await page.getByRole('link', { name: 'ファイルを保存', exact: true }).click();
    }),
  ]);
  const path = join(folder, 'saved.p12');
  await download.saveAs(path);
  await press('コピー', on);
  const password = (await page.locator('#file-password').textContent()) ?? '';
  notes.file = { path, password };
  const [, successor] = await bothOf(on);
  await checkFile(notes.file, successor);
  notes.found = 'opened by openssl';
}

/** The file is imported while the browser runs; on Windows by the system's wizard. */
export async function importFile(on: Journey): Promise<void> {
  const { file } = on.notes;
  assert.ok(file, 'no file was saved');
  await on.home.importFile(file.path, file.password);
  on.notes.actions.push(...(await importWizardActions()));
}

/** The certificate at the start and its successor. */
export async function bothOf(on: Journey): Promise<readonly [Held, Held]> {
  const held = await heldByTraveller(on);
  const start = held.findIndex(({ sha256 }) => sha256 === on.notes.oldCertificate);
  const [old, successor, ...more] = held.slice(start);
  assert.ok(old && successor, 'no successor was issued');
  assert.equal(more.length, 0, 'further certificates');
  return [old, successor];
}

/** Neither a page nor the browser has asked anything by a dialog or prompt. */
export async function assertAskedNothing(on: Journey): Promise<void> {
  const { dialogs, complaints, toolbar } = on.notes;
  assert.deepEqual(dialogs, [], 'dialogs and windows');
  const prompts = toolbar.equals(await permissionsAsked(on)) ? 0 : 1;
  assert.equal(prompts, 0, 'the browser shows a permission prompt');
  on.notes.found = `${dialogs.length} dialogs, ${prompts} permission prompts`;
  assert.deepEqual(complaints.filter(isFault), [], 'complaints of the browser');
}

function isFault(complaint: string): boolean {
  return /^(?:console|script):/.test(complaint);
}
