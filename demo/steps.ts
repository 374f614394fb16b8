// The thirteen steps of the instruction sheet in their order, and between them what the sheet does not
// have. `sheet` is how many actions the sheet asks for: clicks, fields, dialogs, windows to open or close.
import { pickNothing, startPasskeyLogin, touchDevice } from './device-login.ts';
import {
  askedBeforeDevice,
  logOffFromDevice,
  makeKeyInDevice,
  openNoticeToRenew,
  proveByTouch,
} from './device-renewing.ts';
import type { Journey } from './journey.ts';
import { chooseCertificate, logIn, openTopPage, startLogin, useKey } from './logging-in.ts';
import { closeWindow, deleteFile, logOff, prove } from './proving.ts';
import {
  askedNothing,
  askedNothingAgain,
  importFile,
  makeKey,
  openNotice,
  renew,
  saveFile,
} from './renewing.ts';

type Go = (on: Journey) => Promise<void>;

/** A step; one with a mark is of the sheet. What is null in the device is not to be done there. */
export type Step = {
  readonly mark: string;
  readonly title: string;
  readonly sheet: number;
  readonly file: Go;
  readonly device: Go | null;
};

/** Every step; those without a mark are ours alone. */
export const STEPS: readonly Step[] = [
  // The browser, the page, 利用者ログイン.
  step('①', 'the institution’s page, 利用者ログイン', 3, {
    file: openTopPage,
    device: openTopPage,
  }),
  step('②', '電子証明書方式 利用者ログイン', 1, { file: startLogin, device: startPasskeyLogin }),
  // その他, the certificate, OK.
  step('③', 'the certificate picker', 3, { file: chooseCertificate, device: pickNothing }),
  step('④', 'use of the key', 1, { file: useKey, device: touchDevice }),
  step('⑤', '利用者暗証番号, ログイン', 2, { file: logIn, device: logIn }),
  // The notice, the link in it.
  step('⑥', '電子証明書の更新をお願いします', 2, { file: openNotice, device: openNoticeToRenew }),
  step('⑦', '更新', 1, { file: renew, device: renew }),
  step('⑧', 'dialogs before the key is made', 1, {
    file: askedNothing,
    device: askedBeforeDevice,
  }),
  step('⑨', 'the new key', 1, { file: makeKey, device: makeKeyInDevice }),
  step('⑩', 'dialogs after the key was made', 1, {
    file: askedNothingAgain,
    device: askedNothingAgain,
  }),
  step('', 'save the file, note its password', 0, { file: saveFile, device: null }),
  step('', 'import the file', 0, { file: importFile, device: null }),
  step('⑪', '電子証明書のインストールが完了しました', 0, { file: prove, device: proveByTouch }),
  step('', 'delete the file, empty the bin', 0, { file: deleteFile, device: null }),
  step('⑫', 'このウィンドウを閉じる', 1, { file: closeWindow, device: closeWindow }),
  // ログオフ, every window of the browser (counted as one).
  step('⑬', 'ログオフ', 2, { file: logOff, device: logOffFromDevice }),
];

function step(
  mark: string,
  title: string,
  sheet: number,
  go: { readonly file: Go; readonly device: Go | null },
): Step {
  return { mark, title, sheet, ...go };
}
