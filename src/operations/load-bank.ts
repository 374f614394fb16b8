// Reads an institution with its CAs from database and key store, as the running system needs them.

import { OID } from '../asn1/known-object-identifiers.ts';
import type { Institution } from '../banking/institution.ts';
import type { Issuer } from '../ca/issuer.ts';
import { lintTermsOf } from '../ca/lint-terms.ts';
import { compileUserProfile } from '../ca/user-profile.ts';
import type { Secrets } from '../keys/secrets.ts';
import { type AuthorityKey, readAuthorityKey } from '../keys/software-key.ts';
import type { Db } from '../store/database.ts';
import { listFormerAuthorities } from '../store/former-authorities.ts';
import { listAuthorities, listInstitutions } from '../store/institutions.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { type Name, showName, valuesOf } from '../x509/name.ts';
import { parsePublicKey } from '../x509/public-key.ts';
import { encodeSignatureAlgorithm } from '../x509/signature-algorithm.ts';
import type { LoadedBank, PinnedFormer } from './bank.ts';
import { type IssuingAuthority, sha256 } from './certify.ts';
import { commonNameIn } from './former-certificate.ts';
import { RefusalBudget } from './refusal-budget.ts';

/** All institutions of this installation. */
export async function loadBanks(needs: {
  readonly db: Db;
  readonly secrets: Secrets;
  readonly keysFolder: string;
}): Promise<readonly LoadedBank[]> {
  const institutions = await listInstitutions(needs.db);
  return await Promise.all(
    institutions.map(async (institution) => {
      const authorities = await listAuthorities(institution.code, needs.db);
      const issuing = authorities.find(({ purpose }) => purpose === 'issuing');
      if (issuing === undefined) throw new Error(`${institution.code} has no issuing CA`);
      const key = await readAuthorityKey(needs.keysFolder, issuing.issuer, needs.secrets);
      const { subject, notAfter } = parseCertificate(issuing.certificate);
      const issuer = issuerOf({ name: subject, key, notAfter, institution });
      return {
        ...institution,
        formers: await loadFormers(institution.code, needs.db),
        issuers: [{ issuer: key.issuer, publicKey: issuer.publicKey }],
        authority: issuingAuthorityOf(issuer, key, institution.name),
        issuingCertificate: issuing.certificate,
        issuingName: valuesOf(subject, OID.commonName)[0] ?? showName(subject),
      };
    }),
  );
}

/** Refusals an hour of those who show certificates that were not imported. */
const STRANGERS_ON_RECORD = 200;

/** The former authorities of an institution with their keys. */
export async function loadFormers(institution: string, db: Db): Promise<readonly PinnedFormer[]> {
  const formers = await listFormerAuthorities(institution, db);
  return formers.map((former) => {
    const parsed = parseCertificate(former.certificate);
    return {
      ...former,
      publicKey: parsed.subjectPublicKeyInfo,
      name: commonNameIn(parsed),
      strangers: new RefusalBudget(STRANGERS_ON_RECORD),
    };
  });
}

/** An issuing CA with all that is made of it once. */
export function issuingAuthorityOf(
  issuer: Issuer,
  key: AuthorityKey,
  institutionName: string,
): IssuingAuthority {
  return {
    issuer,
    key,
    profile: compileUserProfile(issuer, institutionName),
    terms: lintTermsOf(issuer, institutionName, sha256),
  };
}

/** What a CA of an institution writes into the certificates it issues. */
export function issuerOf(authority: {
  readonly name: Name;
  readonly key: AuthorityKey;
  readonly notAfter: Date;
  readonly institution: Pick<Institution, 'publicationBase' | 'certificatePolicy'>;
}): Issuer {
  const { name, key, notAfter, institution } = authority;
  const place = `${institution.publicationBase}/${Buffer.from(key.issuer).toString('hex').slice(0, 16)}`;
  return {
    name,
    publicKey: parsePublicKey(key.spkiDer),
    keyIdentifier: key.issuer,
    signatureAlgorithmDer: encodeSignatureAlgorithm(key.algorithm),
    notAfter,
    places: {
      crl: `${place}.crl`,
      ocsp: `${institution.publicationBase}/ocsp`,
      caCertificate: `${place}.cer`,
      policy: institution.certificatePolicy,
    },
  };
}
