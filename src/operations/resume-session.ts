// Finds the session a request belongs to. It is bound to the proof that opened it: its cookie is
// worthless on a connection that shows another certificate, and on a host of the other kind.
import { equalOctets } from '../asn1/octets.ts';
import type { Person } from '../banking/person.ts';
import type { Policy } from '../banking/policy.ts';
import { overBy } from '../banking/session-life.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { endSession, type SessionRecord, touchSession } from '../store/sessions.ts';
import { findStanding, findStandingOfSession, type Standing } from '../store/standings.ts';
import type { Bank } from './bank.ts';
import { type FindRecord, judgeCertificate, type ShownBy } from './identify-certificate.ts';
import { checkCopies } from './judge-credential.ts';
import { sessionTokenHash } from './open-session.ts';

/** A user whose session this is, on a connection that showed the session's certificate. */
export type AuthenticatedUser = {
  readonly person: Person;
  readonly certificate: UserCertificate;
  readonly session: SessionRecord;
  readonly policy: Policy;
  /** SHA-256 of the successor that waits for its proof. */
  readonly waiting: Uint8Array | undefined;
  readonly __brand: 'AuthenticatedUser';
};

type Needs = { readonly db: Db; readonly clock: Clock };

const TOUCH_EVERY_MS = 30_000;

/**
 * The user of a session token on a connection; refuses what `identifyCertificate` refuses, and
 * `session-ended` or `certificate-changed`.
 */
export async function resumeSession(
  shownBy: ShownBy & { readonly token: string; readonly inquiry: string },
  bank: Bank,
  needs: Needs,
): Promise<AuthenticatedUser> {
  const now = needs.clock.now();
  const tokenHash = sessionTokenHash(shownBy.token);
  let standing: Standing | undefined;
  const find: FindRecord = async ({ sha256 }) => {
    const asked = { institution: bank.code, certificate: sha256, tokenHash, now };
    standing = await findStanding(asked, needs.db);
    return standing?.certificate;
  };
  const certificate = await judgeCertificate(shownBy, bank, { ...needs, home: 'file', find });
  if (standing?.session?.proof !== 'mutual-tls') {
    throw new Refusal('session-ended', 'there is no such session on this kind of host');
  }
  if (!equalOctets(standing.session.certificate, certificate.sha256)) {
    const { session } = standing;
    await recordStolen(session, { shown: certificate, inquiry: shownBy.inquiry }, needs);
    throw new Refusal('certificate-changed', 'the session belongs to another certificate');
  }
  return await goOn({ ...standing, session: standing.session, certificate }, now, needs);
}

/** Ends of a session whose reason its certificate tells: others tell nothing of it, as their user left. */
const TOLD_BY_CERTIFICATE: ReadonlySet<SessionRecord['endReason']> = new Set([
  'superseded',
  'revoked',
  'suspended',
]);

/**
 * The user of the token of a session that a signed challenge opened: its certificate is judged as one
 * that is shown, unless the session ended by itself; without an inquiry number nothing is recorded. Refuses what `identifyCertificate` refuses, `session-ended` and
 * `synced-credential`.
 */
export async function resumeSignedSession(
  { token, inquiry }: { readonly token: string; readonly inquiry: string | null },
  bank: Bank,
  needs: Needs,
): Promise<AuthenticatedUser> {
  const now = needs.clock.now();
  const asked = { institution: bank.code, tokenHash: sessionTokenHash(token), now };
  const standing = await findStandingOfSession(asked, needs.db);
  if (standing?.session?.proof !== 'signed-challenge') {
    throw new Refusal('session-ended', 'there is no such session on this kind of host');
  }
  if (!TOLD_BY_CERTIFICATE.has(standing.session.endReason)) {
    await checkIsOpen(standing.session, { policy: standing.policy, now }, needs);
  }
  const find: FindRecord = async () => await Promise.resolve(standing.certificate);
  const judging = { ...needs, home: 'device', find } as const;
  const certificate = await judgeCertificate({ leaf: standing.der, inquiry }, bank, judging);
  const { policy, isBackupEligible, session } = standing;
  checkCopies({ certificate, isBackupEligible }, policy);
  return await goOn({ ...standing, session, certificate }, now, needs);
}

/** What holds for every session, whichever proof opened it. */
async function goOn(
  standing: Standing & { readonly session: SessionRecord },
  now: Date,
  needs: Needs,
): Promise<AuthenticatedUser> {
  const { session, person, policy, waiting, certificate } = standing;
  await checkIsOpen(session, { policy, now }, needs);
  if (person.isStopped || certificate.state !== 'current') {
    throw new Refusal('session-ended', 'the user or the certificate no longer stands');
  }
  if (now.getTime() - session.seenAt.getTime() >= TOUCH_EVERY_MS) {
    await touchSession(session, now, needs.db);
  }
  return { person, certificate, session, policy, waiting } as AuthenticatedUser;
}

/** Refuses (`session-ended`) a session that has ended, or is over by time and ends now. */
async function checkIsOpen(
  session: SessionRecord,
  { policy, now }: { readonly policy: Policy; readonly now: Date },
  needs: Needs,
): Promise<void> {
  if (session.endReason !== null) {
    throw new Refusal('session-ended', `the session has ended: ${session.endReason}`);
  }
  const reason = overBy(session, policy, now);
  if (reason === undefined) return;
  await inTransaction(needs.db, async (tx) => {
    if (!(await endSession(session, { reason, at: now }, tx))) return;
    await appendAudit(
      [
        {
          institution: session.identity.institution,
          at: now,
          event: 'session-ended',
          person: session.identity,
          certificate: session.certificate,
          detail: { reason },
        },
      ],
      tx,
    );
  });
  throw new Refusal('session-ended', `the session has ended: ${reason}`);
}

async function recordStolen(
  session: SessionRecord,
  { shown, inquiry }: { readonly shown: UserCertificate; readonly inquiry: string },
  needs: Needs,
): Promise<void> {
  await inTransaction(needs.db, async (tx) => {
    await appendAudit(
      [
        {
          institution: shown.identity.institution,
          at: needs.clock.now(),
          event: 'request-refused',
          person: shown.identity,
          certificate: shown.sha256,
          inquiry,
          detail: {
            code: 'certificate-changed',
            sessionContract: session.identity.contract,
            sessionUser: session.identity.user,
          },
        },
      ],
      tx,
    );
  });
}
