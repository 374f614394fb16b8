// The notices of the bank in the console: which are shown to whom, who has read each, and taking one down. Which are
// published is decided by two (`request-order.ts`); what should not stand there is taken down by one.
import type { Identity } from '../banking/identity.ts';
import { isOrderId } from '../banking/order.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import {
  countNoticeReaders,
  endPublishedNotice,
  findPublishedNotice,
  listNoticeReaders,
  listPublishedNotices,
  type NoticeKey,
  type NoticeReader,
  type PublishedNotice,
} from '../store/published-notices.ts';
import { authoriseReader, authoriseStaff } from './authorise-staff.ts';
import { withTouch } from './freshness.ts';
import type { AuthenticatedUser } from './resume-session.ts';

export type { NoticeReader, PublishedNotice };

type Needs = { readonly db: Db; readonly clock: Clock };

/** A staff member who asks, and the notice. */
export type NoticeAsked = { readonly user: AuthenticatedUser; readonly key: NoticeKey };

/** Of more readers it is said that there are more. */
export const MOST_COUNTED = 10_000;

const MOST_NOTICES = 200;
const READERS_A_PAGE = 100;

/** The latest notices of an institution; refuses `not-in-role`. */
export async function listNoticesFor(
  { user, institution }: { readonly user: AuthenticatedUser; readonly institution: string },
  { db }: Pick<Needs, 'db'>,
): Promise<readonly PublishedNotice[]> {
  await authoriseReader({ user, action: 'read-notices', institution }, db);
  return await listPublishedNotices({ institution, atMost: MOST_NOTICES }, db);
}

/** A notice, how many have read it (counted up to `MOST_COUNTED`), and the first of them. */
export type NoticeRead = {
  readonly notice: PublishedNotice;
  readonly readers: number;
  readonly listed: ReadersListed;
};

/** A page of readers. */
export type ReadersListed = { readonly readers: readonly NoticeReader[]; readonly more: boolean };

/** Reads it; refuses `not-in-role` and `not-found`. */
export async function readNoticeFor(
  asked: NoticeAsked,
  { db }: Pick<Needs, 'db'>,
): Promise<NoticeRead> {
  const { user, key } = asked;
  await authoriseReader({ user, action: 'read-notices', institution: key.institution }, db);
  const notice = isOrderId(key.id) ? await findPublishedNotice(key, db) : undefined;
  if (notice === undefined) throw new Refusal('not-found', 'no such notice');
  const [readers, listed] = await Promise.all([
    countNoticeReaders(key, MOST_COUNTED + 1, db),
    listReadersFor(asked, undefined, { db }),
  ]);
  return { notice, readers, listed };
}

/** The readers after one of them; refuses `not-in-role`. */
export async function listReadersFor(
  { user, key }: NoticeAsked,
  after: Pick<Identity, 'contract' | 'user'> | undefined,
  { db }: Pick<Needs, 'db'>,
): Promise<ReadersListed> {
  await authoriseReader({ user, action: 'read-notices', institution: key.institution }, db);
  const atMost = READERS_A_PAGE + 1;
  const page = { atMost, ...(after && { after }) };
  const readers = await listNoticeReaders(key, page, db);
  return { readers: readers.slice(0, READERS_A_PAGE), more: readers.length > READERS_A_PAGE };
}

/** Takes a notice down; one that has ended stays as it is. Refuses `not-in-role` and `not-found`. */
export async function endNotice({ user, key }: NoticeAsked, needs: Needs): Promise<void> {
  const at = needs.clock.now();
  const { institution } = key;
  await inTransaction(needs.db, async (tx) => {
    await authoriseStaff({ user, action: 'end-notice', institution }, tx);
    const notice = isOrderId(key.id) ? await findPublishedNotice(key, tx) : undefined;
    if (notice === undefined) throw new Refusal('not-found', 'no such notice');
    if (!(await endPublishedNotice(key, at, tx))) return;
    const { id, title, contract } = notice;
    const by = `staff:${user.person.identity.user}`;
    const entry = {
      institution,
      at,
      event: 'notice-ended',
      ...(contract !== null && { contract }),
      detail: { notice: id, title, by },
    } as const;
    await appendAudit(withTouch([entry], user.session), tx);
  });
}
