// A logged-in user who may manage the other people of their contract. Made here alone.
import { Refusal } from '../errors.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** An administrator with a session of their own; only `checkAdministrator` makes one. */
export type Administrator = AuthenticatedUser & { readonly __administrator: true };

/** Refuses `not-permitted` to whoever is none, and `rights-frozen` until a reissue has been confirmed. */
export function checkAdministrator(user: AuthenticatedUser): Administrator {
  if (user.person.role !== 'administrator') {
    throw new Refusal('not-permitted', 'only administrators manage the users of a contract');
  }
  if (user.person.isFrozen) {
    throw new Refusal('rights-frozen', 'the administrator’s rights wait for confirmation');
  }
  return user as Administrator;
}

/** Refuses (`not-permitted`) what an administrator would do for themselves. */
export function checkIsOther(by: Administrator, user: string): void {
  if (user !== by.person.identity.user) return;
  throw new Refusal('not-permitted', 'nobody does this for themselves');
}
