// Where a request that may change something comes from: browsers say so, and pages elsewhere cannot lie about it.
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../errors.ts';
import { findSite, type Hosts, type Site } from './host-names.ts';

/** Whose pages may send to a route: this very host's, or also those of the same institution's other hosts with sessions. */
export type AllowedOrigin = 'this-host' | 'members-of-institution';

/** Refuses with `foreign-origin` unless Origin names an allowed host; missing and `null` are refused too. */
export function checkOrigin(
  headers: IncomingHttpHeaders,
  site: Site,
  allowed: AllowedOrigin,
  hosts: Hosts,
): void {
  const isOwn = headers.origin === site.origin;
  const isSibling =
    allowed === 'members-of-institution' && isMembersOrigin(headers.origin ?? '', site, hosts);
  if (!isOwn && !isSibling) throw new Refusal('foreign-origin', 'Origin is not allowed here');
  // Older browsers do not send it, so that its absence allows and proves nothing.
  const fetchSite = headers['sec-fetch-site'];
  const isPlausible =
    fetchSite === undefined || fetchSite === 'same-origin' || (fetchSite === 'same-site' && !isOwn);
  if (!isPlausible) throw new Refusal('foreign-origin', 'Sec-Fetch-Site contradicts Origin');
}

function isMembersOrigin(origin: string, site: Site, hosts: Hosts): boolean {
  const other = findSite(URL.parse(origin)?.hostname ?? '', hosts);
  return (
    other !== undefined &&
    other.kind !== 'public' &&
    other.institution === site.institution &&
    other.origin === origin
  );
}
