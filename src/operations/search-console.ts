// Finds whatever one of the bank's staff typed into the one box, in the institutions of their scope. Reads only.
import type { Contract } from '../banking/person.ts';
import { readSearchText } from '../banking/search-text.ts';
import { isInScope } from '../banking/staff.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { findByInquiry } from '../store/audit-log.ts';
import type { Db } from '../store/database.ts';
import {
  type FoundPerson,
  searchCertificates,
  searchContracts,
  searchPeople,
} from '../store/search.ts';
import { authoriseReader } from './authorise-staff.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** What was found; `hasMore` where a list was cut. */
export type Found = {
  readonly contracts: readonly Contract[];
  readonly people: readonly FoundPerson[];
  readonly certificates: readonly UserCertificate[];
  /** The inquiry number, where something is on record under it. */
  readonly inquiry: string | null;
  readonly hasMore: boolean;
};

const MOST_FOUND = 50;

/** Searches; refuses `not-in-role`. */
export async function searchConsole(
  { user, typed }: { readonly user: AuthenticatedUser; readonly typed: string },
  db: Db,
): Promise<Found> {
  const asked = { user, action: 'search', institution: null } as const;
  const { scope } = (await authoriseReader(asked, db)).member;
  const text = readSearchText(typed);
  const bounds = { scope, atMost: MOST_FOUND + 1 };
  const [contracts, people, certificates, entries] = await Promise.all([
    searchContracts(text, bounds, db),
    searchPeople(text, bounds, db),
    searchCertificates(text, bounds, db),
    text.inquiry === undefined ? [] : findByInquiry(text.inquiry, db),
  ]);
  const isKnown = entries.some(({ institution }) => isInScope(institution, scope));
  return {
    contracts: contracts.slice(0, MOST_FOUND),
    people: people.slice(0, MOST_FOUND),
    certificates: certificates.slice(0, MOST_FOUND),
    inquiry: isKnown && text.inquiry !== undefined ? text.inquiry : null,
    hasMore: [contracts, people, certificates].some((one) => one.length > MOST_FOUND),
  };
}
