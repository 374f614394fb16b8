// Before the journey with the key in the device, and not counted: the renewal by which it came there from a
// file, and the year until the next one is due.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deviceOf, touch } from './device-login.ts';
import {
  COMPLETED,
  follow,
  heading,
  type Journey,
  photographPage,
  photographWhole,
  press,
} from './journey.ts';
import { heldByTraveller } from './judge.ts';
import { chooseCertificate, logIn, openTopPage, startLogin, useKey } from './logging-in.ts';
import { openNotice } from './renewing.ts';

const UNTIL_NEXT_DAYS = 366;

/** Renews from the file to the device, logs off, and lets the year pass. */
export async function moveToDevice(journey: Journey): Promise<void> {
  const on = { ...journey, folder: join(journey.folder, 'before') };
  await mkdir(on.folder, { recursive: true });
  for (const go of [openTopPage, startLogin, chooseCertificate, useKey, logIn, openNotice]) {
    await go(on);
  }
  const device = deviceOf(on);
  const choice = on.page.getByRole('radio', { name: 'この端末に保管する (パスキー)' });
  await choice.and(on.page.locator(':checked')).waitFor();
  await photographWhole('07-choice', on);
  await press('更新', on);
  await device.asked('made');
  await touch(on);
  await device.asked('signed');
  await touch(on);
  await heading(COMPLETED, on);
  await photographPage('11-completed', on);
  await follow('このウィンドウを閉じる', '重要なお知らせ', on);
  await press('ログオフ', on);
  await heading('ログオフしました', on);
  const held = (await heldByTraveller(on)).map(({ state, home }) => `${home} ${state}`);
  assert.deepEqual(held, ['file superseded', 'device current'], 'certificates after the move');
  assert.deepEqual(on.notes.dialogs, [], 'dialogs and windows');
  on.bank.passDays(UNTIL_NEXT_DAYS);
  on.notes.completedOn.length = 0;
}
