// The former authorities of an institution with how far people have moved on from them, and who has not. Changes nothing.
import type { Clock } from '../clock.ts';
import type { Db } from '../store/database.ts';
import {
  type AfterNotMoved,
  countNotMoved,
  listNotMoved,
  type NotMoved,
} from '../store/former-authorities.ts';
import type { PinnedFormer } from './bank.ts';
import { MOST_COUNTED } from './former-authority.ts';
import { loadFormers } from './load-bank.ts';

/** A former authority, and how many of its certificates nothing of ours has taken the place of. */
export type FormerStanding = PinnedFormer & { readonly notMoved: number };

/** Lists them, the first accepted first. */
export async function listFormers(
  institution: string,
  { db, clock }: { readonly db: Db; readonly clock: Clock },
): Promise<readonly FormerStanding[]> {
  const now = clock.now();
  const formers = await loadFormers(institution, db);
  return await Promise.all(
    formers.map(async (former) => {
      const key = { institution, issuer: former.issuer };
      return {
        ...former,
        notMoved: await countNotMoved({ ...key, now, atMost: MOST_COUNTED }, db),
      };
    }),
  );
}

/** Somebody who holds nothing else. */
export type NotMovedPerson = NotMoved;

const AT_ONCE = 500;

/** Who has not moved from a former authority, by contract and user, some hundred at a time. */
export async function* notMovedFrom(
  { institution, issuer }: Pick<PinnedFormer, 'institution' | 'issuer'>,
  { db, clock }: { readonly db: Db; readonly clock: Clock },
): AsyncGenerator<readonly NotMovedPerson[]> {
  let after: AfterNotMoved | undefined;
  for (;;) {
    const asked = { institution, issuer, now: clock.now(), atMost: AT_ONCE, after };
    const some = await listNotMoved(asked, db);
    if (some.length > 0) yield some;
    after = some.at(-1)?.certificate;
    if (some.length < AT_ONCE || after === undefined) return;
  }
}
