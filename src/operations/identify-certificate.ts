// Decides what a certificate shown in the handshake is: every check is ours, on this connection's
// certificate, against pinned keys, the database and `now`. TLS proved the key and nothing more.

import { OID } from '../asn1/known-object-identifiers.ts';
import type { AuditEntry } from '../audit/entry.ts';
import { isAcquisitionOver } from '../banking/acquisition.ts';
import type { MutualTlsEvidence } from '../banking/evidence.ts';
import { isAccepted } from '../banking/former-authority.ts';
import { placeFor } from '../banking/place.ts';
import { isExpired, type KeyHome, type UserCertificate } from '../banking/user-certificate.ts';
import { checkFormerCertificate } from '../ca/former-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal, type RefusalCode } from '../errors.ts';
import { findCertificate, heldInSlot } from '../store/certificates.ts';
import type { Db } from '../store/database.ts';
import { findFormerAuthority } from '../store/former-authorities.ts';
import { findBySerials } from '../store/imported-certificates.ts';
import { policyAt } from '../store/institutions.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { showName, valuesOf } from '../x509/name.ts';
import type { Bank, PinnedFormer } from './bank.ts';
import { CertificateRefusal, type ShownNames } from './certificate-refusal.ts';
import { sha256 } from './certify.ts';
import { formerRecordOf, isSignedBy } from './former-certificate.ts';
import { appendRefusal } from './record-refusal.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** The DER of what a connection showed, and the number under which a refusal is found; null records none. */
export type ShownBy = { readonly leaf: Uint8Array | undefined; readonly inquiry: string | null };

/** A certificate that was shown, and the key that signed it. */
export type Shown = {
  readonly sha256: Uint8Array;
  readonly parsed: Certificate;
  /** Where a former authority signed it. */
  readonly former: PinnedFormer | undefined;
};

/** Looks a shown certificate up in the records. */
export type FindRecord = (shown: Shown) => Promise<UserCertificate | undefined>;

/** How a certificate is judged: where its key must live to be shown this way, and who finds its record. */
export type Judging = Needs & { readonly home: KeyHome; readonly find: FindRecord };

/**
 * The evidence in a certificate shown on a bank's host; an undefined leaf shows none.
 * Refuses with `CertificateRefusal`; one that concerns a certificate of ours is recorded first.
 */
export async function identifyCertificate(
  shownBy: ShownBy,
  bank: Bank,
  needs: Needs,
): Promise<MutualTlsEvidence> {
  let fillsIn: Uint8Array | undefined;
  const find: FindRecord = async (shown) => {
    const known = await findCertificate(bank.code, shown.sha256, needs.db);
    if (known !== undefined || shown.former === undefined) return known;
    const numbered = await findByNumber(shown.parsed, shown.former, needs.db);
    fillsIn = numbered && shown.parsed.der;
    return numbered;
  };
  const certificate = await judgeCertificate(shownBy, bank, { ...needs, home: 'file', find });
  return { kind: 'mutual-tls', certificate, ...(fillsIn && { fillsIn }) };
}

/** An imported certificate of which only the number is on record, as it will be once that is filled in. */
async function findByNumber(
  parsed: Certificate,
  { institution, issuer }: PinnedFormer,
  db: Db,
): Promise<UserCertificate | undefined> {
  const serials = [parsed.serialNumber];
  const [found] = await findBySerials({ institution, issuer }, serials, db);
  // Another certificate of this number is on record: this one is none that was imported.
  if (found === undefined || found.isFilledIn) return undefined;
  const { sha256: digest, commonName, notBefore, notAfter } = formerRecordOf(parsed);
  return { ...found.certificate, sha256: digest, commonName, notBefore, notAfter };
}

/** The record of a certificate that may be used, whichever way its key was shown; refuses like the above. */
export async function judgeCertificate(
  { leaf, inquiry }: ShownBy,
  bank: Bank,
  judging: Judging,
): Promise<UserCertificate> {
  if (leaf === undefined) throw unrecorded('no-certificate', null);
  const examined = examine(leaf, bank);
  const { parsed } = examined;
  if (!examined.isOurs) throw unrecorded('unknown-issuer', namesOf(parsed));
  const certificate = await judging.find(examined);
  const code = await faultOf(examined, certificate, judging);
  if (code === undefined && certificate !== undefined) return certificate;
  const refused = { code: code ?? 'unknown-certificate', shown: namesOf(parsed) } as const;
  const { former } = examined;
  // Whoever has a certificate of a former authority, not only those that were imported.
  const isStranger = certificate === undefined && former !== undefined;
  const isKept = !isStranger || former.strangers.take(judging.clock.now());
  const number = isKept ? inquiry : null;
  throw await recorded({ ...refused, certificate, bank, inquiry: number }, judging);
}

type Examined = Shown & {
  /** Signed by the institution's key, or by a former authority's. */
  readonly isOurs: boolean;
  /** Those it was held against. */
  readonly formers: Bank['formers'];
};

// A connection shows one certificate for all of its requests, as the same object, on one bank's host.
const examinedLeaves = new WeakMap<Uint8Array, Examined>();

