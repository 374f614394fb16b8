// Whose place a certificate takes in its slot when it is proved. The table of states is not here.
import { equalOctets } from '../asn1/octets.ts';
import type { Move } from './certificate-life.ts';
import { isExpired, type UserCertificate } from './user-certificate.ts';

/** An empty place, or the certificate in it and what becomes of that. */
export type Place = { readonly leaves: Leaving | null };

/** A certificate that leaves its place. */
export type Leaving = {
  readonly certificate: UserCertificate;
  readonly move: Extract<Move, 'supersede' | 'revoke'>;
};

const EMPTY: Place = { leaves: null };

/**
 * The place that an unproven certificate may take in its slot, given the slot's certificates that are not ended;
 * undefined where it may take none: what it was issued beside has been withdrawn, or works again.
 */
export function placeFor(
  certificate: UserCertificate,
  slot: readonly UserCertificate[],
  now: Date,
): Place | undefined {
  const proved = slot.find((one) => one.provedAt !== null);
  switch (certificate.acquiredAs) {
    case null:
      return proved !== undefined && isItsPredecessor(proved, certificate)
        ? after(proved)
        : undefined;
    case 'first':
      return proved === undefined ? EMPTY : undefined;
    case 'expired':
      return proved !== undefined && hasEnded(proved, now) ? after(proved) : undefined;
    case 'reissue':
      if (proved === undefined) return EMPTY;
      if (proved.state === 'suspended') return { leaves: { certificate: proved, move: 'revoke' } };
      return hasEnded(proved, now) ? after(proved) : undefined;
  }
}

function after(proved: UserCertificate): Place {
  return { leaves: { certificate: proved, move: 'supersede' } };
}

/** A successor is proved only while its predecessor is current, or ended by time alone. */
function isItsPredecessor(proved: UserCertificate, { predecessor }: UserCertificate): boolean {
  return (
    proved.state === 'current' && predecessor !== null && equalOctets(proved.sha256, predecessor)
  );
}

function hasEnded(proved: UserCertificate, now: Date): boolean {
  return proved.state === 'current' && isExpired(proved, now);
}
