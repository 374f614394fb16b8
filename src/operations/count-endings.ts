// Counts how many certificates end on which day and how far their renewals are, for every institution.
// It is repeated every few minutes; who looks at the counts reads what was counted last.
import { countedSpan } from '../banking/ending.ts';
import type { Clock } from '../clock.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { recountEndings } from '../store/endings.ts';
import { listInstitutions } from '../store/institutions.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** Counts anew, one institution after the other, each in a transaction of its own. */
export async function countEndings({ db, clock }: Needs): Promise<void> {
  for (const { code } of await listInstitutions(db)) {
    const at = clock.now();
    const counted = { institution: code, span: countedSpan(at), at };
    await inTransaction(db, async (tx) => await recountEndings(counted, tx));
  }
}
