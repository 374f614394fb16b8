// An administrator's pages: the users of the contract, what can be done for each, and doing it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MEMBER_ACTIONS, type MemberAction } from '../banking/company.ts';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { accountOf, checkMayChange, userFormToken, userOf } from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { elementOf, WITH_SCRIPT } from '../frame/script-routes.ts';
import { touchNeedOf } from '../frame/touch-step.ts';
import { formOf } from '../http/face.ts';
import { type Administrator, checkAdministrator } from '../operations/administrator.ts';
import { findListed, listCompany } from '../operations/list-company.ts';
import { registerMember } from '../operations/register-member.ts';
import { REGISTER } from '../words/company.ts';
import { doForMember, type MemberRequest, slotIn } from './member-actions.ts';
import { membersCsv } from './members-csv.ts';
import { companyPage, memberPath } from './pages/company-page.ts';
import { handOverPage } from './pages/hand-over-page.ts';
import { memberActionPage, SLOT_FIELD } from './pages/member-action-page.ts';
import { memberPage } from './pages/member-page.ts';
import { REGISTER_FIELDS, registerMemberPage } from './pages/register-member-page.ts';
import { TAKES_PIN, WITH_SCRIPT_AND_PIN } from './pin-step.ts';

// The action that hashes a PIN, which waits for it in a queue of its own.
const RESET_PIN = 'reset-pin' satisfies MemberAction;

type Named = { Params: { user: string; action?: string } };

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
  // A path of its own for one method would leave all others without an answer there.
  for (const path of [`${member}/:action`, `${member}/${RESET_PIN}`]) {
    face.get<Named>(path, WITH_SCRIPT, async (request, reply) => {
      const by = await administratorOf(request, needs);
      const listed = await findListed(by, request.params.user, needs);
      const action = neededAction(request.params.action ?? RESET_PIN);
      const slot = slotIn(queryOf(request, 'slot') ?? '1');
      const script = elementOf(scripts.touched);
      const touch = touchNeedOf(by);
      const account = accountOf(by, needs);
      const formToken = userFormToken(by, needs);
      const view = { account, member: listed, slot, action, formToken, touch, script };
      await sendPage(memberActionPage(view, frameOf(request, needs)), reply);
    });
  }
  face.post<Named>(`${member}/:action`, async (request, reply) => {
    await act(request, reply, { action: neededAction(request.params.action), needs });
  });
  face.post<Named>(`${member}/${RESET_PIN}`, TAKES_PIN, async (request, reply) => {
    await act(request, reply, { action: RESET_PIN, needs });
  });
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
    touch: touchNeedOf(by),
    script: elementOf(scripts.touched),
  });
  face.get(MEMBER_PATHS.companyRegister, WITH_SCRIPT, async (request, reply) => {
    const by = await administratorOf(request, needs);
    const view = { ...viewOf(by), entered: { user: '', name: '' }, inquiryNumber: null };
    await sendPage(registerMemberPage(view, frameOf(request, needs)), reply);
  });
  face.post(MEMBER_PATHS.companyRegister, WITH_SCRIPT_AND_PIN, async (request, reply) => {
    const by = await administratorOf(request, needs);
    checkMayChange(request, by, needs);
    const form = formOf(request);
    const entered = {
      user: form[REGISTER_FIELDS.user] ?? '',
      name: form[REGISTER_FIELDS.name] ?? '',
    };
    try {
      const given = await registerMember({ by, ...entered }, needs);
      const { institution, contract } = by.person.identity;
      const identity = { institution, contract, user: entered.user };
      const view = {
        account: accountOf(by, needs),
        title: REGISTER.done,
        person: { name: entered.name, identity },
        firstPin: given.pin,
        offer: given,
      };
      return await sendPage(handOverPage(view, frameOf(request, needs)), reply);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code !== 'invalid-input') throw refusal;
      const view = { ...viewOf(by), entered, inquiryNumber: request.id };
      return await sendPage(registerMemberPage(view, frameOf(request, needs)), reply, 400);
    }
  });
}

async function act(
  request: FastifyRequest<Named>,
  reply: FastifyReply,
  { action, needs }: { readonly action: MemberAction; readonly needs: PageNeeds },
): Promise<void> {
  const by = await administratorOf(request, needs);
  checkMayChange(request, by, needs);
  const { user } = request.params;
  const form = formOf(request);
  const asked: MemberRequest = { by, user, slot: slotIn(form[SLOT_FIELD] ?? ''), form };
  const given = await doForMember(action, asked, needs);
  if (given === undefined) {
    return await reply.redirect(`${memberPath(user)}?done=${action}`, 303);
  }
  const { person } = await findListed(by, user, needs);
  const view = { account: accountOf(by, needs), person, ...given };
  await sendPage(handOverPage(view, frameOf(request, needs)), reply);
}

function actionIn(text: string | undefined): MemberAction | undefined {
  return MEMBER_ACTIONS.find((action) => action === text);
}

function neededAction(text: string | undefined): MemberAction {
  const action = actionIn(text);
  if (action === undefined) throw new Refusal('not-found', 'no such action');
  return action;
}

function queryOf({ query }: FastifyRequest, name: string): string | undefined {
  if (typeof query !== 'object' || query === null) return undefined;
  const value: unknown = Reflect.get(query, name);
  return typeof value === 'string' ? value : undefined;
}
