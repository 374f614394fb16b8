// An acquisition whose key is a passkey: what the browser is to make, and the passkey it made. The certificate over
// it is issued as any other; its proof is the first login.
import { mayBeOnDevice } from '../banking/key-homes.ts';
import { firstEnd } from '../banking/renewal.ts';
import { commonNameOf } from '../banking/subject-name.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Acquisition } from '../store/acquisitions.ts';
import type { Db } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { ticketed } from './acquire-certificate.ts';
import type { LoadedBank } from './bank.ts';
import { type ChallengeBinding, makeChallenge } from './challenge.ts';
import type { PasskeyKeys } from './needs.ts';
import { passkeyHandle } from './passkey-handle.ts';
import type { PasskeySite, Registration } from './passkey-site.ts';
import { algorithmsOf, type PasskeyWanted } from './renew-on-device.ts';
import { type VerifiedCredential, verifyRegistration } from './verify-registration.ts';

type Needs = PasskeyKeys & { readonly db: Db; readonly clock: Clock };
type There = { readonly bank: LoadedBank; readonly site: PasskeySite };

/** What a new passkey is to be; refuses `acquisition-ended`, and `policy-forbids` where policy allows none. */
export async function beginDeviceAcquisition(
  ticket: string,
  { bank, site }: There,
  needs: Needs,
): Promise<PasskeyWanted> {
  const now = needs.clock.now();
  const policy = await policyAt(bank.code, now, needs.db);
  if (!mayBeOnDevice(policy)) throw new Refusal('policy-forbids', 'policy allows no passkey');
  const acquisition = await ticketed(ticket, bank.code, needs.db);
  const { identity, slot, id } = acquisition;
  const issuerEndsAt = bank.authority.issuer.notAfter;
  const endsAt = firstEnd({ policy, issuerEndsAt, now });
  return {
    challenge: makeChallenge(bindingOf(acquisition, site), needs.challengeKey, now),
    domain: site.passkeyDomain,
    institution: bank.name,
    handle: passkeyHandle({ identity, slot, predecessor: null, acquisition: id }, needs),
    name: commonNameOf(identity, endsAt, policy.monthInName),
    algorithms: algorithmsOf(policy),
  };
}

/** The passkey that was made for a ticket. */
export async function passkeyOfTicket(
  ticket: string,
  registration: Registration,
  { there: { bank, site }, ...needs }: Needs & { readonly there: There },
): Promise<VerifiedCredential> {
  const acquisition = await ticketed(ticket, bank.code, needs.db);
  return await verifyRegistration(registration, {
    site,
    binding: bindingOf(acquisition, site),
    challengeKey: needs.challengeKey,
    now: needs.clock.now(),
  });
}

function bindingOf({ id }: Acquisition, { institution, host }: PasskeySite): ChallengeBinding {
  return { purpose: 'register', institution, host, boundTo: ['acquisition', id] };
}
