// 確認: from the session's page to a fresh members' host, where the browser asks for a certificate
// again; the token is in the body, never in an address.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Evidence } from '../banking/evidence.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import { formOf } from '../http/face.ts';
import { membersSite } from '../http/host-names.ts';
import { nextLabel } from '../http/labels.ts';
import { CertificateRefusal } from '../operations/certificate-refusal.ts';
import { beginProof, proveByToken, successorOfToken } from '../operations/confirm-renewal.ts';
import { endedPasskey } from '../operations/ended-passkey.ts';
import { systemOf } from '../words/import-guides.ts';
import type { BrowserScripts } from './browser-bundle.ts';
import type { ShownCertificate } from './certificate-name.ts';
import { accountOf, checkMayChange, evidenceOf, giveSession, userOf } from './members-session.ts';
import { type ProofFailedView, proofFailedPage } from './pages/proof-failed-page.ts';
import { proofStepPage } from './pages/proof-step-page.ts';
import { renewalCompletedPage } from './pages/renewal-completed-page.ts';
import { MEMBER_PATHS } from './paths.ts';
import { frameOf, type PortalNeeds, sendPage } from './portal.ts';
import { PROOF_TOKEN_FIELD } from './proof-form.ts';
import { REFUSAL_STATUSES } from './refusal-statuses.ts';
import { shownAs } from './renewal-routes.ts';
import { elementOf, WITH_SCRIPT } from './script-routes.ts';

/** Adds the routes of 確認. */
export function registerProofRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PortalNeeds,
): void {
  face.post(MEMBER_PATHS.renewalConfirm, async (request, reply) => {
    const user = await userOf(request, needs);
    checkMayChange(request, user, needs);
    const { token, successor } = await beginProof(user, needs);
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
    if (certificate.predecessor === null) return await reply.redirect(MEMBER_PATHS.notices, 303);
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
export function registerProofArrival(face: FastifyInstance, needs: PortalNeeds): void {
  const fromSiblings = { config: { origin: 'members-of-institution' as const } };
  face.post(MEMBER_PATHS.renewalProof, fromSiblings, async (request, reply) => {
    await prove(request, reply, needs);
  });
}

async function prove(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PortalNeeds,
): Promise<void> {
  const presented = { institution: request.site.institution, token: tokenIn(request) };
  let evidence: Evidence | undefined;
  try {
    evidence = await evidenceOf(request, needs);
    const { token } = await proveByToken(evidence, presented, needs);
    giveSession(reply, token);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const successor = await successorOfToken(presented, needs);
    const shown = shownBy(refusal, evidence, request, needs);
    const why = whyOf({ refusal, evidence, successor });
    // A withdrawn certificate, or a locked user, has a page of its own that says so.
    if (why === undefined) throw refusal;
    return await showFailure({ request, reply, refusal, why, shown, successor }, needs);
  }
  await reply.redirect(MEMBER_PATHS.renewalCompleted, 303);
}

type Failure = {
  readonly refusal: Refusal;
  readonly evidence: Evidence | undefined;
  readonly successor: UserCertificate | undefined;
};

function whyOf({ refusal, evidence, successor }: Failure): ProofFailedView['why'] | undefined {
  if (successor === undefined) {
    return refusal.code === 'proof-token-invalid' ? 'token-invalid' : undefined;
  }
  if (refusal.code === 'no-certificate') return 'none-shown';
  const shown = evidence?.certificate ?? certificateIn(refusal);
  if (shown === undefined) return 'other-shown';
  if (isSame(shown.sha256, successor.predecessor)) return 'old-shown';
  if (!isSame(shown.sha256, successor.sha256)) return 'other-shown';
  return refusal.code === 'proof-token-invalid' ? 'token-invalid' : undefined;
}

async function showFailure(
  failed: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly refusal: Refusal;
    readonly why: ProofFailedView['why'];
    readonly shown: ShownCertificate | null;
    readonly successor: UserCertificate | undefined;
  },
  needs: PortalNeeds,
): Promise<void> {
  const { request, reply, refusal, why, shown, successor } = failed;
  const token = tokenIn(request);
  const view: ProofFailedView = {
    why,
    shown,
    successor: successor === undefined ? null : shownAs(successor, request, needs),
    retry: why === 'token-invalid' ? null : { action: freshProofAddress(request, needs), token },
    renewalAddress: (request.headers.origin ?? '') + MEMBER_PATHS.renewal,
    system: systemOf(request.headers['user-agent'] ?? ''),
    inquiryNumber: request.id,
  };
  const page = proofFailedPage(view, frameOf(request, needs));
  await sendPage(page, reply, REFUSAL_STATUSES[refusal.code]);
}

function shownBy(
  refusal: Refusal,
  evidence: Evidence | undefined,
  request: FastifyRequest,
  needs: PortalNeeds,
): ShownCertificate | null {
  if (evidence !== undefined) return shownAs(evidence.certificate, request, needs);
  if (!(refusal instanceof CertificateRefusal) || refusal.refused.shown === null) return null;
  const { subject, issuer, notAfter } = refusal.refused.shown;
  return { name: subject, issuer, endsAt: notAfter };
}

function certificateIn(refusal: Refusal): UserCertificate | undefined {
  if (!(refusal instanceof CertificateRefusal)) return undefined;
  return refusal.refused.certificate ?? undefined;
}

function isSame(one: Uint8Array, other: Uint8Array | null): boolean {
  return other !== null && Buffer.compare(one, other) === 0;
}

/** Any label but this one: no browser has a choice remembered for it, but by a rare chance. */
function freshProofAddress(request: FastifyRequest, needs: PortalNeeds): string {
  const { institution } = request.site;
  const { label } = nextLabel(undefined);
  return membersSite(institution, label, needs.hosts).origin + MEMBER_PATHS.renewalProof;
}

function tokenIn(request: FastifyRequest): string {
  return formOf(request)[PROOF_TOKEN_FIELD] ?? '';
}
