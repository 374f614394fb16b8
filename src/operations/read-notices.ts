// The notices of a logged-in user. Reading changes nothing.
import type { Notice } from '../banking/notice.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../store/database.ts';
import { listNotices } from '../store/notices.ts';
import type { AuthenticatedUser } from './resume-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** The user's notices: important ones first, then the newest. */
export async function readNotices(
  user: AuthenticatedUser,
  needs: Needs,
): Promise<readonly Notice[]> {
  return await listNotices(
    {
      identity: user.person.identity,
      certificate: user.certificate.sha256,
      now: needs.clock.now(),
    },
    needs.db,
  );
}
