// The thirteen steps of the instruction sheet in their order, and between them what the sheet does not
// have. `sheet` is how many actions the sheet asks for: clicks, fields, dialogs, windows to open or close.
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

/** A step; one with a mark is of the sheet. */
export type Step = {
  readonly mark: string;
  readonly title: string;
  readonly sheet: number;
  readonly go: (on: Journey) => Promise<void>;
};

/** Every step; those without a mark are ours alone. */
export const STEPS: readonly Step[] = [
  // The browser, the page, 利用者ログイン.
  { mark: '①', title: 'the institution’s page, 利用者ログイン', sheet: 3, go: openTopPage },
  { mark: '②', title: '電子証明書方式 利用者ログイン', sheet: 1, go: startLogin },
  // その他, the certificate, OK.
  { mark: '③', title: 'the certificate picker', sheet: 3, go: chooseCertificate },
  { mark: '④', title: 'use of the key', sheet: 1, go: useKey },
  { mark: '⑤', title: '利用者暗証番号, ログイン', sheet: 2, go: logIn },
  // The notice, the link in it.
  { mark: '⑥', title: '電子証明書の更新をお願いします', sheet: 2, go: openNotice },
  { mark: '⑦', title: '更新', sheet: 1, go: renew },
  { mark: '⑧', title: 'dialogs before the key is made', sheet: 1, go: askedNothing },
  { mark: '⑨', title: 'the new key', sheet: 1, go: makeKey },
  { mark: '⑩', title: 'dialogs after the key was made', sheet: 1, go: askedNothingAgain },
  { mark: '', title: 'save the file, note its password', sheet: 0, go: saveFile },
  { mark: '', title: 'import the file', sheet: 0, go: importFile },
  { mark: '⑪', title: '電子証明書のインストールが完了しました', sheet: 0, go: prove },
  { mark: '', title: 'delete the file, empty the bin', sheet: 0, go: deleteFile },
  { mark: '⑫', title: 'このウィンドウを閉じる', sheet: 1, go: closeWindow },
  // ログオフ, every window of the browser (counted as one).
  { mark: '⑬', title: 'ログオフ', sheet: 2, go: logOff },
];
