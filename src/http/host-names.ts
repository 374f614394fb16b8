// Which host names this installation answers to, and which institution and kind each one is.
// Not here: what a host's pages are, and which certificates it accepts.

/** What a host is for; the console and the enrol host will be kinds of their own. */
export type SiteKind = 'public' | 'login' | 'members';

/** One host: `authority` and `origin` carry the outside port where it is not 443. */
export type Site = {
  readonly institution: string;
  readonly kind: SiteKind;
  readonly host: string;
  readonly authority: string;
  readonly origin: string;
  /** Only members' hosts have one. */
  readonly label?: string;
};

/** The hosts of an institution: members' hosts are `<label>.<loginHost>`. */
export type InstitutionHosts = {
  readonly institution: string;
  readonly publicHost: string;
  readonly loginHost: string;
};

/** All hosts of the installation, as `readHosts` checked them. */
export type Hosts = {
  readonly outsidePort: number;
  readonly fixed: ReadonlyMap<string, Site>;
  readonly membersDomains: ReadonlyMap<string, string>;
};

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const HTTPS_PORT = 443;

/** Checks the host names; `outsidePort` is the port people's browsers see. Throws where two collide. */
export function readHosts(institutions: readonly InstitutionHosts[], outsidePort: number): Hosts {
  const fixed = new Map<string, Site>();
  const membersDomains = new Map<string, string>();
  for (const { institution, publicHost, loginHost } of institutions) {
    const wanted: readonly [SiteKind, string][] = [
      ['public', publicHost],
      ['login', loginHost],
    ];
    for (const [kind, host] of wanted) {
      checkHostName(host);
      if (fixed.has(host)) throw new Error(`host name ${host} is given twice`);
      fixed.set(host, makeSite({ institution, kind, host }, outsidePort));
    }
    membersDomains.set(loginHost, institution);
  }
  for (const host of fixed.keys()) {
    if (membersDomains.has(parentOf(host))) throw new Error(`host name ${host} is a members' host`);
  }
  return { outsidePort, fixed, membersDomains };
}

/** The site of a TLS server name, in any case; a trailing dot or unknown name has none. */
export function findSite(serverName: string, hosts: Hosts): Site | undefined {
  const host = serverName.toLowerCase();
  const fixed = hosts.fixed.get(host);
  if (fixed !== undefined) return fixed;
  const domain = parentOf(host);
  const institution = hosts.membersDomains.get(domain);
  const label = host.slice(0, -domain.length - 1);
  if (institution === undefined || !LABEL.test(label)) return undefined;
  return makeSite({ institution, kind: 'members', host, label }, hosts.outsidePort);
}

/** The site of an institution that has one host of its kind. */
export function siteOf(institution: string, kind: 'public' | 'login', hosts: Hosts): Site {
  for (const site of hosts.fixed.values()) {
    if (site.institution === institution && site.kind === kind) return site;
  }
  throw new Error(`institution ${institution} has no ${kind} host`);
}

/** The members' host of a label. */
export function membersSite(institution: string, label: string, hosts: Hosts): Site {
  const site = findSite(`${label}.${siteOf(institution, 'login', hosts).host}`, hosts);
  if (site?.kind !== 'members') throw new Error(`${label} is no label`);
  return site;
}

/** The origins of all members' hosts of an institution, as a content policy writes them. */
export function membersOrigins(institution: string, hosts: Hosts): string {
  return siteOf(institution, 'login', hosts).origin.replace('https://', 'https://*.');
}

/** Whether a Host header names this site: case aside, and the port as browsers send it. */
export function isHostOf(header: string, site: Site): boolean {
  const given = header.toLowerCase();
  return given === site.authority || (given === `${site.host}:443` && site.authority === site.host);
}

function makeSite(site: Omit<Site, 'authority' | 'origin'>, outsidePort: number): Site {
  const authority = outsidePort === HTTPS_PORT ? site.host : `${site.host}:${outsidePort}`;
  return { ...site, authority, origin: `https://${authority}` };
}

function checkHostName(host: string): void {
  const labels = host.split('.');
  if (host.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label))) {
    throw new Error(`${host} is no host name: lower-case letters, digits, hyphens and dots`);
  }
}

function parentOf(host: string): string {
  return host.slice(host.indexOf('.') + 1);
}
