// An administrator's pages: the users of the contract, what can be done for each, and doing it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MEMBER_ACTIONS, type MemberAction, TYPED_ACTIONS } from '../banking/company.ts';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { accountOf, checkMayChange, userFormToken, userOf } from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { recordAtForm } from '../frame/record-at-form.ts';
import { elementOf, WITH_SCRIPT } from '../frame/script-routes.ts';
import { touchNeedOf } from '../frame/touch-step.ts';
import { formOf } from '../http/face.ts';
import { type Administrator, checkAdministrator } from '../operations/administrator.ts';
import {
  findListed,
  type ListedMember,
  type ListedSlot,
  listCompany,
} from '../operations/list-company.ts';
import { makeOnce } from '../operations/once.ts';
import { registerMember } from '../operations/register-member.ts';
import { REGISTER } from '../words/company.ts';
import { doAsForm, type MemberRequest, slotIn } from './member-actions.ts';
import { membersCsv } from './members-csv.ts';
import { codeWayIn } from './pages/code-way-field.ts';
import { companyPage, memberPath } from './pages/company-page.ts';
import { handOverPage } from './pages/hand-over-page.ts';
import {
  type MemberActionView,
  memberActionPage,
  ONCE_FIELD,
  SLOT_FIELD,
} from './pages/member-action-page.ts';
import { memberPage } from './pages/member-page.ts';
import { REGISTER_FIELDS, registerMemberPage } from './pages/register-member-page.ts';
import { TAKES_PIN, WITH_SCRIPT_AND_PIN } from './pin-step.ts';

// The action that hashes a PIN, which waits for it in a queue of its own.
const RESET_PIN = 'reset-pin' satisfies MemberAction;

const NOTHING_ENTERED = { user: '', name: '', mail: '', way: 'screen' } as const;

type Named = { Params: { user: string; action?: string } };

/** Somebody at the page of one action. */
type Visit = {
  readonly request: FastifyRequest<Named>;
  readonly reply: FastifyReply;
  readonly scripts: BrowserScripts;
  readonly needs: PageNeeds;
};

/** Adds the routes. */
export function registerCompanyRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  registerLists(face, needs);
  registerRegistration(face, scripts, needs);
  const member = `${MEMBER_PATHS.companyUsers}/:user`;
  face.get<Named>(member, async (request, reply) => {
    const by = await administratorOf(request, needs);
    const listed = await findListed(by, request.params.user, needs);
    const done = actionIn(queryOf(request, 'done'));
    const view = { account: accountOf(by, needs), member: listed, done: done ?? null };
    await sendPage(memberPage(view, frameOf(request, needs)), reply);
  });
  // The one that hashes a PIN stands by itself, since it waits elsewhere.
  for (const { path, posted } of [
    { path: `${member}/:action`, posted: {} },
    { path: `${member}/${RESET_PIN}`, posted: TAKES_PIN },
  ]) {
    face.get<Named>(path, WITH_SCRIPT, async (request, reply) => {
      await showAction({ request, reply, scripts, needs });
    });
    face.post<Named>(path, { ...WITH_SCRIPT, ...posted }, async (request, reply) => {
      await act({ request, reply, scripts, needs });
    });
  }
}

async function showAction(visit: Visit): Promise<void> {
  const { request, reply, needs } = visit;
  const view = await actionView(await administratorOf(request, needs), visit);
  await sendPage(memberActionPage(view, frameOf(request, needs)), reply);
}

async function actionView(
  by: Administrator,
  { request, scripts, needs }: Visit,
): Promise<MemberActionView> {
  const listed = await findListed(by, request.params.user, needs);
  const action = actionOf(request);
  const slot = slotWith(action, listed, slotIn(queryOf(request, 'slot') ?? '1'));
  const script = elementOf(scripts.touched);
  const touch = touchNeedOf(by);
  const account = accountOf(by, needs);
  const formToken = userFormToken(by, needs);
  const form = { formToken, once: makeOnce(), touch, script };
  return { account, member: listed, slot, action, policy: by.policy, ...form };
}

/** The administrator of a request; refuses whoever is none. */
async function administratorOf(request: FastifyRequest, needs: PageNeeds): Promise<Administrator> {
  return checkAdministrator(await userOf(request, needs));
}

function registerLists(face: FastifyInstance, needs: PageNeeds): void {
  face.get(MEMBER_PATHS.company, async (request, reply) => {
    const by = await administratorOf(request, needs);
    const members = await listCompany(by, needs);
    const administrators = members.filter(
      ({ person }) => person.role === 'administrator' && !person.isStopped,
    );
    const isSoleAdministrator = administrators.length < 2;
    const view = { account: accountOf(by, needs), members, isSoleAdministrator };
    await sendPage(companyPage(view, frameOf(request, needs)), reply);
  });
  face.get(MEMBER_PATHS.companyCsv, async (request, reply) => {
    const by = await administratorOf(request, needs);
    const { language } = frameOf(request, needs);
    reply.header('content-disposition', 'attachment; filename="users.csv"');
    reply.type('text/csv; charset=utf-8');
    await reply.send(membersCsv(await listCompany(by, needs), language));
  });
}

