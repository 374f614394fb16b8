// What can be wrong with a renewal, one fault for each step and more, each as a change of one place in
// the source. They are planted in a copy of it, never here.

/** A fault: in this file, this text, which occurs once, becomes that. */
export type Fault = {
  readonly name: string;
  /** The step that must fail. */
  readonly step: string;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
  /** The home of the key whose journey must fail; a file where nothing is said. */
  readonly home?: 'device';
};

/** Every fault, in the order of the steps. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'the top page is not headed by the institution’s name',
    step: '①',
    file: 'src/portal/pages/top-page.ts',
    right: 'inPhrases(frame.institution.name)',
    wrong: 'inPhrases(frame.institution.code)',
  },
  {
    name: 'the link to the login has another name',
    step: '②',
    file: 'src/words/login.ts',
    right: "ja: '電子証明書方式 利用者ログイン'",
    wrong: "ja: '電子証明書でログイン'",
  },
  {
    name: 'the handshake names the authorities of all institutions',
    step: '③',
    file: 'src/start.ts',
    right: 'certificateAuthoritiesPem: handshakeNames(bank, needs.clock.now()),',
    wrong:
      'certificateAuthoritiesPem: keyPairs.flatMap((each) => handshakeNames(each.institution, needs.clock.now())),',
  },
  {
    name: 'the page of passkeys does not lead to the login with a file',
    step: '③',
    file: 'src/portal/pages/login-page.ts',
    right: 'say(METHODS.method)',
    wrong: 'say(METHODS.help)',
    home: 'device',
  },
  {
    name: 'the server asks for a password by a dialog of the browser',
    step: '④',
    file: 'src/portal/pin-step.ts',
    right: 'reply, error === null ? 200 :',
    wrong: "reply.header('www-authenticate', 'Basic realm=\"koshin\"'), error === null ? 401 :",
  },
  {
    name: 'the page after the login is not 重要なお知らせ',
    step: '⑤',
    file: 'src/words/notices.ts',
    right: "important: { ja: '重要なお知らせ'",
    wrong: "important: { ja: 'お知らせ'",
  },
  {
    name: 'the notice has no link to the renewal',
    step: '⑥',
    file: 'src/portal/notice-routes.ts',
    right: 'action: { label: say(RENEWAL_NOTICE.link), href: MEMBER_PATHS.renewal },',
    wrong: 'action: null,',
  },
  {
    name: 'the button is not called 更新',
    step: '⑦',
    file: 'src/words/renewal.ts',
    right: "renew: { ja: '更新'",
    wrong: "renew: { ja: '更新手続きを開始する'",
  },
  {
    name: 'the notice has no 更新 for those whose key is in the device',
    step: '⑦',
    file: 'src/portal/notice-routes.ts',
    right: 'return isHere ?',
    wrong: "return isHere && certificate.home === 'file' ?",
    home: 'device',
  },
  {
    name: '更新 asks back by a dialog',
    step: '⑧',
    file: 'web/renewal.ts',
    right: 'async function renew(): Promise<void> {',
    wrong:
      "async function renew(): Promise<void> {\n  if (!confirm('このWebサイトは電子証明書の操作を実行しますか。')) return;",
  },
  {
    name: '更新 asks for one touch more, since that of the login is forgotten',
    step: '⑧',
    file: 'web/signed-in.ts',
    right: "keepFresh(link.dataset['fresh'] ?? '');",
    wrong: "keepFresh('');",
    home: 'device',
  },
  {
    name: 'the page makes a smaller key than it says',
    step: '⑨',
    file: 'src/portal/renewal-progress.ts',
    right: "const code = key.kind === 'RSA' ?",
    wrong: "const code = key.kind === 'RSA' ? 'RSA-2048' : key.kind === 'RSA' ?",
  },
  {
    name: 'the page asks for a permission once the certificate is there',
    step: '⑩',
    file: 'web/delivery.ts',
    right: "element('delivery-title', HTMLElement).focus();",
    wrong:
      "element('delivery-title', HTMLElement).focus();\n  void Notification.requestPermission();",
  },
  {
    name: 'completion is said when the certificate was merely issued',
    step: '⑪',
    file: 'src/words/renewal.ts',
    right: "title: { ja: '新しい電子証明書を発行しました'",
    wrong: "title: { ja: '電子証明書のインストールが完了しました'",
  },
  {
    // The sample has a renewal of its own, without which it could not be built.
    name: 'the proof does not supersede the old certificate',
    step: '⑪',
    file: 'src/operations/prove-certificate.ts',
    right: 'await moveCertificate(certificate, move, now, tx);',
    wrong:
      "if (certificate.identity.user !== 'suzuki01') await moveCertificate(certificate, move, now, tx);",
  },
  {
    name: 'completion is said before the touch that proves',
    step: '⑪',
    file: 'src/words/passkey.ts',
    right: "issued: { ja: '電子証明書を発行しました'",
    wrong: "issued: { ja: '電子証明書のインストールが完了しました'",
    home: 'device',
  },
  {
    name: 'このウィンドウを閉じる leads out of the session',
    step: '⑫',
    file: 'src/portal/pages/renewal-completed-page.ts',
    right: 'MEMBER_PATHS.notices}">',
    wrong: 'MEMBER_PATHS.pin}">',
  },
  {
    name: 'ログオフ leaves the session open',
    step: '⑬',
    file: 'src/operations/log-off.ts',
    right: 'if (session === undefined ||',
    wrong: 'if (session !== undefined ||',
  },
  {
    name: 'the next login leads to the same host, where no browser asks again',
    step: '⑬',
    file: 'src/portal/public-routes.ts',
    right: 'nextLabel(last === undefined ? undefined : Number(last))',
    wrong: 'nextLabel(last === undefined ? 7 : 7)',
  },
  {
    name: 'the old certificate is still accepted',
    step: '⑬',
    file: 'src/operations/identify-certificate.ts',
    right: "if (state === 'superseded' || state === 'replaced') return state;",
    wrong: "if (state === 'replaced') return state;",
  },
  {
    name: 'the device is not told that the old passkey is done with',
    step: '⑬',
    file: 'web/completed.ts',
    right: 'if (rpId !== undefined &&',
    wrong: 'if (rpId === undefined &&',
    home: 'device',
  },
  {
    name: 'the old passkey is still accepted',
    step: '⑬',
    file: 'src/operations/identify-certificate.ts',
    right: "if (state === 'superseded' || state === 'replaced') return state;",
    wrong: "if (state === 'replaced') return state;",
    home: 'device',
  },
];
