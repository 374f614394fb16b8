// Whether a members' host was reached from the public host just now.
import type { FastifyRequest } from 'fastify';
import type { PageNeeds } from '../frame/page.ts';
import { checkMark } from '../http/labels.ts';

/** Whether the address bears a mark that the public host gave out for this very host within its life. */
export function hasFreshMark(request: FastifyRequest, needs: PageNeeds): boolean {
  const { query, site } = request;
  if (typeof query !== 'object' || query === null || !('mark' in query)) return false;
  if (typeof query.mark !== 'string' || site.label === undefined) return false;
  const { institution, label } = site;
  const marked = { institution, label, key: needs.labelKey };
  return checkMark(query.mark, marked, needs.clock.now()) === 'fresh';
}
