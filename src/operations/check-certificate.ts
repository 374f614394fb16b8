// 証明書の動作確認: which certificate a connection showed, and whether a login with it would be let in. Changes
// nothing; that a certificate of ours is refused goes on record as at a login.
import { mayRenew } from '../banking/renewal.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import type { RefusalCode } from '../errors.ts';
import type { Db } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { findPerson } from '../store/persons.ts';
import { issuerNameOf, type LoadedBank } from './bank.ts';
import { CertificateRefusal, type ShownNames } from './certificate-refusal.ts';
import { identifyCertificate, type ShownBy } from './identify-certificate.ts';

/** What is checked, in the order in which a login is judged: at the first that fails it ends. */
export const CERTIFICATE_CHECKS = ['ours', 'in-force', 'in-time', 'usable', 'person'] as const;

/** How each check ended; `unknown`: it was not reached. */
export type CheckResult = 'good' | 'bad' | 'unknown';

/** A certificate that was shown, and what came of it. */
export type CheckedCertificate = {
  readonly shown: ShownNames;
  /** Our record of it, where it is one of ours. */
  readonly certificate: UserCertificate | null;
  /** The certificate to use instead, where it was superseded or replaced. */
  readonly successor: UserCertificate | null;
  /** Why a login would be refused; null where it would not. */
  readonly code: RefusalCode | null;
  readonly results: Readonly<Record<(typeof CERTIFICATE_CHECKS)[number], CheckResult>>;
  /** Whether its renewal is open. */
  readonly mayRenew: boolean;
  /** Whether the refusal is on record, under the inquiry number. */
  readonly isRecorded: boolean;
};

type Needs = { readonly db: Db; readonly clock: Clock };
type Check = (typeof CERTIFICATE_CHECKS)[number];

/** The check at which a refusal falls; any other is of what the certificate is for. */
const FALLS_AT: Partial<Record<RefusalCode, Check>> = {
  'unknown-issuer': 'ours',
  'unknown-certificate': 'ours',
  'authority-ended': 'ours',
  superseded: 'in-force',
  replaced: 'in-force',
  suspended: 'in-force',
  revoked: 'in-force',
  'not-yet-valid': 'in-time',
  expired: 'in-time',
  'user-stopped': 'person',
  'pin-locked': 'person',
};

/** Checks it; refuses (`no-certificate`) where none was shown, and (`unknown-issuer`) what is no certificate. */
export async function checkCertificate(
  shownBy: ShownBy,
  bank: LoadedBank,
  needs: Needs,
): Promise<CheckedCertificate> {
  try {
    const { certificate } = await identifyCertificate(shownBy, bank, needs);
    return await checkedGood(certificate, bank, needs);
  } catch (refusal) {
    if (!(refusal instanceof CertificateRefusal) || refusal.refused.shown === null) throw refusal;
    const { shown, certificate, successor } = refusal.refused;
    const { code } = refusal;
    const isRecorded = code !== 'unknown-issuer';
    const results = resultsOf(code);
    return { shown, certificate, successor, code, results, mayRenew: false, isRecorded };
  }
}

async function checkedGood(
  certificate: UserCertificate,
  bank: LoadedBank,
  needs: Needs,
): Promise<CheckedCertificate> {
  const now = needs.clock.now();
  const code = await faultOfPerson(certificate, needs.db);
  return {
    shown: namesOf(certificate, bank),
    certificate,
    successor: null,
    code,
    results: resultsOf(code),
    mayRenew: mayRenew(certificate, await policyAt(bank.code, now, needs.db), now),
    isRecorded: false,
  };
}

async function faultOfPerson({ identity }: UserCertificate, db: Db): Promise<RefusalCode | null> {
  const person = await findPerson(identity, db);
  if (person === undefined) throw new Error('a certificate names a person who is not recorded');
  if (person.isStopped) return 'user-stopped';
  return person.isLocked ? 'pin-locked' : null;
}

/** Up to the check at which it falls all are good; what comes after it was not reached. */
function resultsOf(code: RefusalCode | null): CheckedCertificate['results'] {
  const fallsAt = code === null ? undefined : (FALLS_AT[code] ?? 'usable');
  const falls =
    fallsAt === undefined ? Number.POSITIVE_INFINITY : CERTIFICATE_CHECKS.indexOf(fallsAt);
  const resultOf = (check: Check): CheckResult => {
    const at = CERTIFICATE_CHECKS.indexOf(check);
    if (at === falls) return 'bad';
    return at < falls ? 'good' : 'unknown';
  };
  return {
    ours: resultOf('ours'),
    'in-time': resultOf('in-time'),
    'in-force': resultOf('in-force'),
    usable: resultOf('usable'),
    person: resultOf('person'),
  };
}

function namesOf(certificate: UserCertificate, bank: LoadedBank): ShownNames {
  return {
    subject: certificate.commonName,
    issuer: issuerNameOf(bank, certificate.issuer),
    serial: Buffer.from(certificate.serial).toString('hex'),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  };
}
