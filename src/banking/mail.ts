// What is mailed: its kinds, what its text is made of, and how sending goes on. Not when one is due.
import type { AcquisitionKind } from './acquisition.ts';
import type { Told } from './told.ts';

/**
 * ending, ended: a certificate's holder is reminded; told: something happened to a member of the contract;
 * issued, proved, replaced: the same of a certificate, to its holder and the administrators; code: a one-time
 * code; digest: what an administrator should look at; test: a staff member sees that mail comes.
 */
export type MailKind =
  | 'ending'
  | 'ended'
  | 'told'
  | 'issued'
  | 'proved'
  | 'replaced'
  | 'code'
  | 'digest'
  | 'test';

/** queued, sending: not over; dropped: what it would say was no longer true, or nobody could be found to tell. */
export type MailState = 'queued' | 'sending' | 'sent' | 'failed' | 'bounced' | 'dropped';

/**
 * The class of a mail server's answer: taken; put off (4xx); the mail refused for good, or its address (5xx); we
 * ourselves refused (5xx to our password, sender or policy); or none, because the connection broke or was no good.
 */
export type ServerAnswer =
  | 'taken'
  | 'put-off'
  | 'refused'
  | 'address-refused'
  | 'us-refused'
  | 'no-answer';

/**
 * What a mail waits for or ended by. `untrue`: its reason has gone; `no-address`: its recipient has none;
 * `came-back`: it was taken, and returned later.
 */
export type MailAnswer = ServerAnswer | 'untrue' | 'no-address' | 'came-back';

/** What a digest lists: certificates that end soon, addresses that mail came back from, PINs that are locked. */
export type DigestList = 'ending' | 'bounced' | 'locked';

/** Whom a line of a digest names, and the time that it is about. */
export type DigestLine = { readonly name: string; readonly user: string; readonly at: string };

/** What a mail's text is made of, besides its recipient and the institution. Times are ISO 8601. */
export type MailFacts =
  | { readonly kind: 'ending' | 'ended'; readonly endsAt: string; readonly days: number }
  | {
      readonly kind: 'told';
      readonly told: Told;
      readonly at: string;
      /** Where it goes in place of the address on record: the one before, when that was changed. */
      readonly address?: string;
    }
  | {
      readonly kind: 'issued' | 'proved' | 'replaced';
      readonly name: string;
      readonly user: string;
      readonly at: string;
    }
  | {
      readonly kind: 'code';
      readonly for: AcquisitionKind;
      /** The offer whose code it is; the code itself is sealed beside. */
      readonly acquisition: string;
      readonly expiresAt: string;
    }
  | { readonly kind: 'test'; readonly at: string }
  | ({ readonly kind: 'digest' } & Readonly<
      Record<DigestList, { readonly lines: readonly DigestLine[]; readonly more: number }>
    >);
