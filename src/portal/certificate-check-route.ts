// 証明書の動作確認 on a members' host: shows which certificate the connection gave, without a login.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type CheckedCertificate, checkCertificate } from '../operations/check-certificate.ts';
import { hasFreshMark } from './fresh-mark.ts';
import { leadToTop } from './leave.ts';
import { shownLeaf } from './members-session.ts';
import { type CertificateCheckView, certificateCheckPage } from './pages/certificate-check-page.ts';
import { MEMBER_PATHS } from './paths.ts';
import { bankOf, frameOf, type PortalNeeds, sendPage } from './portal.ts';
import { shownAs } from './renewal-routes.ts';

/** Adds the route; an old address leads to the top page, as one of a login does. */
export function registerCertificateCheck(face: FastifyInstance, needs: PortalNeeds): void {
  face.get(MEMBER_PATHS.check, async (request, reply) => {
    if (!hasFreshMark(request, needs)) return await leadToTop(request, reply, needs);
    const shownBy = { leaf: shownLeaf(request), inquiry: request.id };
    const checked = await checkCertificate(shownBy, bankOf(request, needs), needs);
    const view = viewOf(checked, request, needs);
    return await sendPage(certificateCheckPage(view, frameOf(request, needs)), reply);
  });
}

function viewOf(
  checked: CheckedCertificate,
  request: FastifyRequest,
  needs: PortalNeeds,
): CertificateCheckView {
  const { shown, certificate, successor, code } = checked;
  return {
    certificate: {
      name: shown.subject,
      issuer: shown.issuer,
      serial: shown.serial,
      startsAt: shown.notBefore,
      endsAt: shown.notAfter,
      ...(certificate && { home: certificate.home }),
    },
    results: checked.results,
    refusal: code,
    home: certificate?.home ?? 'file',
    successor: successor && shownAs(successor, request, needs),
    isUnproven: certificate?.state === 'issued',
    mayRenew: checked.mayRenew,
    inquiryNumber: checked.isRecorded ? request.id : null,
  };
}
