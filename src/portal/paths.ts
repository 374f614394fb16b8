// The paths that pages link to and post to; routes are registered under the same names.
// Not here: hosts. What lies on the public host is prefixed with its origin by the frame.

export const PUBLIC_PATHS = {
  top: '/',
  methods: '/user-login',
  /** Answers with a fresh members' host, so the browser asks for a certificate again. */
  login: '/login',
  help: '/help',
  loggedOff: '/logged-off',
} as const;

export const MEMBER_PATHS = {
  /** Where /login leads, with the label's mark. */
  enter: '/',
  pin: '/pin',
  notices: '/notices',
  logOff: '/log-off',
  renewal: '/renewal',
  renewalAgain: '/renewal/again',
  renewalConfirm: '/renewal/confirm',
  renewalProof: '/renewal/proof',
  renewalCompleted: '/renewal/completed',
} as const;
