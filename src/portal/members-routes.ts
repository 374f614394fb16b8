// Members' hosts before and after the PIN: enter, PIN, notices, log off.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Evidence } from '../banking/evidence.ts';
import { Refusal } from '../errors.ts';
import { formOf } from '../http/face.ts';
import { siteOf } from '../http/host-names.ts';
import { checkMark } from '../http/labels.ts';
import { sha256 } from '../operations/certify.ts';
import { logIn, PinRefusal } from '../operations/log-in.ts';
import { logOff } from '../operations/log-off.ts';
import { recordRefusal } from '../operations/record-refusal.ts';
import type { BrowserScripts } from './browser-bundle.ts';
import { rememberLanguage } from './language-choice.ts';
import {
  checkPinForm,
  evidenceOf,
  giveSession,
  pinFormToken,
  sessionToken,
  shownLeaf,
  takeSession,
  userOf,
} from './members-session.ts';
import { registerNoticeRoutes } from './notice-routes.ts';
import { PIN_FIELD, type PinError, pinPage } from './pages/pin-page.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from './paths.ts';
import { bankOf, frameOf, type PortalNeeds, sendPage } from './portal.ts';
import { registerProofRoutes } from './proof-routes.ts';
import { REFUSAL_STATUSES } from './refusal-statuses.ts';
import { registerRenewalRoutes } from './renewal-routes.ts';

/** Adds the routes of the members' hosts. */
export function registerMembersRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PortalNeeds,
): void {
  face.addHook('onRequest', async (request, reply) => rememberLanguage(request, reply));
  face.get(MEMBER_PATHS.enter, async (request, reply) => await enter(request, reply, needs));
  face.get(MEMBER_PATHS.pin, async (request, reply) => await leadToTop(request, reply, needs));
  face.post(MEMBER_PATHS.pin, async (request, reply) => await submitPin(request, reply, needs));
  face.post(MEMBER_PATHS.logOff, async (request, reply) => await leave(request, reply, needs));
  registerNoticeRoutes(face, needs);
  registerRenewalRoutes(face, scripts, needs);
  registerProofRoutes(face, needs);
}

/** A fresh mark leads to the PIN page; without one an open session goes on, else the top page. */
async function enter(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PortalNeeds,
): Promise<void> {
  if (hasFreshMark(request, needs)) {
    const evidence = await evidenceOf(request, needs);
    return await showPinPage({ request, reply, evidence, error: null }, needs);
  }
  if (sessionToken(request) === undefined) return await leadToTop(request, reply, needs);
  await userOf(request, needs);
  await reply.redirect(MEMBER_PATHS.notices, 303);
}

async function submitPin(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PortalNeeds,
): Promise<void> {
  const evidence = await evidenceOf(request, needs);
  checkPinForm(request, evidence, needs);
  try {
    const pin = formOf(request)[PIN_FIELD] ?? '';
    const { token } = await logIn({ evidence, pin, inquiry: request.id }, needs);
    giveSession(reply, token);
  } catch (refusal) {
    const error = pinErrorOf(refusal);
    if (error === undefined) throw refusal;
    if (error.kind === 'invalid-input') await recordInvalidPin(request, needs);
    return await showPinPage({ request, reply, evidence, error }, needs);
  }
  await reply.redirect(MEMBER_PATHS.notices, 303);
}

/** A wrong PIN is recorded where it is counted; one that can be no PIN is not counted. */
async function recordInvalidPin(request: FastifyRequest, needs: PortalNeeds): Promise<void> {
  const refused = {
    leaf: shownLeaf(request),
    inquiry: request.id,
    code: 'invalid-input' as const,
    asked: `POST ${MEMBER_PATHS.pin}`,
  };
  await recordRefusal(refused, request.site.institution, needs);
}

function pinErrorOf(refusal: unknown): PinError | undefined {
  if (refusal instanceof PinRefusal && refusal.code === 'wrong-pin') {
    return { kind: 'wrong-pin', attemptsLeft: refusal.attemptsLeft };
  }
  const isInvalid = refusal instanceof Refusal && refusal.code === 'invalid-input';
  return isInvalid ? { kind: 'invalid-input' } : undefined;
}

async function showPinPage(
  shown: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly evidence: Evidence;
    readonly error: PinError | null;
  },
  needs: PortalNeeds,
): Promise<void> {
  const { request, reply, evidence, error } = shown;
  const { certificate } = evidence;
  const page = pinPage(
    {
      certificate: {
        name: certificate.commonName,
        issuer: issuerName(request, needs),
        endsAt: certificate.notAfter,
        contractId: certificate.identity.contract,
        userId: certificate.identity.user,
      },
      isUnproven: certificate.state === 'issued',
      formToken: pinFormToken(request, evidence, needs),
      error: error && { ...error, inquiryNumber: request.id },
    },
    frameOf(request, needs),
  );
  await sendPage(page, reply, error === null ? 200 : REFUSAL_STATUSES[error.kind]);
}

function issuerName(request: FastifyRequest, needs: PortalNeeds): string {
  return bankOf(request, needs).issuingName;
}

/** Log off always answers "logged off", on the host that asks for no certificate. */
async function leave(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PortalNeeds,
): Promise<void> {
  const token = sessionToken(request);
  if (token !== undefined) await endSession(token, request, needs);
  takeSession(reply);
  await reply.redirect(publicUrl(request, PUBLIC_PATHS.loggedOff, needs), 303);
}

/** A cookie that was stolen ends nothing; whoever tried it is told nothing, and is on record. */
async function endSession(
  token: string,
  request: FastifyRequest,
  needs: PortalNeeds,
): Promise<void> {
  const { institution } = request.site;
  const leaf = shownLeaf(request);
  const shown = leaf && sha256(leaf);
  if ((await logOff({ institution, token, shown }, needs)) === 'logged-off') return;
  const asked = `POST ${MEMBER_PATHS.logOff}`;
  const refused = { leaf, inquiry: request.id, code: 'certificate-changed' as const, asked };
  await recordRefusal(refused, institution, needs);
}

async function leadToTop(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PortalNeeds,
): Promise<void> {
  await reply.redirect(publicUrl(request, PUBLIC_PATHS.top, needs), 303);
}

function publicUrl(request: FastifyRequest, path: string, needs: PortalNeeds): string {
  return siteOf(request.site.institution, 'public', needs.hosts).origin + path;
}

function hasFreshMark(request: FastifyRequest, needs: PortalNeeds): boolean {
  const { query, site } = request;
  if (typeof query !== 'object' || query === null || !('mark' in query)) return false;
  if (typeof query.mark !== 'string' || site.label === undefined) return false;
  const { institution, label } = site;
  const marked = { institution, label, key: needs.labelKey };
  return checkMark(query.mark, marked, needs.clock.now()) === 'fresh';
}
