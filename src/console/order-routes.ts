// Asking for something, and deciding what another has asked for.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FORM_ORDER_KINDS, type FormOrderKind } from '../banking/order.ts';
import { Refusal, type RefusalCode } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { checkMayChange } from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { recordAtForm } from '../frame/record-at-form.ts';
import { WITH_SCRIPT } from '../frame/script-routes.ts';
import { formOf } from '../http/face.ts';
import type { Form } from '../http/form-body.ts';
import { approveOrder, rejectOrder, withdrawOrder } from '../operations/decide-order.ts';
import { mayRequest, readOrder, readOrders } from '../operations/read-console.ts';
import { requestOrder } from '../operations/request-order.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import {
  ADMINISTRATOR_FIELDS,
  AUTHORITY_FIELDS,
  ORDER_FIELDS,
  orderContentIn,
} from './order-forms.ts';
import { filledWith, readKnown } from './order-known.ts';
import { chooseOrderPage, newOrderPage, type RefusedOrder } from './pages/new-order-page.ts';
import { orderDonePage } from './pages/order-done-page.ts';
import { DECISION_FIELDS, type OrderDone, orderPage } from './pages/order-page.ts';
import { ordersPage } from './pages/orders-page.ts';
import { CONSOLE_PATHS, orderPath } from './paths.ts';
import { consoleViewOf, formViewOf, queryOf, staffOf } from './staff-view.ts';

type OfKind = { Params: { kind: string } };
type OfOrder = { Params: { institution: string; id: string } };
type There = { readonly user: AuthenticatedUser; readonly scripts: BrowserScripts };

/** Adds the routes. */
export function registerOrderRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(CONSOLE_PATHS.orders, async (request, reply) => {
    const user = await staffOf(request, needs);
    const lists = await readOrders(user, needs);
    const view = { ...(await consoleViewOf(user, needs)), ...lists, now: needs.clock.now() };
    await sendPage(ordersPage(view, frameOf(request, needs)), reply);
  });
  registerRequests(face, scripts, needs);
  registerDecisions(face, scripts, needs);
}

function registerRequests(face: FastifyInstance, scripts: BrowserScripts, needs: PageNeeds): void {
  face.get(CONSOLE_PATHS.newOrder, async (request, reply) => {
    const user = await staffOf(request, needs);
    const view = await consoleViewOf(user, needs);
    const kinds = mayRequest(view.desk);
    await sendPage(chooseOrderPage({ ...view, kinds }, frameOf(request, needs)), reply);
  });
  const kindPath = `${CONSOLE_PATHS.newOrder}/:kind`;
  face.get<OfKind>(kindPath, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    const kind = kindIn(request.params.kind);
    const entered = await filledForm(kind, request, { user, needs });
    const asked = { kind, entered, refused: null, isPreviewed: false };
    await sendForm(asked, { request, reply, there: { user, scripts } }, needs);
  });
  face.post(CONSOLE_PATHS.noticePreview, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    const kind = 'publish-notice';
    const entered = formOf(request);
    const asked = { kind, entered, refused: null, isPreviewed: true } as const;
    await sendForm(asked, { request, reply, there: { user, scripts } }, needs);
  });
  face.post<OfKind>(kindPath, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    const kind = kindIn(request.params.kind);
    const entered = formOf(request);
    try {
      const { institution, id } = await ask(kind, entered, user, needs);
      await reply.redirect(`${orderPath(institution, id)}?done=sent`, 303);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || !AT_THE_FORM.has(refusal.code)) throw refusal;
      await recordAtForm(request, { ...user, code: refusal.code }, needs);
      const refused = { inquiryNumber: request.id, isStale: refusal.code === 'order-over' };
      const asked = { kind, entered, refused, isPreviewed: false };
      await sendForm(asked, { request, reply, there: { user, scripts } }, needs);
    }
  });
}

/** What is said at the form, so that nothing typed is lost; everything else has a page of its own. */
const AT_THE_FORM: ReadonlySet<RefusalCode> = new Set([
  'invalid-input',
  'not-for-member',
  'order-over',
]);