function registerRegistration(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  const viewOf = (by: Administrator) => ({
    account: accountOf(by, needs),
    formToken: userFormToken(by, needs),
    once: makeOnce(),
    touch: touchNeedOf(by),
    script: elementOf(scripts.touched),
  });
  face.get(MEMBER_PATHS.companyRegister, WITH_SCRIPT, async (request, reply) => {
    const by = await administratorOf(request, needs);
    const view = { ...viewOf(by), entered: NOTHING_ENTERED, inquiryNumber: null };
    await sendPage(registerMemberPage(view, frameOf(request, needs)), reply);
  });
  face.post(MEMBER_PATHS.companyRegister, WITH_SCRIPT_AND_PIN, async (request, reply) => {
    const by = await administratorOf(request, needs);
    checkMayChange(request, by, needs);
    const form = formOf(request);
    const entered = {
      user: form[REGISTER_FIELDS.user] ?? '',
      name: form[REGISTER_FIELDS.name] ?? '',
      mail: form[REGISTER_FIELDS.mail] ?? '',
      way: codeWayIn(form),
    };
    try {
      const once = form[REGISTER_FIELDS.once] ?? '';
      const given = await registerMember({ by, ...entered, once }, needs);
      const { institution, contract } = by.person.identity;
      const identity = { institution, contract, user: entered.user };
      const view = {
        account: accountOf(by, needs),
        title: REGISTER.done,
        person: { name: entered.name, identity },
        firstPin: given.pin,
        ...(entered.way === 'mail'
          ? { offer: null, isCodeMailed: true as const }
          : { offer: given }),
      };
      return await sendPage(handOverPage(view, frameOf(request, needs)), reply);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code !== 'invalid-input') throw refusal;
      await recordAtForm(request, { ...by, code: refusal.code }, needs);
      const view = { ...viewOf(by), entered, inquiryNumber: request.id };
      return await sendPage(registerMemberPage(view, frameOf(request, needs)), reply, 400);
    }
  });
}

async function act(visit: Visit): Promise<void> {
  const { request, reply, needs } = visit;
  const action = actionOf(request);
  const by = await administratorOf(request, needs);
  checkMayChange(request, by, needs);
  const { user } = request.params;
  const form = formOf(request);
  const once = form[ONCE_FIELD] ?? '';
  const asked = { by, user, slot: slotIn(form[SLOT_FIELD] ?? ''), once, form };
  try {
    await actAsked(action, asked, visit);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'invalid-input') throw refusal;
    if (!TYPED_ACTIONS.has(action)) throw refusal;
    const refused = { entered: form, inquiryNumber: request.id };
    const view = { ...(await actionView(by, visit)), refused };
    await recordAtForm(request, { ...by, code: refusal.code }, needs);
    await sendPage(memberActionPage(view, frameOf(request, needs)), reply, 400);
  }
}

async function actAsked(
  action: MemberAction,
  asked: MemberRequest & { readonly by: Administrator },
  { request, reply, needs }: Visit,
): Promise<void> {
  const { by, user } = asked;
  const given = await doAsForm(action, asked, needs);
  if (given === undefined) {
    return await reply.redirect(`${memberPath(user)}?done=${action}`, 303);
  }
  const { person } = await findListed(by, user, needs);
  const view = { account: accountOf(by, needs), person, ...given };
  await sendPage(handOverPage(view, frameOf(request, needs)), reply);
}

/** The slot in which it may be done now; refuses (`not-permitted`, `not-for-member`) where it may not. */
function slotWith(
  action: MemberAction,
  { isSelf, slots }: ListedMember,
  wanted: number,
): ListedSlot {
  const slot = slots.find((one) => one.slot === wanted);
  if (isSelf || slot === undefined) {
    throw new Refusal(
      'not-permitted',
      'nobody does this for themselves, nor in a slot that is none',
    );
  }
  if (!slot.actions.includes(action)) {
    throw new Refusal('not-for-member', `not for this member now: ${action}`);
  }
  return slot;
}

function actionIn(text: string | undefined): MemberAction | undefined {
  return MEMBER_ACTIONS.find((action) => action === text);
}

function actionOf({ params: { action: text = RESET_PIN } }: FastifyRequest<Named>): MemberAction {
  const action = actionIn(text);
  if (action === undefined) throw new Refusal('not-found', 'no such action');
  return action;
}

function queryOf({ query }: FastifyRequest, name: string): string | undefined {
  if (typeof query !== 'object' || query === null) return undefined;
  const value: unknown = Reflect.get(query, name);
  return typeof value === 'string' ? value : undefined;
}
