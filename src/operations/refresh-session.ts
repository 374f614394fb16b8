// One touch in an open session: the passkey of its certificate signs a challenge bound to the session, and
// for five minutes the page that has the answer may change something.
import { equalOctets } from '../asn1/octets.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { credentialOf } from '../store/credentials.ts';
import type { Db } from '../store/database.ts';
import { refreshSession } from '../store/sessions.ts';
import { type ChallengeBinding, makeChallenge } from './challenge.ts';
import { makeFreshness } from './freshness.ts';
import type { PasskeyKeys } from './needs.ts';
import { type Assertion, base64url, type PasskeySite } from './passkey-site.ts';
import type { SignatureWanted } from './renew-on-device.ts';
import type { AuthenticatedUser } from './resume-session.ts';
import { spendAssertion, verifyAssertion } from './verify-assertion.ts';

type Needs = PasskeyKeys & { readonly db: Db; readonly clock: Clock; readonly log: Log };

/** Asks for a touch. */
export async function beginTouch(
  user: AuthenticatedUser,
  site: PasskeySite,
  needs: Needs,
): Promise<SignatureWanted> {
  const { credential } = await ownPasskey(user, needs.db);
  return {
    challenge: makeChallenge(bindingOf(user, site), needs.challengeKey, needs.clock.now()),
    domain: site.passkeyDomain,
    credentialId: base64url(credential.credentialId),
  };
}

/** Takes a touch; returns the secret for the page alone. */
export async function touch(
  user: AuthenticatedUser,
  { assertion, site }: { readonly assertion: Assertion; readonly site: PasskeySite },
  needs: Needs,
): Promise<string> {
  const by = await ownPasskey(user, needs.db);
  const id = Buffer.from(assertion.credentialId, 'base64url');
  if (!equalOctets(by.credential.credentialId, id)) {
    throw new Refusal('assertion-invalid', 'another passkey has signed');
  }
  const binding = bindingOf(user, site);
  const { challengeKey } = needs;
  const now = needs.clock.now();
  const verified = await verifyAssertion(assertion, by, { site, binding, challengeKey, now });
  const { secret, kept } = makeFreshness(verified.recorded, now);
  await spendAssertion(
    verified,
    async (tx) => {
      if (await refreshSession(user.session, kept, tx)) return;
      throw new Refusal('session-ended', 'the session ended meanwhile');
    },
    needs,
  );
  return secret;
}

async function ownPasskey({ certificate }: AuthenticatedUser, db: Db) {
  const { identity, sha256 } = certificate;
  const held = await credentialOf(identity.institution, sha256, db);
  if (held === undefined) throw new Refusal('transition-forbidden', 'this session needs no touch');
  return held;
}

function bindingOf({ session }: AuthenticatedUser, site: PasskeySite): ChallengeBinding {
  const { institution, host } = site;
  const boundTo = [Buffer.from(session.tokenHash).toString('hex')];
  return { purpose: 'touch', institution, host, boundTo };
}
