// Who is at the console: a session of the staff house, whose user is a staff member. Other houses have no console.
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { accountOf, userFormToken, userOf } from '../frame/members-session.ts';
import { bankOf, type PageNeeds } from '../frame/page.ts';
import type { PageScript } from '../frame/page-script.ts';
import { elementOf } from '../frame/script-routes.ts';
import { type TouchNeed, touchNeedOf } from '../frame/touch-step.ts';
import { readDesk } from '../operations/read-console.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import type { ConsoleView } from './console-document.ts';

/** The user of a session of the staff house; anywhere else there is no such page (`not-found`). */
export async function staffOf(
  request: FastifyRequest,
  needs: PageNeeds,
): Promise<AuthenticatedUser> {
  checkIsStaffHouse(request, needs);
  return await userOf(request, needs);
}

/** Refuses (`not-found`) the hosts of banks: their members' hosts have no console. */
export function checkIsStaffHouse(request: FastifyRequest, needs: PageNeeds): void {
  if (bankOf(request, needs).kind === 'staff') return;
  throw new Refusal('not-found', 'no such page');
}

/** What every page of theirs shows; refuses (`not-in-role`) whoever is no staff member. */
export async function consoleViewOf(
  user: AuthenticatedUser,
  needs: PageNeeds,
): Promise<ConsoleView> {
  return { account: accountOf(user, needs), desk: await readDesk(user, needs) };
}

/** What a form needs that changes something. */
export type FormView = {
  readonly formToken: string;
  readonly touch: TouchNeed;
  readonly script: PageScript | null;
};

/** The same of a request. */
export function formViewOf(
  user: AuthenticatedUser,
  scripts: BrowserScripts,
  needs: PageNeeds,
): FormView {
  const touch = touchNeedOf(user);
  const script = touch === 'none' ? null : elementOf(scripts.touched);
  return { formToken: userFormToken(user, needs), touch, script };
}

/** A single value of a request's query. */
export function queryOf({ query }: FastifyRequest, name: string): string | undefined {
  if (typeof query !== 'object' || query === null) return undefined;
  const value: unknown = Reflect.get(query, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The number after which older entries are asked for. */
export function beforeOf(request: FastifyRequest): number | undefined {
  const before = Number(queryOf(request, 'before'));
  return Number.isSafeInteger(before) && before > 0 ? before : undefined;
}
