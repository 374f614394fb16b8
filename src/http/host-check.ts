// Checks on each request that the host it names is the one whose handshake its connection made.
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { Refusal } from '../errors.ts';
import { findSite, type Hosts, isHostOf, type Site } from './host-names.ts';

/** The site whose handshake a request's connection made; the front hands over no other connection. */
export function siteOfConnection({ socket }: IncomingMessage, hosts: Hosts): Site {
  const serverName = socket instanceof TLSSocket ? socket.servername : undefined;
  const site = typeof serverName === 'string' ? findSite(serverName, hosts) : undefined;
  if (site === undefined) throw new Error('a connection without a host of ours');
  return site;
}

/** Refuses a request whose Host, or absolute `target` (as it was sent), is not its connection's site. */
export function checkHost(request: IncomingMessage, target: string, site: Site): void {
  // RFC 9112 §3.2: a request without exactly one Host is answered with 400.
  const [host, ...others] = request.headersDistinct['host'] ?? [];
  if (host === undefined || others.length > 0) throw new Refusal('malformed', 'one Host wanted');
  // RFC 9110 §7.4: a request for another host than the connection's is misdirected.
  if (!isHostOf(host, site))
    throw new Refusal('wrong-host', 'Host is not the host of this connection');
  const url = absoluteTarget(target);
  if (url !== undefined && (url.protocol !== 'https:' || !isHostOf(url.host, site))) {
    throw new Refusal('wrong-host', 'the target is not on the host of this connection');
  }
}

/** The path and query that the router sees, also of an absolute target (RFC 9112 §3.2.2). */
export function pathOf({ url: target = '/' }: { readonly url?: string | undefined }): string {
  const url = absoluteTarget(target);
  return url === undefined ? target : url.pathname + url.search;
}

function absoluteTarget(target: string): URL | undefined {
  if (target.startsWith('/') || target === '*') return undefined;
  return URL.parse(target) ?? new URL('invalid:');
}
