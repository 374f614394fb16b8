// Reads the file from which an institution is founded. Strict: an unknown or missing field is named.
import {
  type Contact,
  defaultPasskeyDomain,
  EXAMPLE_CERTIFICATE_POLICY,
  type Institution,
  type InstitutionKind,
  isWithin,
} from '../banking/institution.ts';
import { DEFAULT_POLICY, type Policy } from '../banking/policy.ts';
import { STAFF_HOUSE_CODE, STAFF_POLICY } from '../banking/staff.ts';
import { Refusal } from '../errors.ts';
import type { Founding } from './found-institution.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the file says of a founding. */
export type FoundingText = Omit<Founding, 'equalNames' | 'checkTogether'>;

const FIELDS = [
  'kind',
  'code',
  'name',
  'nameEnglish',
  'publicHost',
  'membersDomain',
  'passkeyDomain',
  'publicationBase',
  'certificatePolicy',
  'contact',
  'rootName',
  'issuingName',
] as const;

const MOST_CHARACTERS = 64;
const LONGEST_ADDRESS = 200;
/** At most 15 arcs: 64 octets at the most, which is what we read. */
const OBJECT_IDENTIFIER = /^[0-2](\.(0|[1-9][0-9]{0,9})){1,14}$/;

/** The founding described by a JSON text; refuses (`invalid-input`) and names what is wrong. */
export function parseFounding(json: string): FoundingText {
  const fields = objectIn(parse(json), 'the file');
  const unknown = Object.keys(fields).filter((name) => !FIELDS.some((known) => known === name));
  if (unknown.length > 0) throw refused(`unknown fields: ${unknown.join(', ')}`);
  const contact = objectIn(fields['contact'], 'contact');
  // What a host name is, the whole installation's are checked for when it is founded.
  const publicHost = text(fields, 'publicHost');
  const membersDomain = text(fields, 'membersDomain');
  const kind = kindIn(fields);
  const institution: Institution = {
    code: codeIn(fields, kind),
    kind,
    name: certifiedText(fields, 'name'),
    nameEnglish: text(fields, 'nameEnglish'),
    publicHost,
    membersDomain,
    passkeyDomain: passkeyDomainIn(fields, publicHost, membersDomain),
    publicationBase: publicationBaseIn(fields),
    certificatePolicy: certificatePolicyIn(fields),
    contact: { ja: contactIn(contact, 'ja'), en: contactIn(contact, 'en') },
  };
  const policy: Policy = kind === 'staff' ? STAFF_POLICY : DEFAULT_POLICY;
  return {
    institution,
    policy,
    rootName: certifiedText(fields, 'rootName'),
    issuingName: certifiedText(fields, 'issuingName'),
  };
}

function kindIn(fields: Fields): InstitutionKind {
  if (fields['kind'] === undefined) return 'bank';
  return matching(fields, 'kind', /^(bank|staff)$/) === 'staff' ? 'staff' : 'bank';
}

/** Banks have codes of their own; the one staff house has no need of it. */
function codeIn(fields: Fields, kind: InstitutionKind): string {
  if (kind === 'staff' && fields['code'] === undefined) return STAFF_HOUSE_CODE;
  return matching(fields, 'code', /^[0-9]{4}$/);
}

/** Passkeys cannot be moved to another domain later: a wrong one is refused here. */
function passkeyDomainIn(fields: Fields, publicHost: string, membersDomain: string): string {
  if (fields['passkeyDomain'] === undefined) return defaultPasskeyDomain(publicHost, membersDomain);
  const domain = matching(fields, 'passkeyDomain', /^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
  if (isWithin(membersDomain, domain)) return domain;
  throw refused('passkeyDomain is neither membersDomain nor a domain above it');
}

/** Certificates bear it: one that readers refuse would make every certificate useless. */
function certificatePolicyIn(fields: Fields): string {
  if (fields['certificatePolicy'] === undefined) return EXAMPLE_CERTIFICATE_POLICY;
  const policy = matching(fields, 'certificatePolicy', OBJECT_IDENTIFIER);
  const [first = 0, second = 0, ...rest] = policy.split('.').map(Number);
  // X.660: two arcs of 40 below the first two roots. Go and others hold an arc in 31 bits, and one such is
  // made of the first two together (X.690 §8.19.4).
  const isInRange = [first * 40 + second, ...rest].every((arc) => arc < 2 ** 31);
  if (isInRange && (first === 2 || second < 40)) return policy;
  throw refused('certificatePolicy has an arc that readers refuse');
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('invalid-input', 'the file is not JSON', { cause });
  }
}

function objectIn(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused(`${what} is not an object`);
  }
  return value as Fields;
}

function contactIn(contact: Fields, language: 'ja' | 'en'): Contact {
  const fields = objectIn(contact[language], `contact.${language}`);
  return {
    desk: text(fields, 'desk'),
    phone: text(fields, 'phone'),
    hours: text(fields, 'hours'),
  };
}

/** A text that certificates show for decades, as a name of a CA or of its bank. */
function certifiedText(fields: Fields, name: string): string {
  const value = text(fields, name);
  // RFC 5280 appendix A.1: 64 characters (ub-common-name, ub-organization-name).
  if (Array.from(value).length > MOST_CHARACTERS) {
    throw refused(`${name} has more than ${MOST_CHARACTERS} characters`);
  }
  // Neither what cannot be seen nor what turns the reading round belongs in a name that people compare.
  if (/[\p{C}\p{Zl}\p{Zp}]|^\s|\s$/u.test(value)) {
    throw refused(`${name} has characters that cannot be seen, or spaces around it`);
  }
  return value;
}

function text(fields: Fields, name: string): string {
  return matching(fields, name, /\S/);
}

/** It is copied into certificates, so that it has to be the URL that programs will ask for. */
function publicationBaseIn(fields: Fields): string {
  const value = matching(fields, 'publicationBase', /^http:\/\/[^/@?#]+(\/[^/?#]+)*$/);
  if (value.length > LONGEST_ADDRESS) {
    throw refused(`publicationBase has more than ${LONGEST_ADDRESS} characters`);
  }
  const url = URL.parse(value);
  if (url !== null && (url.href === value || url.href === `${value}/`)) return value;
  throw refused(`publicationBase is missing or wrong`);
}

function matching(fields: Fields, name: string, form: RegExp): string {
  const value = fields[name];
  if (typeof value !== 'string' || !form.test(value)) throw refused(`${name} is missing or wrong`);
  return value;
}

function refused(what: string): Refusal {
  return new Refusal('invalid-input', `institution file: ${what}`);
}
