// What people do, and how often: the tables from which everybody of a simulation is drawn. The kinds are
// troubles that banks answer in public pages; nobody publishes how often they occur, so the numbers are
// ours, and set high: a kind that is rare would show nothing among some hundred people.

/** When a person renews once their window is open, in days after its opening; the window has 30. */
export const RENEWS = {
  'at-once': 0.25,
  'some-day': 0.33,
  'last-week': 0.2,
  'last-day': 0.1,
  /** Comes back when the certificate has ended, in grace. */
  'after-the-end': 0.08,
  /** Comes back when the grace is over, too. */
  'long-after': 0.04,
} as const;

/** When somebody renews. */
export type RenewsWhen = keyof typeof RENEWS;

/** What goes wrong in the middle of a renewal. */
export const MISHAPS = {
  none: 0.4,
  'presses-twice': 0.08,
  /** The answer to the request is lost on the way; the page offers もう一度. */
  'answer-lost': 0.06,
  /** The tab is closed when the certificate is issued, and with it the key. */
  'tab-closed': 0.1,
  /** The file is saved and never found again. */
  'file-lost': 0.08,
  /** Goes to lunch before 確認, and logs in again later. */
  'stops-before-proof': 0.1,
  /** Chooses the old certificate for 確認. */
  'proves-with-old': 0.12,
  /** Another PC comes in the middle: what the old one held is gone. */
  'pc-changed': 0.06,
} as const;

/** What goes wrong in a renewal. */
export type Mishap = keyof typeof MISHAPS;

/** What happens to a person once in the year, or never. */
export const EVENTS = {
  /** Another PC, on which there is no certificate. */
  newPc: 0.08,
  /** The certificate is deleted by mistake, or its key is dead (the Windows password was changed). */
  certificateGone: 0.05,
  forgetsPin: 0.1,
  /** Types wrong until nothing goes any more. */
  typesUntilLocked: 0.05,
} as const;

/** Of people who share a PC with a colleague, and so also the list of certificates. */
export const SHARES_A_PC = 0.15;
/** How often somebody picks another certificate of the list than theirs, where there are several. */
export const PICKS_WRONG = 0.15;
/** How often a person forgets to delete the old certificate after a renewal. */
export const KEEPS_OLD = 0.6;
/** Types their PIN wrong at a login, once. */
export const MISTYPES = 0.04;
/** Sees on the PIN page that it is somebody else's certificate before typing. */
export const READS_NAME = 0.8;
/** Contracts with one administrator. */
export const SOLE_ADMINISTRATOR = 0.3;
/** People of a contract, administrators included. */
export const PEOPLE_OF_CONTRACT = { least: 3, most: 14 } as const;
/** Days from one login to the next. */
export const DAYS_BETWEEN = { least: 7, most: 35 } as const;
