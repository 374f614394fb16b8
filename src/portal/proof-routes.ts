// 確認: from the session's page to a fresh members' host, where the browser asks for a certificate
// again; the token is in the body, never in an address.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Evidence } from '../banking/evidence.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import type { ShownCertificate } from '../frame/certificate-name.ts';
import { inSameLanguage } from '../frame/language-choice.ts';
import {
  accountOf,
  checkMayChange,
  evidenceOf,
  giveSession,
  userOf,
} from '../frame/members-session.ts';
import { frameOf, landingOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../frame/paths.ts';
import { elementOf, WITH_SCRIPT } from '../frame/script-routes.ts';
import { formOf } from '../http/face.ts';
import { findSite, membersSite, siteOf } from '../http/host-names.ts';
import { proofLabel } from '../http/labels.ts';
import type { ShownNames } from '../operations/certificate-refusal.ts';
import { beginProof, proveByToken, standingOfToken } from '../operations/confirm-renewal.ts';
import { endedPasskey } from '../operations/ended-passkey.ts';
import { systemOf } from '../words/import-guides.ts';
import { REFUSAL_ACTIONS } from '../words/refusal-words.ts';
import { PROOF_FAILED } from '../words/renewal.ts';
import type { ProofFailedView } from './pages/proof-failed-page.ts';
import { proofStepPage } from './pages/proof-step-page.ts';
import { renewalCompletedPage } from './pages/renewal-completed-page.ts';
import { PROOF_TOKEN_FIELD } from './proof-form.ts';
import { type ProofRefusal, proofRefusal } from './proof-refusal.ts';
import { shownAs } from './renewal-routes.ts';

/** Adds the routes of 確認. */
export function registerProofRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.post(MEMBER_PATHS.renewalConfirm, async (request, reply) => {
    const user = await userOf(request, needs);
    checkMayChange(request, user, needs);
    const { token, successor } = await beginProof(user, request.site.host, needs);
    // Not a redirect: browsers send `Origin: null` with a form that was redirected to another host.
    const proof = { action: freshProofAddress(request, needs), token };
    if (request.headers.accept === 'application/json') return await reply.send(proof);
    const view = {
      account: accountOf(user, needs),
      successor: shownAs(successor, request, needs),
      proof,
    };
    return await sendPage(proofStepPage(view, frameOf(request, needs)), reply);
  });
  face.get(MEMBER_PATHS.renewalCompleted, WITH_SCRIPT, async (request, reply) => {
    const user = await userOf(request, needs);
    const { certificate } = user;
    if (certificate.predecessor === null)
      return await reply.redirect(landingOf(request, needs), 303);
    const view = {
      account: accountOf(user, needs),
      certificate: shownAs(certificate, request, needs),
      ended: (await endedPasskey(user, needs)) ?? null,
      script: elementOf(scripts.completed),
    };
    return await sendPage(renewalCompletedPage(view, frameOf(request, needs)), reply);
  });
}

/** Adds the route to which 確認 leads, on a host that asks for a certificate. */
export function registerProofArrival(face: FastifyInstance, needs: PageNeeds): void {
  const fromSiblings = { config: { origin: 'members-of-institution' as const } };
  face.post(MEMBER_PATHS.renewalProof, fromSiblings, async (request, reply) => {
    await prove(request, reply, needs);
  });
}

async function prove(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PageNeeds,
): Promise<void> {
  const presented = { institution: request.site.institution, token: tokenIn(request) };
  let evidence: Evidence | undefined;
  try {
    evidence = await evidenceOf(request, needs);
    const { token } = await proveByToken(evidence, presented, needs);
    giveSession(reply, token);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    throw proofRefusal(fault, evidence, await standingOfToken(presented, needs));
  }
  await reply.redirect(MEMBER_PATHS.renewalCompleted, 303);
}

/** The page of a 確認 that failed, with a next try where the token still serves. */
export function proofFailureView(
  refusal: ProofRefusal,
  request: FastifyRequest,
  needs: PageNeeds,
): Omit<ProofFailedView, 'inquiryNumber'> {
  const { failure, standing, shown } = refusal;
  const mayRetry = standing !== undefined && !standing.isOver && standing.mayBeProved;
  const token = tokenIn(request);
  return {
    why: failure,
    shown: shown && namedAs(shown, request, needs),
    successor: standing === undefined ? null : shownAs(standing.successor, request, needs),
    retry: mayRetry ? { action: freshProofAddress(request, needs), token } : null,
    isSafe: standing?.mayBeProved === true,
    back: wayBack(refusal, request, needs),
    system: systemOf(request.headers['user-agent'] ?? ''),
  };
}

/** To where the session that pressed 確認 is; where that is over, or not known any more, to the login. */
function wayBack(
  { failure, standing }: ProofRefusal,
  request: FastifyRequest,
  needs: PageNeeds,
): ProofFailedView['back'] {
  const begunOn = findSite(standing?.begunOn ?? '', needs.hosts);
  if (begunOn !== undefined && failure !== 'already-proved') {
    return { label: PROOF_FAILED.back, address: begunOn.origin + MEMBER_PATHS.renewal };
  }
  const { origin } = siteOf(request.site.institution, 'public', needs.hosts);
  return { label: REFUSAL_ACTIONS['log-in-again'], address: origin + PUBLIC_PATHS.login };
}

function namedAs(
  shown: UserCertificate | ShownNames,
  request: FastifyRequest,
  needs: PageNeeds,
): ShownCertificate {
  if ('commonName' in shown) return shownAs(shown, request, needs);
  return { name: shown.subject, issuer: shown.issuer, endsAt: shown.notAfter };
}

/** A host of the pool for 確認: no browser has a choice remembered for it, but by a rare chance. */
function freshProofAddress(request: FastifyRequest, needs: PageNeeds): string {
  const { institution, label } = request.site;
  const fresh = proofLabel(label);
  const { origin } = membersSite(institution, fresh, needs.hosts);
  return inSameLanguage(origin + MEMBER_PATHS.renewalProof, request);
}

function tokenIn(request: FastifyRequest): string {
  return formOf(request)[PROOF_TOKEN_FIELD] ?? '';
}
