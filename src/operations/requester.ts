// Who of the bank's staff sends a file and asks for something: at the console, or by a command on the server in
// whose name somebody there acts. Another one decides in either case.
import type { AuditEntry } from '../audit/entry.ts';
import type { Identity } from '../banking/identity.ts';
import { parseIdentity } from '../banking/identity.ts';
import { STAFF_CONTRACT } from '../banking/staff.ts';
import type { ConsoleAction } from '../banking/staff-actions.ts';
import { Refusal } from '../errors.ts';
import type { Tx } from '../store/database.ts';
import { listInstitutions } from '../store/institutions.ts';
import { authoriseNamed, authoriseStaff } from './authorise-staff.ts';
import { withTouch } from './freshness.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** A staff member at the console, or the ID of one whom a command names. */
export type Requester = { readonly user: AuthenticatedUser } | { readonly onServer: string };

/** Where it is asked for, as requests and the record name it. */
export function placeOf(requester: Requester): 'console' | 'server' {
  return 'user' in requester ? 'console' : 'server';
}

/** Refuses `not-in-role`; returns who is recorded. */
export async function authoriseRequester(
  requester: Requester,
  asked: { readonly action: ConsoleAction; readonly institution: string },
  tx: Tx,
): Promise<Identity> {
  if ('user' in requester) {
    await authoriseStaff({ user: requester.user, ...asked }, tx);
    return requester.user.person.identity;
  }
  const house = (await listInstitutions(tx)).find(({ kind }) => kind === 'staff');
  if (house === undefined) throw new Refusal('invalid-input', 'there is no staff house yet');
  const identity = parseIdentity({
    institution: house.code,
    contract: STAFF_CONTRACT,
    user: requester.onServer,
  });
  await authoriseNamed({ identity, ...asked }, tx);
  return identity;
}

/** The entries of what a requester did: with their touch, or with the word that a command did it. */
export function recordedFrom(
  entries: readonly AuditEntry[],
  requester: Requester,
): readonly AuditEntry[] {
  if ('user' in requester) return withTouch(entries, requester.user.session);
  return entries.map((entry) => ({ ...entry, detail: { ...entry.detail, from: 'server' } }));
}
