// An administrator suspends, lifts or revokes what another member's slot holds.
import type { ToldEvent } from '../banking/told.ts';
import { type Asked, type ChangeNeeds, changeMember } from './change-member.ts';
import { moveHeld, type Withdrawing } from './withdraw-certificate.ts';

const TOLD: Readonly<Record<Withdrawing, ToldEvent>> = {
  suspend: 'suspended',
  lift: 'lifted',
  revoke: 'revoked',
};

/** Does one of the three; refuses what the rules of the contract do not allow. */
export async function withdrawFromMember(
  kind: Withdrawing,
  asked: Asked,
  needs: ChangeNeeds,
): Promise<void> {
  await changeMember(kind, asked, {
    ...needs,
    work: async ({ slot, held, by, now }, tx) => ({
      entries: await moveHeld(kind, { withdrawal: { ...slot, by }, held, now }, tx),
      told: TOLD[kind],
      answer: undefined,
    }),
  });
}
