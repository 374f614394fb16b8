// What is on record under an inquiry number: who was refused, what they showed, and how it stands now.
// For the help desk; reads only.
import type { Institution } from '../banking/institution.ts';
import type { Person } from '../banking/person.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { findByInquiry, type RecordedEntry } from '../store/audit-log.ts';
import { findCertificate, heldInSlot } from '../store/certificates.ts';
import type { Db } from '../store/database.ts';
import { listInstitutions } from '../store/institutions.ts';
import { findPerson } from '../store/persons.ts';

/** One entry under a number, with what it refers to as that is now. */
export type Inquiry = {
  readonly institution: Institution;
  readonly entry: RecordedEntry;
  readonly person: Person | undefined;
  /** The certificate that was shown, where it is one of ours. */
  readonly shown: UserCertificate | undefined;
  /** The certificates of its slot that are not ended: what the person can use. */
  readonly held: readonly UserCertificate[];
};

/** Everything on record under a number, oldest first; nothing for a stranger's. */
export async function findInquiry(number: string, db: Db): Promise<readonly Inquiry[]> {
  const entries = await findByInquiry(number, db);
  const institutions = await listInstitutions(db);
  return await Promise.all(
    entries.map(async (entry) => {
      const institution = institutions.find(({ code }) => code === entry.institution);
      if (institution === undefined) throw new Error(`no institution ${entry.institution}`);
      const { person, certificate } = entry;
      const shown = certificate && (await findCertificate(entry.institution, certificate, db));
      return {
        institution,
        entry,
        person: person && (await findPerson(person, db)),
        shown,
        held: shown === undefined ? [] : await heldInSlot(shown, db),
      };
    }),
  );
}
