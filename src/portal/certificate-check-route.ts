// 証明書の動作確認 on a members' host: shows which certificate the connection gave, without a login.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { shownLeaf } from '../frame/members-session.ts';
import { bankOf, frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { type CheckedCertificate, checkCertificate } from '../operations/check-certificate.ts';
import { hasFreshMark } from './fresh-mark.ts';
import { leadToTop } from './leave.ts';
import { type CertificateCheckView, certificateCheckPage } from './pages/certificate-check-page.ts';
import { shownAs } from './renewal-routes.ts';

/** Adds the route; an old address leads to the top page, as one of a login does. */
export function registerCertificateCheck(face: FastifyInstance, needs: PageNeeds): void {
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
  needs: PageNeeds,
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
