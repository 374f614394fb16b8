// Checks on each request that the host it names is the one whose handshake its connection made.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Refusal } from '../errors.ts';
import { findSite, type Hosts, isHostOf, type Site } from './host-names.ts';

// A connection has one server name for all of its requests.
const siteOf = new WeakMap<Socket, Site>();

/** The site whose handshake a request's connection made; the front hands over no other connection. */
export function siteOfConnection({ socket }: IncomingMessage, hosts: Hosts): Site {
  const known = siteOf.get(socket);
  if (known !== undefined) return known;
  const serverName = socket instanceof TLSSocket ? socket.servername : undefined;
  const site = typeof serverName === 'string' ? findSite(serverName, hosts) : undefined;
  if (site === undefined) throw new Error('a connection without a host of ours');
  siteOf.set(socket, site);
  return site;
}

/** Refuses a request whose Host, or absolute `target` (as it was sent), is not its connection's site. */
export function checkHost(request: IncomingMessage, target: string, site: Site): void {
  // RFC 9112 §3.2: a request without exactly one Host is answered with 400.
  const host = onlyHostOf(request);
  if (host === undefined) throw new Refusal('malformed', 'one Host wanted');
  // RFC 9110 §7.4: a request for another host than the connection's is misdirected.
  if (!isHostOf(host, site))
    throw new Refusal('wrong-host', 'Host is not the host of this connection');
  const url = absoluteTarget(target);
  if (url !== undefined && (url.protocol !== 'https:' || !isHostOf(url.host, site))) {
    throw new Refusal('wrong-host', 'the target is not on the host of this connection');
  }
}

/** The value of Host where it was sent exactly once; node keeps names and values in turn. */
function onlyHostOf({ rawHeaders }: IncomingMessage): string | undefined {
  let found: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (found !== undefined) return undefined;
    found = rawHeaders[i + 1];
  }
  return found;
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
