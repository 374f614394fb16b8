// The states of a certificate and the moves between them, as a table.
// Not here: expiry, which no one decides: it follows from the clock.
import { Refusal } from '../errors.ts';

/** The recorded state of a certificate. */
export type CertificateState =
  | 'issued'
  | 'current'
  | 'suspended'
  | 'superseded'
  | 'replaced'
  | 'revoked';

/** What can happen to a certificate after its issue. */
export type Move = 'prove' | 'supersede' | 'suspend' | 'lift' | 'replace' | 'revoke';

type Standing = { readonly state: CertificateState; readonly provedAt: Date | null };

const TABLE: Record<
  Move,
  Partial<Record<CertificateState, (from: Standing) => CertificateState | undefined>>
> = {
  prove: { issued: () => 'current' },
  supersede: { current: () => 'superseded' },
  suspend: { issued: () => 'suspended', current: () => 'suspended' },
  lift: { suspended: (from) => (from.provedAt === null ? 'issued' : 'current') },
  // An unproven one that was suspended with what it stood beside is replaced as any other.
  replace: {
    issued: () => 'replaced',
    suspended: ({ provedAt }) => (provedAt === null ? 'replaced' : undefined),
  },
  revoke: { issued: () => 'revoked', current: () => 'revoked', suspended: () => 'revoked' },
};

/** The state a move leads to; refuses (`transition-forbidden`) a move the table does not hold. */
export function stateAfter(move: Move, from: Standing): CertificateState {
  const next = TABLE[move][from.state]?.(from);
  if (next === undefined) {
    throw new Refusal('transition-forbidden', `a certificate that is ${from.state} cannot ${move}`);
  }
  return next;
}

/** Whether a state is for ever. */
export function isFinal(state: CertificateState): boolean {
  return state === 'superseded' || state === 'replaced' || state === 'revoked';
}
