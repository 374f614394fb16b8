// Who carries a mail away: a mail server, or a folder where there is none. What either says of it is one of few answers.
import type { ServerAnswer } from '../banking/mail.ts';

/** A mail as it is sent: plain text, in both languages. */
export type Letter = {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Without angle brackets; the same for every try, so that a server that got it twice keeps one. */
  readonly messageId: string;
  readonly date: Date;
};

/** Carries letters; throws only where the house is at fault and not the way. */
export type Courier = AsyncDisposable & {
  readonly carry: (letter: Letter) => Promise<ServerAnswer>;
};
