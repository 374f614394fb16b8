// The one place that says whether one of the bank's staff may do something for an institution: by role and scope
// as they are now in the database, not as they were at login. Refusals are recorded by the face, as all are.
import type { Identity } from '../banking/identity.ts';
import { isInScope } from '../banking/staff.ts';
import { type ConsoleAction, mayDoInConsole } from '../banking/staff-actions.ts';
import { Refusal } from '../errors.ts';
import type { Db, Tx } from '../store/database.ts';
import { findPerson } from '../store/persons.ts';
import { findStaffMember, lockStaffMember, type StaffMember } from '../store/staff-members.ts';
import { checkIsStillOpen } from './check-still-open.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** A staff member who may do this one thing for this institution; only this file makes one. */
export type AuthorisedStaff = {
  readonly user: AuthenticatedUser;
  readonly member: StaffMember;
  readonly __authorised: true;
};

/** What is to be done by whom; an institution of null is every one in the staff member's scope. */
export type StaffAsked = {
  readonly user: AuthenticatedUser;
  readonly action: ConsoleAction;
  readonly institution: string | null;
};

/** Of a change, in its transaction: nobody changes role or scope until it is done. Refuses `not-in-role`. */
export async function authoriseStaff(asked: StaffAsked, tx: Tx): Promise<AuthorisedStaff> {
  const { person, session } = asked.user;
  await checkIsStillOpen(session, tx);
  const member = await lockStaffMember(person.identity, tx);
  const now = await findPerson(person.identity, tx);
  if (now === undefined || now.isStopped || now.isFrozen) {
    throw new Refusal('not-in-role', 'the staff member is stopped, or their rights are frozen');
  }
  return judge(asked, member);
}

/**
 * Of what a command on the server asks for in a staff member's name: nobody has a session, and another decides.
 * Refuses `not-in-role`.
 */
export async function authoriseNamed(
  asked: Omit<StaffAsked, 'user'> & { readonly identity: Identity },
  tx: Tx,
): Promise<void> {
  const member = await lockStaffMember(asked.identity, tx);
  const now = await findPerson(asked.identity, tx);
  if (now === undefined || now.isStopped || now.isFrozen || now.isLocked) {
    throw new Refusal('not-in-role', 'no such staff member, or they are stopped or locked');
  }
  checkRole(asked, member);
}

/** Of reading, which locks nothing. Refuses `not-in-role`. */
export async function authoriseReader(asked: StaffAsked, db: Db): Promise<AuthorisedStaff> {
  if (asked.user.person.isFrozen) {
    throw new Refusal('not-in-role', 'the rights of the staff member are frozen');
  }
  return judge(asked, await findStaffMember(asked.user.person.identity, db));
}

function judge(asked: StaffAsked, member: StaffMember | undefined): AuthorisedStaff {
  return { user: asked.user, member: checkRole(asked, member) } as AuthorisedStaff;
}

function checkRole(
  { action, institution }: Omit<StaffAsked, 'user'>,
  member: StaffMember | undefined,
): StaffMember {
  if (member === undefined) throw new Refusal('not-in-role', 'this is no staff member');
  if (!mayDoInConsole(action, member.role)) {
    throw new Refusal('not-in-role', `not for the role ${member.role}: ${action}`);
  }
  if (institution !== null && !isInScope(institution, member.scope)) {
    throw new Refusal('not-in-role', 'not for this institution');
  }
  return member;
}
