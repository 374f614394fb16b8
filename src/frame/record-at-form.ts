// A refusal that the form itself tells, with its number: on record as those that have a page of their own.
import type { FastifyRequest } from 'fastify';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { RefusalCode } from '../errors.ts';
import { recordRefusal } from '../operations/record-refusal.ts';
import type { PageNeeds } from './page.ts';

/** Records what was refused to the holder of this certificate, who is shown the form again. */
export async function recordAtForm(
  request: FastifyRequest,
  { certificate, code }: { readonly certificate: UserCertificate; readonly code: RefusalCode },
  needs: PageNeeds,
): Promise<void> {
  const refused = {
    by: { kind: 'holder', certificate },
    inquiry: request.id,
    code,
    asked: `${request.method} ${request.routeOptions.url ?? ''}`,
  } as const;
  await recordRefusal(refused, request.site.institution, needs);
}
