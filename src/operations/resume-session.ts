// Finds the session a request belongs to. It is bound to the proof that opened it: its cookie is
// worthless on a connection that shows another certificate.
import type { Evidence } from '../banking/evidence.ts';
import type { Person } from '../banking/person.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { findPerson } from '../store/persons.ts';
import { endSession, findSession, type SessionRecord, touchSession } from '../store/sessions.ts';
import { sessionTokenHash } from './log-in.ts';

/** A user whose session this is, on a connection that showed the session's certificate. */
export type AuthenticatedUser = {
  readonly person: Person;
  readonly certificate: UserCertificate;
  readonly session: SessionRecord;
  readonly __brand: 'AuthenticatedUser';
};

/** A session token, not checked, and the number under which a refusal is found. */
export type Resumption = { readonly token: string; readonly inquiry: string };

type Needs = { readonly db: Db; readonly clock: Clock };

const TOUCH_EVERY_MS = 30_000;

/** The user of a session token; refuses `session-ended` or `certificate-changed`. */
export async function resumeSession(
  { token, inquiry }: Resumption,
  evidence: Evidence,
  needs: Needs,
): Promise<AuthenticatedUser> {
  const { certificate } = evidence;
  const { institution } = certificate.identity;
  const now = needs.clock.now();
  const session = await findSession(institution, sessionTokenHash(token), needs.db);
  if (session === undefined) throw new Refusal('session-ended', 'there is no such session');
  if (Buffer.compare(session.certificate, certificate.sha256) !== 0) {
    await recordStolen(session, { shown: certificate, inquiry }, needs);
    throw new Refusal('certificate-changed', 'the session belongs to another certificate');
  }
  if (session.endReason !== null) {
    throw new Refusal('session-ended', `the session has ended: ${session.endReason}`);
  }
  await endWhenOver(session, now, needs);
  const person = await findPerson(session.identity, needs.db);
  if (person === undefined || person.isStopped || certificate.state !== 'current') {
    throw new Refusal('session-ended', 'the user or the certificate no longer stands');
  }
  if (now.getTime() - session.seenAt.getTime() >= TOUCH_EVERY_MS) {
    await touchSession(session, now, needs.db);
  }
  return { person, certificate, session } as AuthenticatedUser;
}

async function endWhenOver(session: SessionRecord, now: Date, needs: Needs): Promise<void> {
  const policy = await policyAt(session.identity.institution, now, needs.db);
  const idleMs = now.getTime() - session.seenAt.getTime();
  const totalMs = now.getTime() - session.openedAt.getTime();
  const isIdle = idleMs > policy.sessionIdleMinutes * 60_000;
  if (!isIdle && totalMs <= policy.sessionTotalMinutes * 60_000) return;
  const reason = isIdle ? 'idle' : 'total';
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
