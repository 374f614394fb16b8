// The notices of the bank as its staff see them: what is or was shown to whom, and who has read it.
import type { Identity } from '../banking/identity.ts';
import type { Db, Tx } from './database.ts';

/** Where a notice is found. */
export type NoticeKey = { readonly institution: string; readonly id: string };

/** A notice of the bank. */
export type PublishedNotice = NoticeKey & {
  /** Null: every contract. */
  readonly contract: string | null;
  /** Null: everybody of the contract. */
  readonly user: string | null;
  readonly isImportant: boolean;
  readonly title: string;
  readonly body: string;
  readonly publishedAt: Date;
  /** Null: no end. */
  readonly untilAt: Date | null;
};

/** Who has read a notice, and when first. */
export type NoticeReader = {
  readonly identity: Identity;
  readonly name: string;
  readonly readAt: Date;
};

const COLUMNS = [
  'institution',
  'notice',
  'contract',
  'user_id',
  'important',
  'title',
  'body',
  'published_at',
  'until_at',
] as const;

/** The latest notices of an institution, the newest first. */
export async function listPublishedNotices(
  { institution, atMost }: { readonly institution: string; readonly atMost: number },
  db: Db,
): Promise<readonly PublishedNotice[]> {
  const rows = await db
    .selectFrom('notice')
    .select(COLUMNS)
    .where('institution', '=', institution)
    .where('kind', '=', 'bank')
    .orderBy('published_at', 'desc')
    .orderBy('notice')
    .limit(atMost)
    .execute();
  return rows.map(noticeOf);
}

/** One of them. */
export async function findPublishedNotice(
  { institution, id }: NoticeKey,
  db: Db,
): Promise<PublishedNotice | undefined> {
  const row = await db
    .selectFrom('notice')
    .select(COLUMNS)
    .where('institution', '=', institution)
    .where('notice', '=', id)
    .where('kind', '=', 'bank')
    .executeTakeFirst();
  return row && noticeOf(row);
}

/** Ends a notice at `at`; false where it has ended by then. */
export async function endPublishedNotice(
  { institution, id }: NoticeKey,
  at: Date,
  tx: Tx,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('notice')
    .set({ until_at: at })
    .where('institution', '=', institution)
    .where('notice', '=', id)
    .where('kind', '=', 'bank')
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', at)]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Records that somebody has read a notice; false where they had before. */
export async function insertNoticeRead(
  { id, reader, at }: { readonly id: string; readonly reader: Identity; readonly at: Date },
  tx: Tx,
): Promise<boolean> {
  const { institution, contract, user } = reader;
  const inserted = await tx
    .insertInto('notice_read')
    .values({ notice: id, contract, user_id: user, institution, read_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** Those who have read a notice, by contract and user, after one of them. */
export async function listNoticeReaders(
  { institution, id }: NoticeKey,
  page: { readonly after?: Pick<Identity, 'contract' | 'user'>; readonly atMost: number },
  db: Db,
): Promise<readonly NoticeReader[]> {
  const { after, atMost } = page;
  const rows = await db
    .selectFrom('notice_read as r')
    .innerJoin('person as p', (join) =>
      join
        .onRef('p.institution', '=', 'r.institution')
        .onRef('p.contract', '=', 'r.contract')
        .onRef('p.user_id', '=', 'r.user_id'),
    )
    .select(['r.contract', 'r.user_id', 'r.read_at', 'p.name'])
    .where('r.notice', '=', id)
    .where('r.institution', '=', institution)
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple('r.contract', 'r.user_id'),
          '>',
          eb.tuple(after?.contract ?? '', after?.user ?? ''),
        ),
      ),
    )
    .orderBy('r.contract')
    .orderBy('r.user_id')
    .limit(atMost)
    .execute();
  return rows.map(({ contract, user_id: user, read_at: readAt, name }) => ({
    identity: { institution, contract, user },
    name,
    readAt,
  }));
}

/** How many have read it, counted up to `atMost`. */
export async function countNoticeReaders(
  { institution, id }: NoticeKey,
  atMost: number,
  db: Db,
): Promise<number> {
  const { count } = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('notice_read')
        .select('user_id')
        .where('notice', '=', id)
        .where('institution', '=', institution)
        .limit(atMost)
        .as('readers'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function noticeOf(row: {
  readonly institution: string;
  readonly notice: string;
  readonly contract: string | null;
  readonly user_id: string | null;
  readonly important: boolean;
  readonly title: string;
  readonly body: string;
  readonly published_at: Date;
  readonly until_at: Date | null;
}): PublishedNotice {
  return {
    institution: row.institution,
    id: row.notice,
    contract: row.contract,
    user: row.user_id,
    isImportant: row.important,
    title: row.title,
    body: row.body,
    publishedAt: row.published_at,
    untilAt: row.until_at,
  };
}
