// What lately became of the certificates of a user, and for an administrator of everybody in the contract: issued, proved,
// replaced. Told as one list and not as a notice each, so that a year of renewals buries nothing. Reads only: it
// follows from the records of the certificates, so that nothing can happen without being in it.
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../store/database.ts';
import { certificatesChangedSince, latestChange } from '../store/members.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** What can become of a certificate that nothing else tells of. */
export type CertificateEventKind = 'acquired' | 'renewed' | 'imported' | 'proved' | 'replaced';

/** One of them. */
export type CertificateEvent = {
  readonly kind: CertificateEventKind;
  readonly at: Date;
  readonly name: string;
  readonly user: string;
  readonly commonName: string;
};

type Needs = { readonly db: Db; readonly clock: Clock };

const SHOWN_DAYS = 90;
const DAY_MS = 24 * 60 * 60_000;

/** The events of the last ninety days, newest first. */
export async function readCertificateEvents(
  reader: AuthenticatedUser,
  { db, clock }: Needs,
): Promise<readonly CertificateEvent[]> {
  const since = beginOf(clock);
  const changed = await certificatesChangedSince(whoseFor(reader), since, db);
  return changed
    .flatMap(({ certificate, name }) => eventsOf(certificate, name))
    .filter(({ at }) => at >= since)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

/** When the newest of them happened, without reading the others; undefined where there is none. */
export async function readLatestEvent(
  reader: AuthenticatedUser,
  { db, clock }: Needs,
): Promise<Date | undefined> {
  const at = await latestChange(whoseFor(reader), db);
  return at !== null && at >= beginOf(clock) ? at : undefined;
}

function beginOf(clock: Clock): Date {
  return new Date(clock.now().getTime() - SHOWN_DAYS * DAY_MS);
}

function whoseFor({ person }: AuthenticatedUser) {
  const { institution, contract, user } = person.identity;
  const isForAll = person.role === 'administrator' && !person.isFrozen;
  return { institution, contract, user: isForAll ? null : user };
}

function eventsOf(certificate: UserCertificate, name: string): readonly CertificateEvent[] {
  const { identity, commonName, acquiredAs, state, issuedAt, provedAt, endedAt } = certificate;
  const about = { name, user: identity.user, commonName };
  // Its holder has been using it: there is no proof of it to tell.
  if (certificate.renewableFrom !== null) return [{ ...about, kind: 'imported', at: issuedAt }];
  return [
    { ...about, kind: acquiredAs === null ? 'renewed' : 'acquired', at: issuedAt },
    ...(provedAt === null ? [] : [{ ...about, kind: 'proved' as const, at: provedAt }]),
    ...(state !== 'replaced' || endedAt === null
      ? []
      : [{ ...about, kind: 'replaced' as const, at: endedAt }]),
  ];
}
