// One of the bank's staff has users written out, as a file that can be sent in again. What the encoding does not have
// is refused and named before the first line: a file in which somebody's name is wrong is worse than none.

import type { Clock } from '../clock.ts';
import { beyondCp932 } from '../csv/cp932.ts';
import type { FileEncoding } from '../csv/file-encoding.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { type ExportedUser, usersAfter } from '../store/exported-users.ts';
import { authoriseReader, authoriseStaff } from './authorise-staff.ts';
import { withTouch } from './freshness.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** Of whom, and in what. */
export type ExportAsked = {
  readonly user: AuthenticatedUser;
  readonly institution: string;
  /** Null: of every contract. */
  readonly contract: string | null;
  readonly encoding: FileEncoding;
};

/** A user with characters that the encoding does not have. */
export type BeyondEncoding = Pick<ExportedUser, 'contract' | 'user'> & {
  readonly signs: readonly string[];
};

/** The users, some at a time; or those for whom the encoding does not do. */
export type Exported =
  | { readonly users: AsyncIterable<readonly ExportedUser[]> }
  | { readonly beyond: readonly BeyondEncoding[] };

const AT_ONCE = 1_000;
const MOST_BEYOND = 50;

/** Puts on record who had whom written out; refuses `not-in-role`. */
export async function exportUsers(
  asked: ExportAsked,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<Exported> {
  const { user, institution, contract, encoding } = asked;
  const { db } = needs;
  await authoriseReader({ user, action: 'export-users', institution }, db);
  const beyond = encoding === 'cp932' ? await usersBeyond(asked, db) : [];
  if (beyond.length > 0) return { beyond };
  const at = needs.clock.now();
  await inTransaction(db, async (tx) => {
    await authoriseStaff({ user, action: 'export-users', institution }, tx);
    const by = `staff:${user.person.identity.user}`;
    const detail = { by, encoding, ...(contract !== null && { contract }) };
    const entry = { institution, at, event: 'users-exported', detail } as const;
    await appendAudit(withTouch([entry], user.session), tx);
  });
  return { users: pagesOf(asked, db) };
}

async function* pagesOf(
  { institution, contract }: ExportAsked,
  db: Db,
): AsyncGenerator<readonly ExportedUser[]> {
  let after: Pick<ExportedUser, 'contract' | 'user'> = { contract: '', user: '' };
  for (;;) {
    const users = await usersAfter({ institution, contract, after, atMost: AT_ONCE }, db);
    if (users.length > 0) yield users;
    const last = users.at(-1);
    if (last === undefined || users.length < AT_ONCE) return;
    after = last;
  }
}

async function usersBeyond(asked: ExportAsked, db: Db): Promise<readonly BeyondEncoding[]> {
  const beyond: BeyondEncoding[] = [];
  for await (const users of pagesOf(asked, db)) {
    for (const one of users) {
      const signs = beyondCp932(textOf(one));
      if (signs.length > 0) beyond.push({ contract: one.contract, user: one.user, signs });
      if (beyond.length === MOST_BEYOND) return beyond;
    }
  }
  return beyond;
}

function textOf({ contractName, contractKana, address, name, kana, mail }: ExportedUser): string {
  return [contractName, contractKana, address, name, kana, mail].join('');
}
