// A CA that issued an institution's certificates before Koshin did: accepted by its key for a time. It issues
// nothing here, and nothing of ours is published for it.

/** From when its certificates may be renewed: as soon as they are imported, or as policy opens their window. */
export type RenewFrom = 'at-once' | 'window';

/** The choices of `RenewFrom`, the usual one first. */
export const RENEW_FROM = ['at-once', 'window'] as const satisfies readonly RenewFrom[];

/** A former authority as it is on record. */
export type FormerAuthority = {
  readonly institution: string;
  /** SHA-256 of its SubjectPublicKeyInfo, by which it is pinned. */
  readonly issuer: Uint8Array;
  /** DER of its certificate. */
  readonly certificate: Uint8Array;
  readonly renewFrom: RenewFrom;
  /** How many certificates have been imported. */
  readonly imported: number;
  readonly acceptedAt: Date;
  /** The last second in which its certificates are accepted. */
  readonly until: Date;
  /** When it was switched off before its time. */
  readonly endedAt: Date | null;
};

/** Whether its certificates are accepted now. */
export function isAccepted(
  { until, endedAt }: Pick<FormerAuthority, 'until' | 'endedAt'>,
  now: Date,
): boolean {
  return endedAt === null && now.getTime() < until.getTime() + 1000;
}
