// Notices as each user sees them. Which notices exist is decided by operations.
import { randomUUID } from 'node:crypto';
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { Notice } from '../banking/notice.ts';
import type { Told } from '../banking/told.ts';
import type { Db, Tx } from './database.ts';
import type { Tables } from './tables.ts';

/** A notice of the bank: for the institution, a contract, or one user. */
export type BankNotice = {
  readonly id: string;
  readonly institution: string;
  readonly contract?: string;
  readonly user?: string;
  readonly isImportant: boolean;
  readonly title: string;
  readonly body: string;
  readonly publishedAt: Date;
  readonly untilAt?: Date;
};

/** Publishes a notice of the bank. */
export async function insertBankNotice(notice: BankNotice, tx: Tx): Promise<void> {
  await tx
    .insertInto('notice')
    .values({
      institution: notice.institution,
      notice: notice.id,
      kind: 'bank',
      contract: notice.contract ?? null,
      user_id: notice.user ?? null,
      certificate: null,
      important: notice.isImportant,
      title: notice.title,
      body: notice.body,
      published_at: notice.publishedAt,
      until_at: notice.untilAt ?? null,
      told: null,
    })
    .execute();
}

/** Tells people of a contract what happened to one of its members, each by a notice of their own. */
export async function insertToldNotices(
  notice: {
    readonly to: readonly Identity[];
    readonly told: Told;
    readonly isImportant: boolean;
    readonly publishedAt: Date;
    readonly untilAt: Date;
  },
  tx: Tx,
): Promise<void> {
  if (notice.to.length === 0) return;
  await tx
    .insertInto('notice')
    .values(
      notice.to.map(({ institution, contract, user }) => ({
        institution,
        notice: randomUUID(),
        kind: 'told' as const,
        contract,
        user_id: user,
        certificate: null,
        important: notice.isImportant,
        title: '',
        body: '',
        published_at: notice.publishedAt,
        until_at: notice.untilAt,
        told: JSON.stringify(notice.told),
      })),
    )
    .execute();
}

/** Tells many people of one institution, each of one thing. */
export async function insertManyTold(
  notices: readonly { readonly to: Identity; readonly told: Told }[],
  shown: {
    readonly institution: string;
    readonly isImportant: boolean;
    readonly publishedAt: Date;
    readonly untilAt: Date;
  },
  tx: Tx,
): Promise<void> {
  if (notices.length === 0) return;
  await sql`
    insert into notice (institution, notice, kind, contract, user_id, important, title, body,
      published_at, until_at, told)
    select ${shown.institution}, gen_random_uuid(), 'told', n.contract, n.user_id,
      ${shown.isImportant}, '', '', ${shown.publishedAt}, ${shown.untilAt}, n.told::jsonb
    from unnest(${notices.map(({ to }) => to.contract)}::text[],
      ${notices.map(({ to }) => to.user)}::text[],
      ${notices.map(({ told }) => JSON.stringify(told))}::text[]) as n (contract, user_id, told)`.execute(
    tx,
  );
}

/** Adds the renewal notice of a certificate, once: doing it again changes nothing. */
export async function ensureRenewalNotice(
  notice: {
    readonly identity: Identity;
    readonly certificate: Uint8Array;
    readonly publishedAt: Date;
    readonly untilAt: Date;
  },
  tx: Tx,
): Promise<void> {
  await tx
    .insertInto('notice')
    .values({
      institution: notice.identity.institution,
      notice: randomUUID(),
      kind: 'renewal',
      contract: notice.identity.contract,
      user_id: notice.identity.user,
      certificate: notice.certificate,
      important: true,
      title: '',
      body: '',
      published_at: notice.publishedAt,
      until_at: notice.untilAt,
      told: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['institution', 'certificate'])
        // A literal: with a parameter, a generic plan no longer finds the partial index.
        .where(sql<boolean>`kind = 'renewal'`)
        .doNothing(),
    )
    .execute();
}

/** The notices a user sees with this certificate: important ones first, then the newest. */
export async function listNotices(
  reader: { readonly identity: Identity; readonly certificate: Uint8Array; readonly now: Date },
  db: Db,
): Promise<readonly Notice[]> {
  const { identity, now } = reader;
  const rows = await db
    .selectFrom('notice')
    .select(['notice as id', 'kind', 'important', 'title', 'body', 'published_at', 'told'])
    .where('institution', '=', identity.institution)
    .where((eb) => isAddressedTo(identity, eb))
    .where((eb) =>
      eb.or([eb('certificate', 'is', null), eb('certificate', '=', reader.certificate)]),
    )
    .where('published_at', '<=', now)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', now)]))
    .orderBy('important', 'desc')
    // However much the company is told of: what the reader has to do themselves stays in the list.
    .orderBy(sql`kind = 'renewal'`, 'desc')
    .orderBy('published_at', 'desc')
    .orderBy('notice')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    isImportant: row.important,
    title: row.title,
    body: row.body,
    publishedAt: row.published_at,
    told: row.told,
  }));
}

function isAddressedTo(
  identity: Identity,
  eb: ExpressionBuilder<Tables, 'notice'>,
): Expression<SqlBool> {
  return eb.or([
    eb('contract', 'is', null),
    eb.and([eb('contract', '=', identity.contract), eb('user_id', 'is', null)]),
    eb.and([eb('contract', '=', identity.contract), eb('user_id', '=', identity.user)]),
  ]);
}
