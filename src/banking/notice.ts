// A notice (お知らせ) shown after login; important ones (重要なお知らせ) first.

/** Who wrote a notice: the bank, or the system when a renewal window opens. */
export type NoticeKind = 'bank' | 'renewal';

/** A notice as one user sees it. */
export type Notice = {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly isImportant: boolean;
  /** Empty for a renewal notice: its words are the portal's. */
  readonly title: string;
  readonly body: string;
  readonly publishedAt: Date;
};
