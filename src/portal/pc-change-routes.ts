// パソコンの変更の前に: the page, and the form by which a user suspends or revokes their own certificate.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import {
  accountOf,
  checkMayChange,
  takeSession,
  userFormToken,
  userOf,
} from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../frame/paths.ts';
import { recordAtForm } from '../frame/record-at-form.ts';
import { elementOf, WITH_SCRIPT } from '../frame/script-routes.ts';
import { touchNeedOf } from '../frame/touch-step.ts';
import { formOf } from '../http/face.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import {
  type OwnWithdrawal,
  withdrawOwnCertificate,
} from '../operations/withdraw-own-certificate.ts';
import { leadTo } from './leave.ts';
import { KIND_FIELD, type PcChangeError, pcChangePage } from './pages/pc-change-page.ts';
import { PIN_FIELD } from './pin-field.ts';
import { pinErrorOf, WITH_SCRIPT_AND_PIN } from './pin-step.ts';
import { REFUSAL_STATUSES } from './refusal-statuses.ts';
import { shownAs } from './renewal-routes.ts';

type Kind = OwnWithdrawal['kind'];

/** The page that says it is done, and what to do next. */
const AFTER = {
  suspend: PUBLIC_PATHS.suspended,
  revoke: PUBLIC_PATHS.revoked,
} as const satisfies Record<Kind, string>;

/** Adds the routes. */
export function registerPcChangeRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(MEMBER_PATHS.pcChange, WITH_SCRIPT, async (request, reply) => {
    const user = await userOf(request, needs);
    await show({ request, reply, user, scripts }, { chosen: null, error: null }, needs);
  });
  face.post(MEMBER_PATHS.pcChange, WITH_SCRIPT_AND_PIN, async (request, reply) => {
    const user = await userOf(request, needs);
    checkMayChange(request, user, needs);
    const chosen = kindIn(request);
    const error = await withdraw({ request, user, chosen }, needs);
    if (error !== null || chosen === null) {
      return await show({ request, reply, user, scripts }, { chosen, error }, needs);
    }
    takeSession(reply);
    return await leadTo(AFTER[chosen], { request, reply }, needs);
  });
}

function kindIn(request: FastifyRequest): Kind | null {
  const kind = formOf(request)[KIND_FIELD];
  return kind === 'suspend' || kind === 'revoke' ? kind : null;
}

/** Withdraws the certificate; what is to be said at a field where something was not taken. */
async function withdraw(
  asked: {
    readonly request: FastifyRequest;
    readonly user: AuthenticatedUser;
    readonly chosen: Kind | null;
  },
  needs: PageNeeds,
): Promise<PcChangeError | null> {
  const { request, user, chosen } = asked;
  if (chosen === null) {
    await recordAtForm(request, { ...user, code: 'invalid-input' }, needs);
    return { at: 'kind' };
  }
  const pin = formOf(request)[PIN_FIELD] ?? '';
  try {
    await withdrawOwnCertificate(user, { kind: chosen, pin, inquiry: request.id }, needs);
    return null;
  } catch (refusal) {
    const error = pinErrorOf(refusal);
    if (error === undefined) throw refusal;
    if (error.kind === 'invalid-input')
      await recordAtForm(request, { ...user, code: 'invalid-input' }, needs);
    return { at: 'pin', error };
  }
}

async function show(
  on: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly user: AuthenticatedUser;
    readonly scripts: BrowserScripts;
  },
  { chosen, error }: { readonly chosen: Kind | null; readonly error: PcChangeError | null },
  needs: PageNeeds,
): Promise<void> {
  const { request, reply, user, scripts } = on;
  const { identity, role } = user.person;
  const view = {
    account: accountOf(user, needs),
    certificate: shownAs(user.certificate, request, needs),
    contractId: identity.contract,
    userId: identity.user,
    role,
    formToken: userFormToken(user, needs),
    touch: touchNeedOf(user),
    script: elementOf(scripts.touched),
    chosen,
    error: error && { ...error, inquiryNumber: request.id },
  };
  const code = error?.at === 'pin' ? error.error.kind : 'invalid-input';
  const status = error === null ? 200 : REFUSAL_STATUSES[code];
  await sendPage(pcChangePage(view, frameOf(request, needs)), reply, status);
}
