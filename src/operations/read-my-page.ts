// What a logged-in user sees of themselves: their certificates, and the history of their logins from the
// audit log. Reading changes nothing.
import type { AuditEvent } from '../audit/entry.ts';
import { LOGIN_REFUSAL_CODES, type LoginRecord } from '../banking/login-history.ts';
import type { MailPlace } from '../banking/mail-address.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { latestEntries, type RecordedEntry } from '../store/audit-log.ts';
import { latestCertificates } from '../store/certificates.ts';
import type { Db } from '../store/database.ts';
import { findMailPlace } from '../store/mail-addresses.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** How many lines of the history are shown, and how many certificates. */
const MOST_SHOWN = 50;

const EVENTS = [
  'logged-in',
  'pin-wrong',
  'pin-locked',
  'pin-changed',
  'certificate-refused',
  'request-refused',
] as const satisfies readonly AuditEvent[];

/** The user's certificates and logins, each newest first. */
export type MyPage = {
  readonly certificates: readonly UserCertificate[];
  readonly history: readonly LoginRecord[];
  readonly mail: MailPlace;
};

/** Reads it. */
export async function readMyPage({ person }: AuthenticatedUser, db: Db): Promise<MyPage> {
  const certificates = await latestCertificates(person.identity, MOST_SHOWN, db);
  const asked = { person: person.identity, events: EVENTS, refusedFor: LOGIN_REFUSAL_CODES };
  const entries = await latestEntries({ ...asked, atMost: MOST_SHOWN }, db);
  const mail = await findMailPlace(person.identity, db);
  return { certificates, mail, history: entries.map(recordOf) };
}

function recordOf(entry: RecordedEntry & { readonly inquiry: string | null }): LoginRecord {
  const { at, event, inquiry, detail } = entry;
  if (event === 'logged-in') {
    const kind = detail['by'] === 'pin' ? 'logged-in' : 'proved-in';
    const by = detail['proof'] === 'signed-challenge' ? 'signed-challenge' : 'mutual-tls';
    return { at, inquiry, kind, by };
  }
  if (event === 'pin-wrong' || event === 'pin-locked' || event === 'pin-changed') {
    return { at, inquiry, kind: event };
  }
  const code = LOGIN_REFUSAL_CODES.find((one) => one === detail['code']) ?? null;
  return { at, inquiry, kind: 'refused', code };
}
