// What the people of a contract are told of each other's certificates, beside what they see themselves.
import type { ReissueReason } from './company.ts';

/** What happened. */
export type ToldEvent =
  | 'registered'
  | 'offered'
  | 'slot-added'
  | 'acquired'
  | 'reissued'
  | 'suspended'
  | 'lifted'
  | 'revoked'
  | 'locked'
  | 'unlocked'
  | 'pin-reset'
  | 'stopped'
  | 'resumed'
  | 'appointed'
  | 'dismissed'
  | 'renamed'
  | 'rights-frozen'
  | 'rights-confirmed'
  | 'mail-changed'
  | 'contract-changed'
  | 'contract-closed'
  | 'code-asked'
  | 'code-guessed';

/** What happened to a member, or to the contract itself, and who did it; plain facts, put into words when shown. */
export type Told = {
  readonly event: ToldEvent;
  /** Name and ID of whom it concerns: of the contract where that was changed. */
  readonly name: string;
  readonly user: string;
  /** User ID of who did it; null for the system itself. */
  readonly by: string | null;
  /** The bank did it: two of its staff, or whoever runs its server; they are not named. */
  readonly byBank?: true;
  readonly reason?: ReissueReason;
};

/** What somebody should look at now: it takes something away, or asks something of an administrator. */
const IMPORTANT: ReadonlySet<ToldEvent> = new Set([
  'slot-added',
  'reissued',
  'suspended',
  'revoked',
  'locked',
  'pin-reset',
  'stopped',
  'appointed',
  'dismissed',
  'rights-frozen',
  'mail-changed',
  'contract-changed',
  'contract-closed',
  'code-asked',
  'code-guessed',
]);

/** Whether it is told among the important notices; the rest is there for who looks. */
export function isImportant(event: ToldEvent): boolean {
  return IMPORTANT.has(event);
}
