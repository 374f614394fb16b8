// Whether the certificate over a passkey may be used, judged as one that is shown in TLS, and whether the
// passkey itself still is of a kind that policy allows. Not what the passkey signed.
import type { Policy } from '../banking/policy.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import type { CertifiedCredential } from '../store/credentials.ts';
import type { Db } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import type { Bank } from './bank.ts';
import { HolderRefusal } from './holder-refusal.ts';
import { judgeCertificate } from './identify-certificate.ts';

/** By whom it is judged, and the number under which a refusal is found. */
export type JudgedBy = { readonly bank: Bank; readonly inquiry: string };

/** The certificate of a passkey, if it may be used now; refuses as `judgeCertificate`, or `synced-credential`. */
export async function judgeCredential(
  { certificate, credential, der }: CertifiedCredential,
  { bank, inquiry }: JudgedBy,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<UserCertificate> {
  const find = async () => await Promise.resolve(certificate);
  const judging = { ...needs, home: 'device', find } as const;
  const judged = await judgeCertificate({ leaf: der, inquiry }, bank, judging);
  const policy = await policyAt(bank.code, needs.clock.now(), needs.db);
  checkCopies({ certificate, isBackupEligible: credential.isBackupEligible }, policy);
  return judged;
}

/** Refuses (`synced-credential`) a passkey that may be copied where policy binds keys to their device. */
export function checkCopies(
  passkey: { readonly certificate: UserCertificate; readonly isBackupEligible: boolean },
  { deviceBoundOnly }: Pick<Policy, 'deviceBoundOnly'>,
): void {
  if (!(passkey.isBackupEligible && deviceBoundOnly)) return;
  throw new HolderRefusal('synced-credential', passkey.certificate);
}
