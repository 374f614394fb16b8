// Says in the log which CA certificates end too soon for the certificates that policy wants of them.
// Certificates are cut short all the same: that is not here, see src/banking/renewal.ts.
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/database.ts';
import { listAuthorities, listInstitutions, policyAt } from '../store/institutions.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { showName } from '../x509/name.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Warns of CAs with less life than the policy's longest certificate; one that has ended is an error. */
export async function warnOfAuthorityEnds(needs: {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<void> {
  const now = needs.clock.now();
  for (const { code } of await listInstitutions(needs.db)) {
    const { maximumLifetimeDays } = await policyAt(code, now, needs.db);
    for (const { certificate } of await listAuthorities(code, needs.db)) {
      const { subject, notAfter } = parseCertificate(certificate);
      const days = Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);
      const fields = { institution: code, authority: showName(subject), ends: notAfter, days };
      if (days < 0) needs.log.error(fields, 'a CA has ended');
      else if (days < maximumLifetimeDays) {
        needs.log.warn({ ...fields, maximumLifetimeDays }, 'a CA cuts certificates short');
      }
    }
  }
}
