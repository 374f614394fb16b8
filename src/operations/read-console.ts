// What the bank's staff read in the console besides people: their own place, orders, inquiries, the audit log. Each
// read asks whether it is theirs to read. Nothing is changed.
import { type ContractFacts, factsOf } from '../banking/contract-facts.ts';
import type { Identity } from '../banking/identity.ts';
import type { Institution } from '../banking/institution.ts';
import { LATELY_DAYS, type MovedContract } from '../banking/letter.ts';
import type { Notice } from '../banking/notice.ts';
import {
  concernedBy,
  FORM_ORDER_KINDS,
  isOrderId,
  type Order,
  type OrderKind,
  stateOf,
} from '../banking/order.ts';
import type { Person } from '../banking/person.ts';
import type { PersonNames } from '../banking/person-names.ts';
import { DEFAULT_POLICY, type Policy } from '../banking/policy.ts';
import { isInScope, type StaffRole, type StaffScope } from '../banking/staff.ts';
import { type ConsoleAction, mayDoInConsole } from '../banking/staff-actions.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { type ContractKey, findContract } from '../store/contracts.ts';
import type { Db } from '../store/database.ts';
import { type EntriesWanted, listEntries, type NumberedEntry } from '../store/histories.ts';
import {
  listInstitutions,
  policyAt,
  policyOfVersion,
  policyVersion,
} from '../store/institutions.ts';
import { movedContracts } from '../store/letters.ts';
import { findOrder, listLatestOrders, listWaitingOrders, type OrderKey } from '../store/orders.ts';
import { findNames, findPerson } from '../store/persons.ts';
import { authoriseReader } from './authorise-staff.ts';
import { type Closing, countClosing } from './close-contract.ts';
import { exportAudit } from './export-audit.ts';
import { findInquiry, type Inquiry } from './find-inquiry.ts';
import { readNotices } from './read-notices.ts';
import type { AuthenticatedUser } from './resume-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** A staff member as the console's pages know them. */
export type Desk = {
  readonly role: StaffRole;
  readonly scope: StaffScope;
  /** The banks they work for. */
  readonly institutions: readonly Institution[];
  /** How many orders wait in them. */
  readonly waiting: number;
  readonly mayDo: (action: ConsoleAction) => boolean;
};

const MOST_ORDERS = 200;
const LATEST_ORDERS = 50;

/** Who is at the console; refuses (`not-in-role`) whoever is no staff member. */
export async function readDesk(user: AuthenticatedUser, needs: Needs): Promise<Desk> {
  const asked = { user, action: 'search', institution: null } as const;
  const { role, scope } = (await authoriseReader(asked, needs.db)).member;
  const [all, waiting] = await Promise.all([
    listInstitutions(needs.db),
    listWaitingOrders({ scope, now: needs.clock.now(), atMost: MOST_ORDERS }, needs.db),
  ]);
  return {
    role,
    scope,
    institutions: all.filter(({ code, kind }) => kind === 'bank' && isInScope(code, scope)),
    waiting: waiting.length,
    mayDo: (action) => mayDoInConsole(action, role),
  };
}

/** The staff member's own important notices: of their certificate, as any user's. */
export async function readOwnNotices(
  user: AuthenticatedUser,
  needs: Needs,
): Promise<readonly Notice[]> {
  return (await readNotices(user, needs)).filter(({ isImportant }) => isImportant);
}

/** Orders that wait, and the latest of all. */
export type OrderLists = { readonly waiting: readonly Order[]; readonly latest: readonly Order[] };

/** Reads both; refuses `not-in-role`. */
export async function readOrders(user: AuthenticatedUser, needs: Needs): Promise<OrderLists> {
  const asked = { user, action: 'read-orders', institution: null } as const;
  const { scope } = (await authoriseReader(asked, needs.db)).member;
  const now = needs.clock.now();
  const [waiting, latest] = await Promise.all([
    listWaitingOrders({ scope, now, atMost: MOST_ORDERS }, needs.db),
    listLatestOrders({ scope, atMost: LATEST_ORDERS }, needs.db),
  ]);
  const asNow = latest.map((order) => ({ ...order, state: stateOf(order, now) }));
  return { waiting, latest: asNow.filter(({ state }) => state !== 'waiting') };
}