function examine(leaf: Uint8Array, bank: Bank): Examined {
  const known = examinedLeaves.get(leaf);
  const { formers, issuers } = bank;
  if (known?.formers === formers) return known;
  const parsed = parse(leaf);
  const isOwn = issuers.some(({ publicKey }) => isSignedBy(publicKey, parsed));
  const former = isOwn ? undefined : formers.find(({ publicKey }) => isSignedBy(publicKey, parsed));
  const isOurs = isOwn || former !== undefined;
  const examined = { parsed, sha256: sha256(leaf), former, isOurs, formers };
  examinedLeaves.set(leaf, examined);
  return examined;
}

function parse(leaf: Uint8Array): Certificate {
  try {
    return parseCertificate(leaf);
  } catch (cause) {
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new CertificateRefusal(
      'unknown-issuer',
      { shown: null, certificate: null, successor: null },
      { cause },
    );
  }
}

/** The first reason for which a certificate that our key signed cannot be used. */
async function faultOf(
  shown: Shown,
  certificate: UserCertificate | undefined,
  needs: Judging,
): Promise<RefusalCode | undefined> {
  const now = needs.clock.now();
  const { parsed } = shown;
  const mayLogIn = isForLogin(shown);
  // A certificate that our key signed and our records do not hold opens nothing: fail closed.
  if (certificate === undefined) return mayLogIn ? 'unknown-certificate' : 'not-for-login';
  const { state } = certificate;
  if (state === 'superseded' || state === 'replaced') return state;
  if (state === 'revoked' || state === 'suspended') return state;
  if (!(await isIssuerAccepted(certificate, now, needs.db))) return 'authority-ended';
  // RFC 5280 §4.1.2.5: the period is the certificate's own, and both ends belong to it.
  if (now < parsed.notBefore) return 'not-yet-valid';
  if (isExpired(certificate, now)) return 'expired';
  if (!mayLogIn || certificate.home !== needs.home) return 'not-for-login';
  return state === 'issued' ? await faultOfUnproven(certificate, now, needs.db) : undefined;
}

/**
 * Whether certificates of an imported one's issuer are accepted now. Read each time: where a former authority is switched
 * off, that holds for the next request, whichever process it comes to.
 */
async function isIssuerAccepted(
  { identity, issuer, renewableFrom }: UserCertificate,
  now: Date,
  db: Db,
): Promise<boolean> {
  if (renewableFrom === null) return true;
  const former = await findFormerAuthority({ institution: identity.institution, issuer }, db);
  return former !== undefined && isAccepted(former, now);
}

/** RFC 5280 §4.2.1.3 and §4.2.1.12: it may sign, and it is for client authentication. */
function isForLogin({ parsed, former }: Shown): boolean {
  if (former !== undefined) return isFormerForLogin(parsed);
  const { extensions } = parsed;
  return (
    extensions.unknownCritical.length === 0 &&
    extensions.basicConstraints?.isCa !== true &&
    (extensions.keyUsage?.includes('digitalSignature') ?? false) &&
    (extensions.extendedKeyUsage?.includes(OID.clientAuth) ?? false)
  );
}

function isFormerForLogin(parsed: Certificate): boolean {
  try {
    checkFormerCertificate(parsed);
    return true;
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}

async function faultOfUnproven(
  certificate: UserCertificate,
  now: Date,
  db: Db,
): Promise<RefusalCode | undefined> {
  const held = await heldInSlot(certificate, db);
  if (placeFor(certificate, held, now) === undefined) return 'unproven';
  const policy = await policyAt(certificate.identity.institution, now, db);
  return isAcquisitionOver(certificate, policy, now) ? 'acquisition-over' : undefined;
}

function namesOf(parsed: Certificate): ShownNames {
  return {
    subject: valuesOf(parsed.subject, OID.commonName)[0] ?? showName(parsed.subject),
    issuer: valuesOf(parsed.issuer, OID.commonName)[0] ?? showName(parsed.issuer),
    serial: Buffer.from(parsed.serialNumber).toString('hex'),
    notBefore: parsed.notBefore,
    notAfter: parsed.notAfter,
  };
}

function unrecorded(code: RefusalCode, shown: ShownNames | null): CertificateRefusal {
  return new CertificateRefusal(code, { shown, certificate: null, successor: null });
}

async function recorded(
  refused: {
    readonly code: RefusalCode;
    readonly shown: ShownNames;
    readonly certificate: UserCertificate | undefined;
    readonly bank: Bank;
    readonly inquiry: string | null;
  },
  needs: Needs,
): Promise<CertificateRefusal> {
  const { code, shown, certificate, bank, inquiry } = refused;
  const held = certificate === undefined ? [] : await heldInSlot(certificate, needs.db);
  const refusal = new CertificateRefusal(code, {
    shown,
    certificate: certificate ?? null,
    successor: held.find((one) => one.state === 'current') ?? null,
  });
  if (inquiry === null) return refusal;
  const entry: AuditEntry = {
    institution: bank.code,
    at: needs.clock.now(),
    event: 'certificate-refused',
    inquiry,
    detail: { code, subject: shown.subject, serial: shown.serial },
    ...(certificate && { person: certificate.identity, certificate: certificate.sha256 }),
  };
  await appendRefusal(entry, needs.db);
  return refusal;
}
