// Login by a passkey: from what the browser sent to the certificate over that key, which is then judged
// as one shown in TLS. What it signed is sealed for the PIN page, and opened again when the PIN comes.
import type { SignedChallengeEvidence } from '../banking/evidence.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { credentialOf, findCredential } from '../store/credentials.ts';
import type { Db } from '../store/database.ts';
import type { UsedChallenge } from '../store/used-challenges.ts';
import type { Bank } from './bank.ts';
import { type ChallengeBinding, makeChallenge, readChallenge } from './challenge.ts';
import { asHolder } from './holder-refusal.ts';
import { judgeCredential } from './judge-credential.ts';
import type { PasskeyKeys } from './needs.ts';
import { checkHandle } from './passkey-handle.ts';
import { type Assertion, challengeIn, credentialIdIn, type PasskeySite } from './passkey-site.ts';
import { checkSealAge, openSealed, type SealPurpose, sealEvidence } from './sealed-evidence.ts';
import { spendAssertion, verifyAssertion } from './verify-assertion.ts';

type Needs = PasskeyKeys & { readonly db: Db; readonly clock: Clock; readonly log: Log };

/** Evidence with the seal by which a form carries it. */
export type SealedEvidence = { readonly evidence: SignedChallengeEvidence; readonly seal: string };

/** Evidence out of its seal, and what using it leaves. */
export type OpenedEvidence = {
  readonly evidence: SignedChallengeEvidence;
  readonly once: UsedChallenge;
  /** A mark of the PIN that the person had when it was sealed after a proof. */
  readonly pin?: string;
};

/** A challenge for the login page of a host; anyone may have one. */
export function beginPasskeyLogin(site: PasskeySite, needs: Omit<Needs, 'db' | 'log'>): string {
  return makeChallenge(loginBinding(site), needs.challengeKey, needs.clock.now());
}

/**
 * The evidence in what a passkey signed for the login page, used up by this. Refuses what
 * `verifyAssertion` and `identifyCertificate` refuse, `unknown-credential`, `challenge-used`,
 * `counter-went-back` and `synced-credential`.
 */
export async function identifyCredential(
  { assertion, inquiry }: { readonly assertion: Assertion; readonly inquiry: string },
  { bank, site }: { readonly bank: Bank; readonly site: PasskeySite },
  needs: Needs,
): Promise<SealedEvidence> {
  const { challengeKey } = needs;
  const now = needs.clock.now();
  const binding = loginBinding(site);
  // Before the records are asked: strangers get no further with what no login page of ours wanted.
  readChallenge(challengeIn(assertion.clientDataJson), binding, challengeKey);
  const by = await findCredential(bank.code, credentialIdIn(assertion), needs.db);
  if (by === undefined) throw new Refusal('unknown-credential', 'no certificate has this passkey');
  const verified = await verifyAssertion(assertion, by, { site, binding, challengeKey, now });
  const handled = { ...by.certificate, acquisition: by.acquisition };
  await asHolder(by.certificate, () => checkHandle(assertion.userHandle, handled, needs));
  await spendAssertion(verified, async () => await Promise.resolve(), needs);
  const certificate = await judgeCredential(by, { bank, inquiry }, needs);
  const recorded = { certificate: certificate.sha256, assertion: verified.recorded };
  const seal = sealEvidence(recorded, sealing('before-pin', site), { key: challengeKey, now });
  return { evidence: evidenceIn(certificate, verified.recorded), seal };
}

/** The evidence that a form of this host carried; its certificate is judged anew. */
export async function openEvidence(
  sealed: { readonly text: string; readonly purpose: SealPurpose; readonly inquiry: string },
  { bank, site }: { readonly bank: Bank; readonly site: PasskeySite },
  needs: Needs,
): Promise<OpenedEvidence> {
  const { purpose } = sealed;
  const {
    certificate: sha256,
    assertion,
    once,
    pin,
  } = openSealed(sealed.text, sealing(purpose, site), needs.challengeKey);
  const by = await credentialOf(bank.code, sha256, needs.db);
  if (by === undefined) throw new Refusal('unknown-credential', 'no certificate has this passkey');
  const certificate = await judgeCredential(by, { bank, inquiry: sealed.inquiry }, needs);
  await asHolder(certificate, () => checkSealAge(once, purpose, needs.clock.now()));
  return { evidence: evidenceIn(certificate, assertion), once, ...(pin !== undefined && { pin }) };
}

/** For what and where evidence is sealed. */
function sealing(purpose: SealPurpose, site: Pick<PasskeySite, 'institution' | 'host'>) {
  return { purpose, institution: site.institution, host: site.host };
}

function evidenceIn(
  certificate: SignedChallengeEvidence['certificate'],
  assertion: SignedChallengeEvidence['assertion'],
): SignedChallengeEvidence {
  return { kind: 'signed-challenge', certificate, assertion };
}

function loginBinding({ institution, host }: PasskeySite): ChallengeBinding {
  return { purpose: 'log-in', institution, host, boundTo: [] };
}
