// A notice (お知らせ) shown after login; important ones (重要なお知らせ) first.

import type { Told } from './told.ts';

/** Who wrote a notice: the bank, or the system: when a renewal window opens, when something happened to a member. */
export type NoticeKind = 'bank' | 'renewal' | 'told';

/** A notice as one user sees it. */
export type Notice = {
  readonly id: string;
  readonly kind: NoticeKind;
  /** What happened; null for the other kinds. */
  readonly told: Told | null;
  readonly isImportant: boolean;
  /** Empty for what the system writes: its words are the portal's. */
  readonly title: string;
  readonly body: string;
  readonly publishedAt: Date;
};
