// What is accepted of a former authority and of the certificates it issued: looser than what we issue ourselves, and
// written down here and in docs/decisions/0022-moving-in.md. Not here: signatures, states, dates.
import { OID } from '../asn1/known-object-identifiers.ts';
import { Refusal } from '../errors.ts';
import type { Certificate } from '../x509/certificate.ts';
import { signatureAlgorithmOf } from '../x509/signature-algorithm.ts';
import { certifiableKind } from './check-request-key.ts';

/** Refuses (`invalid-input`, `weak-key`, `unsupported-algorithm`) what can be no former authority. */
export function checkFormerAuthority({
  extensions,
  subject,
  signatureAlgorithm,
  subjectPublicKeyInfo,
}: Certificate): void {
  if (extensions.basicConstraints?.isCa !== true) {
    throw new Refusal('invalid-input', 'this is no certificate of a CA');
  }
  // RFC 5280 §4.2.1.3: where keyUsage is there, it says who may sign certificates.
  if (extensions.keyUsage?.includes('keyCertSign') === false) {
    throw new Refusal('invalid-input', 'the key of this CA may not sign certificates');
  }
  checkUnderstood({ extensions });
  if (subject.rdns.length === 0) throw new Refusal('invalid-input', 'this CA has no name');
  signatureAlgorithmOf(signatureAlgorithm);
  certifiableKind(subjectPublicKeyInfo);
}

/**
 * Refuses (`not-for-login`, `weak-key`, `unsupported-algorithm`) a certificate of a former authority that could not be
 * shown at a login. Names, alternative names and policies say nothing here: whose it is, the import says.
 */
export function checkFormerCertificate({
  extensions,
  signatureAlgorithm,
  subjectPublicKeyInfo,
}: Certificate): void {
  const { basicConstraints, keyUsage, extendedKeyUsage } = extensions;
  if (basicConstraints?.isCa === true) throw new Refusal('not-for-login', 'this is a CA');
  // RFC 5280 §4.2.1.3, §4.2.1.12: what is absent restricts nothing. In TLS 1.3 the key signs.
  if (keyUsage?.includes('digitalSignature') === false) {
    throw new Refusal('not-for-login', 'its key may not sign (keyUsage)');
  }
  const isForClients = extendedKeyUsage?.some((purpose) => FOR_CLIENTS.has(purpose)) ?? true;
  if (!isForClients) {
    throw new Refusal('not-for-login', 'it is not for client authentication (extKeyUsage)');
  }
  checkUnderstood({ extensions });
  signatureAlgorithmOf(signatureAlgorithm);
  certifiableKind(subjectPublicKeyInfo);
}

const FOR_CLIENTS: ReadonlySet<string> = new Set([OID.clientAuth, OID.anyExtendedKeyUsage]);

/** RFC 5280 §4.2: who does not understand a critical extension refuses the certificate. */
function checkUnderstood({ extensions }: Pick<Certificate, 'extensions'>): void {
  const [unknown] = extensions.unknownCritical;
  if (unknown === undefined) return;
  throw new Refusal('not-for-login', `a critical extension is not known: ${unknown.oid}`);
}
