// One notice of a logged-in user. That a notice of the bank has been read is recorded once, so that the bank sees
// whom it has reached; of the system's own nothing is recorded.
import type { Notice } from '../banking/notice.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { insertNoticeRead } from '../store/published-notices.ts';
import { readNotices } from './read-notices.ts';
import type { AuthenticatedUser } from './resume-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** The notice; refuses `not-found` what is not shown to this user now. */
export async function readNotice(
  user: AuthenticatedUser,
  id: string,
  needs: Needs,
): Promise<Notice> {
  const notices = await readNotices(user, needs);
  const notice = notices.find((one) => one.id === id);
  if (notice === undefined) throw new Refusal('not-found', 'no such notice for this user');
  if (notice.kind === 'bank') await recordRead(user, notice, needs);
  return notice;
}

async function recordRead(user: AuthenticatedUser, notice: Notice, needs: Needs): Promise<void> {
  const { identity: reader } = user.person;
  const at = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    if (!(await insertNoticeRead({ id: notice.id, reader, at }, tx))) return;
    const detail = { notice: notice.id, title: notice.title };
    const { institution } = reader;
    await appendAudit([{ institution, at, event: 'notice-read', person: reader, detail }], tx);
  });
}
