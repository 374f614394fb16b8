// The passkey that a renewal has done away with, for the browser to take out of its list. Changes nothing.
import { credentialOf } from '../store/credentials.ts';
import type { Db } from '../store/database.ts';
import { base64url } from './passkey-site.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** The ID of the passkey that the user's certificate superseded; undefined where it was none. */
export async function endedPasskey(
  { certificate }: AuthenticatedUser,
  { db }: { readonly db: Db },
): Promise<string | undefined> {
  const { identity, predecessor } = certificate;
  if (predecessor === null) return undefined;
  const ended = await credentialOf(identity.institution, predecessor, db);
  return ended && base64url(ended.credential.credentialId);
}
