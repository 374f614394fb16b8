// 利用者暗証番号の変更: the page, and the form it sends.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import {
  accountOf,
  checkMayChange,
  userFormToken,
  userWithAnyPin,
} from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { recordAtForm } from '../frame/record-at-form.ts';
import { elementOf, WITH_SCRIPT } from '../frame/script-routes.ts';
import { touchNeedOf } from '../frame/touch-step.ts';
import { formOf } from '../http/face.ts';
import { changePin, NewPinRefusal } from '../operations/change-pin.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import { NEW_PIN_FIELD, REPEATED_PIN_FIELD } from './new-pin-fields.ts';
import { type PinChangeError, pinChangePage } from './pages/pin-change-page.ts';
import { pinChangedPage } from './pages/pin-changed-page.ts';
import { PIN_FIELD } from './pin-field.ts';
import { pinErrorOf, WITH_SCRIPT_AND_PIN } from './pin-step.ts';
import { REFUSAL_STATUSES } from './refusal-statuses.ts';

/** Adds the routes of the change. */
export function registerPinChangeRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(MEMBER_PATHS.pinChange, WITH_SCRIPT, async (request, reply) => {
    const user = await userWithAnyPin(request, needs);
    await show({ request, reply, user, scripts }, null, needs);
  });
  face.post(MEMBER_PATHS.pinChange, WITH_SCRIPT_AND_PIN, async (request, reply) => {
    const user = await userWithAnyPin(request, needs);
    checkMayChange(request, user, needs);
    const error = await change(request, user, needs);
    if (error !== null) return await show({ request, reply, user, scripts }, error, needs);
    return await reply.redirect(MEMBER_PATHS.pinChanged, 303);
  });
  face.get(MEMBER_PATHS.pinChanged, async (request, reply) => {
    const account = accountOf(await userWithAnyPin(request, needs), needs);
    await sendPage(pinChangedPage({ account }, frameOf(request, needs)), reply);
  });
}

/** Changes the PIN; what is to be said at a field where it was not taken. */
async function change(
  request: FastifyRequest,
  user: AuthenticatedUser,
  needs: PageNeeds,
): Promise<PinChangeError | null> {
  const form = formOf(request);
  const typed = {
    current: form[PIN_FIELD] ?? '',
    wanted: form[NEW_PIN_FIELD] ?? '',
    repeated: form[REPEATED_PIN_FIELD] ?? '',
    inquiry: request.id,
  };
  try {
    await changePin(user, typed, needs);
    return null;
  } catch (refusal) {
    const error = errorOf(refusal);
    if (error === undefined) throw refusal;
    const isCounted = error.at === 'current' && error.error.kind === 'wrong-pin';
    if (!isCounted) await recordAtForm(request, { ...user, code: 'invalid-input' }, needs);
    return error;
  }
}

function errorOf(refusal: unknown): PinChangeError | undefined {
  if (refusal instanceof NewPinRefusal) return { at: 'new', faults: refusal.faults };
  const error = pinErrorOf(refusal);
  return error && { at: 'current', error };
}

async function show(
  on: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly user: AuthenticatedUser;
    readonly scripts: BrowserScripts;
  },
  error: PinChangeError | null,
  needs: PageNeeds,
): Promise<void> {
  const { request, reply, user, scripts } = on;
  const { contract, user: userId } = user.person.identity;
  const view = {
    account: accountOf(user, needs),
    contractId: contract,
    userId,
    formToken: userFormToken(user, needs),
    touch: touchNeedOf(user),
    script: elementOf(scripts.pinChange),
    error: error && { ...error, inquiryNumber: request.id },
  };
  const code = error?.at === 'current' ? error.error.kind : 'invalid-input';
  const status = error === null ? 200 : REFUSAL_STATUSES[code];
  await sendPage(pinChangePage(view, frameOf(request, needs)), reply, status);
}