async function ask(kind: FormOrderKind, form: Form, user: AuthenticatedUser, needs: PageNeeds) {
  const known = await readKnown(kind, { user, form }, needs);
  const content = orderContentIn(kind, form, known);
  const reason = form[ORDER_FIELDS.reason] ?? '';
  const reference = form[ORDER_FIELDS.reference] ?? null;
  return await requestOrder({ user, content, reason, reference }, needs);
}

/** What a form is filled with at first: what its address names, and what is known of that. */
async function filledForm(
  kind: FormOrderKind,
  request: FastifyRequest,
  { user, needs }: { readonly user: AuthenticatedUser; readonly needs: PageNeeds },
): Promise<Form> {
  const names = [
    ORDER_FIELDS.institution,
    AUTHORITY_FIELDS.key,
    ...Object.values(ADMINISTRATOR_FIELDS),
  ];
  const form = Object.fromEntries(names.map((name) => [name, queryOf(request, name) ?? '']));
  return { ...form, ...filledWith(kind, await readKnown(kind, { user, form }, needs)) };
}

async function sendForm(
  asked: {
    readonly kind: FormOrderKind;
    readonly entered: Form;
    readonly refused: RefusedOrder | null;
    readonly isPreviewed: boolean;
  },
  answering: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly there: There;
  },
  needs: PageNeeds,
): Promise<void> {
  const { request, reply, there } = answering;
  const { user, scripts } = there;
  const { desk, account } = await consoleViewOf(user, needs);
  if (!desk.mayDo(`request-${asked.kind}`)) {
    throw new Refusal('not-in-role', `not for the role ${desk.role}: ${asked.kind}`);
  }
  const view = { desk, account, ...formViewOf(user, scripts, needs), ...asked };
  const status = asked.refused === null ? 200 : asked.refused.isStale ? 409 : 400;
  await sendPage(newOrderPage(view, frameOf(request, needs)), reply, status);
}

function registerDecisions(face: FastifyInstance, scripts: BrowserScripts, needs: PageNeeds): void {
  face.get<OfOrder>(CONSOLE_PATHS.order, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    const standing = await readOrder({ user, key: request.params }, needs);
    const done = DONE.find((one) => one === queryOf(request, 'done')) ?? null;
    const form = formViewOf(user, scripts, needs);
    const view = { ...(await consoleViewOf(user, needs)), ...form, standing, done };
    await sendPage(orderPage(view, frameOf(request, needs)), reply);
  });
  face.post<OfOrder>(`${CONSOLE_PATHS.order}/approve`, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    const seen = formOf(request)[DECISION_FIELDS.sum] ?? '';
    const handed = await approveOrder({ user, key: request.params, seen }, needs);
    if (handed === undefined) return await backTo(request.params, 'done', reply);
    const view = { ...(await consoleViewOf(user, needs)), handed };
    await sendPage(orderDonePage(view, frameOf(request, needs)), reply);
  });
  face.post<OfOrder>(`${CONSOLE_PATHS.order}/reject`, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    const why = formOf(request)[DECISION_FIELDS.why] ?? '';
    await rejectOrder({ user, key: request.params, why }, needs);
    await backTo(request.params, 'rejected', reply);
  });
  face.post<OfOrder>(`${CONSOLE_PATHS.order}/withdraw`, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    await withdrawOrder({ user, key: request.params }, needs);
    await backTo(request.params, 'withdrawn', reply);
  });
}

const DONE: readonly OrderDone[] = ['sent', 'done', 'rejected', 'withdrawn'];

async function backTo(
  { institution, id }: OfOrder['Params'],
  done: OrderDone,
  reply: FastifyReply,
): Promise<void> {
  await reply.redirect(`${orderPath(institution, id)}?done=${done}`, 303);
}

function kindIn(text: string): FormOrderKind {
  const kind = FORM_ORDER_KINDS.find((one) => one === text);
  if (kind === undefined) throw new Refusal('not-found', 'no such request');
  return kind;
}
