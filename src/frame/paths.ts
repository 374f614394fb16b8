// The paths that pages link to and post to; routes are registered under the same names.
// Not here: hosts. What lies on the public host is prefixed with its origin by the frame.

export const PUBLIC_PATHS = {
  top: '/',
  methods: '/user-login',
  /** Answers with a fresh members' host, so the browser asks for a certificate again. */
  login: '/login',
  help: '/help',
  /** What a device asks, in drawings. */
  deviceHelp: '/help/device',
  importHelp: '/help/import',
  /** 電子証明書取得: who it is; the certificate; what a passkey is to be; the passkey. */
  acquire: '/acquire',
  acquireCertificate: '/acquire/certificate',
  acquireDeviceWanted: '/acquire/device/wanted',
  acquireDevice: '/acquire/device',
  /** A code by mail, after the end of a certificate. */
  acquireCode: '/acquire/code',
  loggedOff: '/logged-off',
  /** After a user has suspended or revoked their own certificate. */
  suspended: '/suspended',
  revoked: '/revoked',
  /** 証明書の動作確認: answers with a fresh members' host, as the login does. */
  check: '/certificate-check',
} as const;

export const MEMBER_PATHS = {
  /** Where /login leads, with the label's mark. */
  enter: '/',
  pin: '/pin',
  notices: '/notices',
  certificateEvents: '/notices/certificates',
  myPage: '/my-page',
  pinChange: '/my-page/pin',
  pinChanged: '/my-page/pin/changed',
  pcChange: '/my-page/pc-change',
  /** Where 証明書の動作確認 leads, with the label's mark. */
  check: '/certificate-check',
  logOff: '/log-off',
  /** 利用者の管理, for administrators. */
  company: '/company',
  companyRegister: '/company/register',
  companyCsv: '/company/users.csv',
  companyUsers: '/company/users',
  renewal: '/renewal',
  renewalAgain: '/renewal/again',
  renewalConfirm: '/renewal/confirm',
  renewalProof: '/renewal/proof',
  renewalCompleted: '/renewal/completed',
  /** What a new passkey is to be; the passkey; what it is to sign; what it signed. */
  deviceWanted: '/renewal/device/wanted',
  device: '/renewal/device',
  deviceProofWanted: '/renewal/device/proof-wanted',
  deviceProof: '/renewal/device/proof',
} as const;

/** Where the bank's staff arrive after login; the console has the rest of its paths. */
export const STAFF_PATHS = { console: '/console' } as const;

export const LOGIN_PATHS = {
  enter: '/',
  challenge: '/passkey/challenge',
  passkey: '/passkey',
  /** Where a renewal on a members' host goes on, once its passkey is proved. */
  arrive: '/arrive',
  touchWanted: '/touch/wanted',
  touch: '/touch',
} as const;
