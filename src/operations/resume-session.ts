// Finds the session a request belongs to. It is bound to the proof that opened it: its cookie is
// worthless on a connection that shows another certificate.
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
import { findStanding, type Standing } from '../store/standings.ts';
import type { Bank } from './bank.ts';
import { type FindRecord, judgeShown, type ShownBy } from './identify-certificate.ts';
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
  shownBy: ShownBy & { readonly token: string },
  bank: Bank,
  needs: Needs,
): Promise<AuthenticatedUser> {
  const now = needs.clock.now();
  const tokenHash = sessionTokenHash(shownBy.token);
  let standing: Standing | undefined;
  const find: FindRecord = async (certificate) => {
    standing = await findStanding(
      { institution: bank.code, certificate, tokenHash, now },
      needs.db,
    );
    return standing?.certificate;
  };
  const { certificate } = await judgeShown(shownBy, bank, { ...needs, find });
  if (standing?.session === undefined) {
    throw new Refusal('session-ended', 'there is no such session');
  }
  const { session, person, policy, waiting } = standing;
  if (!equalOctets(session.certificate, certificate.sha256)) {
    await recordStolen(session, { shown: certificate, inquiry: shownBy.inquiry }, needs);
    throw new Refusal('certificate-changed', 'the session belongs to another certificate');
  }
  if (session.endReason !== null) {
    throw new Refusal('session-ended', `the session has ended: ${session.endReason}`);
  }
  await endWhenOver(session, { policy, now }, needs);
  if (person.isStopped || certificate.state !== 'current') {
    throw new Refusal('session-ended', 'the user or the certificate no longer stands');
  }
  if (now.getTime() - session.seenAt.getTime() >= TOUCH_EVERY_MS) {
    await touchSession(session, now, needs.db);
  }
  return { person, certificate, session, policy, waiting } as AuthenticatedUser;
}

async function endWhenOver(
  session: SessionRecord,
  { policy, now }: { readonly policy: Policy; readonly now: Date },
  needs: Needs,
): Promise<void> {
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