/** One order as it stands now, and what this staff member may do with it. */
export type OrderView = {
  readonly order: Order;
  readonly mayDecide: boolean;
  readonly isOwn: boolean;
  /** The policy that was in force when a new one was asked for, beside which that is shown. */
  readonly policy: Policy;
  /** Whom of a contract it concerns, as they are now; null where that is nobody there. */
  readonly person: Person | null;
  /** Of letters: whose name or address was changed lately. */
  readonly moved: readonly MovedContract[];
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** Reads it; refuses `not-in-role` and `not-found`. */
export async function readOrder(
  { user, key }: { readonly user: AuthenticatedUser; readonly key: OrderKey },
  { db, clock }: Needs,
): Promise<OrderView> {
  const { institution } = key;
  const { member } = await authoriseReader({ user, action: 'read-orders', institution }, db);
  const found = isOrderId(key.id) ? await findOrder(key, db) : undefined;
  if (found === undefined) throw new Refusal('not-found', 'no such order');
  const now = clock.now();
  const order = { ...found, state: stateOf(found, now) };
  const isOwn = order.requestedBy === user.person.identity.user;
  const mayDecide = !isOwn && mayDoInConsole(`decide-${order.content.kind}`, member.role);
  const { content } = order;
  const policy =
    content.kind === 'change-policy'
      ? await policyOfVersion({ institution, version: content.fromVersion }, db)
      : DEFAULT_POLICY;
  const concerned = concernedBy(content);
  const person =
    concerned === null || concerned.user === null
      ? undefined
      : await findPerson({ institution, contract: concerned.contract, user: concerned.user }, db);
  const since = new Date(now.getTime() - LATELY_DAYS * DAY_MS);
  const moved =
    content.kind === 'print-letters'
      ? await movedContracts({ institution, id: content.batch }, since, db)
      : [];
  return { order, isOwn, mayDecide, policy, person: person ?? null, moved };
}

/** The policy of a bank, and its version. */
export async function readPolicy(
  { user, institution }: { readonly user: AuthenticatedUser; readonly institution: string },
  { db, clock }: Needs,
): Promise<{ readonly policy: Policy; readonly version: number }> {
  await authoriseReader({ user, action: 'request-change-policy', institution }, db);
  const [policy, version] = await Promise.all([
    policyAt(institution, clock.now(), db),
    policyVersion(institution, db),
  ]);
  return { policy, version };
}

type OfContract = ContractKey & { readonly user: AuthenticatedUser };

/** What is on record of a contract that is to be changed; refuses `not-in-role` and `not-found`. */
export async function readContractFacts(asked: OfContract, { db }: Needs): Promise<ContractFacts> {
  await authoriseReader({ ...asked, action: 'request-change-contract' }, db);
  return factsOf(there(await findContract(asked, db)));
}

/** What a person is called who is to be called otherwise; refuses `not-in-role` and `not-found`. */
export async function readPersonNames(
  { user, person }: { readonly user: AuthenticatedUser; readonly person: Identity },
  { db }: Needs,
): Promise<PersonNames> {
  const { institution } = person;
  await authoriseReader({ user, action: 'request-change-person', institution }, db);
  return there(await findNames(person, db));
}

/** What would be taken from a contract that is closed; refuses `not-in-role` and `not-found`. */
export async function readClosing(asked: OfContract, { db }: Needs): Promise<Closing> {
  await authoriseReader({ ...asked, action: 'request-close-contract' }, db);
  return there(await countClosing(asked, db));
}

function there<T>(found: T | undefined): T {
  if (found === undefined) throw new Refusal('not-found', 'no such contract or user');
  return found;
}

/** What is on record under an inquiry number, in the staff member's scope; refuses `not-in-role`. */
export async function readInquiry(
  { user, number }: { readonly user: AuthenticatedUser; readonly number: string },
  { db }: Needs,
): Promise<readonly Inquiry[]> {
  const asked = { user, action: 'read-inquiry', institution: null } as const;
  const { scope } = (await authoriseReader(asked, db)).member;
  const found = await findInquiry(number, db);
  return found.filter(({ institution }) => isInScope(institution.code, scope));
}

const MOST_ENTRIES = 100;

/** Entries of the audit log; refuses `not-in-role`. */
export async function readAudit(
  user: AuthenticatedUser,
  wanted: Omit<EntriesWanted, 'atMost'>,
  { db }: Needs,
): Promise<{ readonly entries: readonly NumberedEntry[]; readonly hasMore: boolean }> {
  const { institution } = wanted;
  await authoriseReader({ user, action: 'read-audit', institution }, db);
  const entries = await listEntries({ ...wanted, atMost: MOST_ENTRIES + 1 }, db);
  return { entries: entries.slice(0, MOST_ENTRIES), hasMore: entries.length > MOST_ENTRIES };
}

/** Writes an institution's log as the command line does; refuses `not-in-role`. */
export async function exportAuditFor(
  { user, institution }: { readonly user: AuthenticatedUser; readonly institution: string },
  write: (lines: string) => Promise<void>,
  { db }: Needs,
): Promise<void> {
  await authoriseReader({ user, action: 'export-audit', institution }, db);
  await exportAudit(institution, write, db);
}

/** Which kinds of order a staff member may ask for by their forms. */
export function mayRequest({ mayDo }: Desk) {
  return FORM_ORDER_KINDS.filter((kind) => mayDo(`request-${kind}`));
}

/** Whether they may ask for it there; of the staff house itself nothing is asked for. */
export function mayRequestIn(
  { institutions, mayDo }: Desk,
  kind: OrderKind,
  { institution }: { readonly institution: string },
): boolean {
  return mayDo(`request-${kind}`) && institutions.some(({ code }) => code === institution);
}
