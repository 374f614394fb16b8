// Name constraints along a path: whether the names of a certificate are within those of its CAs
// (RFC 5280 §4.2.1.10, §6.1.3 b and c). Not here: whether a name is that of a host one talks to.
import { OID } from '../../asn1/known-object-identifiers.ts';
import { Refusal } from '../../errors.ts';
import type { Certificate } from '../certificate.ts';
import type { GeneralName } from '../general-name.ts';
import { isWithin } from '../match-names.ts';
import { valuesOf } from '../name.ts';
import type { NameConstraints } from '../name-constraints.ts';

const MAX_COMPARISONS = 65_536;

/** Refuses a certificate with a name outside the constraints of any CA above it. */
export function checkNames(
  certificate: Certificate,
  constraints: readonly NameConstraints[],
): void {
  if (constraints.length === 0) return;
  const names = namesOf(certificate);
  const subtrees = constraints.reduce((sum, { permitted, excluded }) => {
    return sum + (permitted?.length ?? 0) + (excluded?.length ?? 0);
  }, 0);
  if (names.length * subtrees > MAX_COMPARISONS) {
    throw new Refusal('invalid-path', 'more names and name constraints than are compared');
  }
  for (const name of names) {
    for (const constraint of constraints) checkName(name, constraint);
  }
}

type Kind = GeneralName['kind'];
type NameOf<K extends Kind> = Extract<GeneralName, { readonly kind: K }>;

function namesOf({ subject, extensions }: Certificate): readonly GeneralName[] {
  const names: GeneralName[] = [...(extensions.subjectAltName ?? [])];
  if (extensions.subjectAltName === undefined) {
    // RFC 5280 §4.2.1.10: without a subjectAltName, mail addresses in the subject count.
    for (const address of valuesOf(subject, OID.emailAddress)) {
      names.push({ kind: 'email', address });
    }
  }
  if (subject.rdns.length > 0) names.push({ kind: 'directory', name: subject });
  return names;
}

function checkName(name: GeneralName, { permitted, excluded }: NameConstraints): void {
  const isOfKind = ({ kind }: GeneralName): boolean => kind === name.kind;
  const allowed = permitted?.filter(isOfKind) ?? [];
  const forbidden = excluded?.filter(isOfKind) ?? [];
  if (allowed.length === 0 && forbidden.length === 0) return;
  // Every base is looked at: one that cannot be processed is not hidden by another.
  const [isForbidden, isAllowed] = [
    forbidden.map((base) => isInSubtree(name, base, 'might')).includes(true),
    allowed.map((base) => isInSubtree(name, base, 'must')).includes(true),
  ];
  if (isForbidden) {
    throw new Refusal('invalid-path', `a name of kind ${name.kind} is excluded`);
  }
  if (allowed.length > 0 && !isAllowed) {
    throw new Refusal('invalid-path', `a name of kind ${name.kind} is not permitted`);
  }
}

/** Where a name stands for several (`*.example.jp`): whether all are meant, or any. */
type Certainty = 'must' | 'might';

function isInSubtree(name: GeneralName, base: GeneralName, certainty: Certainty): boolean {
  if (name.kind === 'directory' && base.kind === 'directory') return isWithin(name.name, base.name);
  if (name.kind === 'dns' && base.kind === 'dns') return isHostWithin(name, base, certainty);
  if (name.kind === 'email' && base.kind === 'email') return isMailWithin(name, base);
  if (name.kind === 'uri' && base.kind === 'uri') return isUriWithin(name, base);
  if (name.kind === 'ip' && base.kind === 'ip') return isAddressWithin(name, base);
  throw notComparable(`a name of kind ${name.kind}`);
}

/** Zero or more labels to the left; with a dot in front of the base, at least one. */
function isHostWithin(name: NameOf<'dns'>, base: NameOf<'dns'>, certainty: Certainty): boolean {
  const wildcard = name.host.startsWith('*.') ? '*.' : '';
  const host = wildcard + plainHost(name.host.slice(wildcard.length));
  if (base.host === '') return true;
  const subtree = hostOrDomain(base.host);
  if (host === subtree || isBelow(host, subtree)) return true;
  // A wildcard stands for every host one label below: also for one that the base names.
  return certainty === 'might' && wildcard !== '' && isBelow(subtree, host.slice(1));
}

/** One mailbox, all of one host, or with a dot in front all of the hosts below a domain. */
function isMailWithin(name: NameOf<'email'>, base: NameOf<'email'>): boolean {
  const { box, host } = mailboxOf(name.address);
  if (!base.address.includes('@')) return isHostOrBelow(host, hostOrDomain(base.address));
  const only = mailboxOf(base.address);
  // In quotation marks one mailbox may be written in many ways.
  if (box.startsWith('"') || only.box.startsWith('"')) {
    throw notComparable('a mail address in quotation marks');
  }
  return box === only.box && host === only.host;
}

function mailboxOf(address: string): { readonly box: string; readonly host: string } {
  const at = address.lastIndexOf('@');
  if (at <= 0) throw notComparable('a mail address without a mailbox or host');
  return { box: address.slice(0, at), host: plainHost(address.slice(at + 1)) };
}

/** RFC 3986 §3.2, of its characters alone: others are read in more ways than one. */
const URI_HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[\w.~!$&'()*+,;=:%-]*@)?([\w.-]+)(?::\d*)?(?:[/?#]|$)/i;
/** Also in the ways in which programs, but no standard, write IPv4 addresses. */
const ADDRESS = /(?:^|\.)(?:\d+|0x[\da-f]*)$/;

/** RFC 5280 §4.2.1.10: the host alone; where there is none, or an address, it is refused. */
function isUriWithin({ uri }: NameOf<'uri'>, base: NameOf<'uri'>): boolean {
  const host = plainHost(URI_HOST.exec(uri)?.[1] ?? '');
  if (ADDRESS.test(host)) throw notComparable('an address in a URI');
  return isHostOrBelow(host, hostOrDomain(base.uri));
}

function isAddressWithin(name: NameOf<'ip'>, base: NameOf<'ip'>): boolean {
  const size = name.address.length;
  if (base.address.length !== 2 * size) return false;
  return name.address.every((octet, i) => {
    const mask = base.address[size + i] ?? 0;
    return (octet & mask) === ((base.address[i] ?? 0) & mask);
  });
}

function isHostOrBelow(host: string, base: string): boolean {
  return base.startsWith('.') ? isBelow(host, base) : host === base;
}

function isBelow(host: string, domain: string): boolean {
  return host.endsWith(domain.startsWith('.') ? domain : `.${domain}`);
}

/** Of a base: a host, or with a dot in front the hosts below a domain. */
function hostOrDomain(base: string): string {
  return base.startsWith('.') ? `.${plainHost(base.slice(1))}` : plainHost(base);
}

const HOST = /^[a-z\d_-]+(?:\.[a-z\d_-]+)*$/;

/** A host name in small letters without the dot at its end; refuses what is none. */
function plainHost(text: string): string {
  const host = text.toLowerCase().replace(/\.$/, '');
  if (!HOST.test(host)) throw notComparable('what is no host name');
  return host;
}

/** RFC 5280 §4.2.1.10: what cannot be processed is a reason to refuse. */
function notComparable(what: string): Refusal {
  return new Refusal(
    'invalid-path',
    `${what} is in a name that is constrained, or in a constraint`,
  );
}
