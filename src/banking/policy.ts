// What an institution may decide for itself: figures, with the defaults of the field.
// Not the rules that use them: those stand with what they rule.

import type { KeyHome } from './user-certificate.ts';

/** From what a successor's end is counted: the old certificate's end, or the day of issue. */
export type RenewalExtends = 'old-end' | 'issue-day';

/** The kinds of key a person's certificate may be issued over. */
export type KeyKind = 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'p-256' | 'p-384';

/** Where the keys of people may live; device: a passkey of their own PC. */
export type KeyHomes = readonly [KeyHome, ...KeyHome[]];

/** An institution's policy; one version of it is in force at a time. */
export type Policy = {
  readonly validityDays: number;
  readonly renewalExtends: RenewalExtends;
  /** No certificate lives longer than this, whatever else is set. */
  readonly maximumLifetimeDays: number;
  readonly renewalWindowDays: number;
  readonly graceDays: number;
  readonly firstAcquisitionDays: number;
  /** Whether an old certificate has to be revoked before another can be acquired in its place. */
  readonly revokeFirst: boolean;
  /** Whether a user's rights are frozen after a reissue until somebody else confirms them. */
  readonly freezesAfterReissue: boolean;
  readonly pinErrorLimit: number;
  readonly usersPerContract: number;
  readonly slotsPerUser: number;
  /** The keys allowed; the first is what the page makes. */
  readonly keyKinds: readonly [KeyKind, ...KeyKind[]];
  readonly keyHomes: KeyHomes;
  /** Whether a passkey that its maker may copy to other devices is refused. */
  readonly deviceBoundOnly: boolean;
  readonly monthInName: boolean;
  readonly sessionIdleMinutes: number;
  readonly sessionTotalMinutes: number;
  /** How many days before its end a certificate's holder is mailed; the most first. None: no such mail. */
  readonly mailDaysBefore: readonly number[];
  /** Whether the holder is mailed on the day after the end, where nothing has taken the certificate's place. */
  readonly mailDayAfterEnd: boolean;
  /** Whether who has an expired certificate, in grace, may have a code mailed to their own address. */
  readonly mailsCodeAfterEnd: boolean;
};

/** The policy of an institution that has decided nothing else. */
export const DEFAULT_POLICY: Policy = {
  validityDays: 365,
  renewalExtends: 'old-end',
  maximumLifetimeDays: 400,
  renewalWindowDays: 30,
  graceDays: 90,
  firstAcquisitionDays: 80,
  revokeFirst: false,
  freezesAfterReissue: true,
  pinErrorLimit: 6,
  usersPerContract: 99,
  slotsPerUser: 1,
  keyKinds: ['rsa-3072', 'rsa-2048', 'rsa-4096', 'p-256', 'p-384'],
  keyHomes: ['device', 'file'],
  deviceBoundOnly: false,
  monthInName: true,
  sessionIdleMinutes: 15,
  sessionTotalMinutes: 8 * 60,
  mailDaysBefore: [30, 10],
  mailDayAfterEnd: true,
  mailsCodeAfterEnd: true,
};
