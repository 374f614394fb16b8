// Everybody of the year as the model knows them: addresses, certificates and what became of these. Kept by what was
// done, never by what the system recorded; the rules of mail are not here.
import { type MailPolicy, type Plan, POLICIES } from './plan.ts';

/** A certificate that somebody has or had. */
export type Held = {
  readonly sha256: string;
  readonly endsAt: Date;
  provedAt: Date | null;
  state: 'issued' | 'current' | 'suspended' | 'superseded' | 'replaced' | 'revoked';
};

/** Somebody as they are now. */
export type Member = {
  readonly id: string;
  readonly institution: string;
  readonly contract: string;
  readonly isAdministrator: boolean;
  readonly policy: MailPolicy;
  address: string | null;
  /** A mail to the address came back. */
  hasBounced: boolean;
  isStopped: boolean;
  /** Oldest first. */
  readonly certificates: Held[];
};

/** The people of the year, by ID. */
export type Town = ReadonlyMap<string, Member>;

/** Makes somebody of their plan, with a certificate that is current. */
export function memberOf(plan: Plan, first: Held): Member {
  const policy = POLICIES[plan.institution];
  if (policy === undefined) throw new Error(`no institution ${plan.institution}`);
  const { id, institution, contract, isAdministrator, address } = plan;
  return {
    id,
    institution,
    contract,
    isAdministrator,
    policy,
    address,
    hasBounced: false,
    isStopped: false,
    certificates: [first],
  };
}

/** The administrators of somebody's contract who are not stopped, but for these. */
export function administratorsOf(
  { institution, contract }: Pick<Member, 'institution' | 'contract'>,
  town: Town,
  but: readonly (string | null)[],
): readonly Member[] {
  return [...town.values()].filter(
    (one) =>
      one.institution === institution &&
      one.contract === contract &&
      one.isAdministrator &&
      !one.isStopped &&
      !but.includes(one.id),
  );
}

/** What somebody logs in with: what is current and has not ended. */
export function worksAt({ certificates }: Member, now: Date): Held | undefined {
  return certificates.find(({ state, endsAt }) => state === 'current' && endsAt > now);
}

/** What waits for its proof. */
export function waitingOf({ certificates }: Member): Held | undefined {
  return certificates.find(({ state }) => state === 'issued');
}
