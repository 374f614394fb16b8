// From an order to a signed certificate: encode, lint, sign, compare. Not recorded here, and not to
// leave the process before its record is committed.
import { createHash, randomBytes } from 'node:crypto';
import { equalOctets } from '../asn1/octets.ts';
import type { Issuer } from '../ca/issuer.ts';
import { lintUserCertificate } from '../ca/lint.ts';
import { SERIAL_OCTETS, serialNumberFrom } from '../ca/serial-number.ts';
import { encodeUserCertificate, type UserOrder } from '../ca/user-profile.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import type { AuthorityKey } from '../keys/software-key.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { verifyCertificateSignature } from '../x509/signature.ts';
import { assembleSigned } from '../x509/signed.ts';

/** A CA that can issue: what it writes into certificates, and its key. */
export type IssuingAuthority = { readonly issuer: Issuer; readonly key: AuthorityKey };

/** A signed certificate. */
export type Certified = {
  readonly der: Uint8Array;
  readonly sha256: Uint8Array;
  readonly serial: Uint8Array;
  readonly spkiSha256: Uint8Array;
};

/** Makes a user's certificate; throws when the finished one is not what was linted. */
export function certifyUser(
  asked: Omit<UserOrder, 'serialNumber' | 'keyIdentifier'>,
  authority: IssuingAuthority,
  maximumLifetimeDays: number,
): Certified {
  const spkiSha256 = sha256(asked.spkiDer);
  const order: UserOrder = {
    ...asked,
    keyIdentifier: spkiSha256,
    serialNumber: serialNumberFrom(randomBytes(SERIAL_OCTETS)),
  };
  const { issuer } = authority;
  const linted = lintUserCertificate(encodeUserCertificate(order, issuer), order, {
    issuer,
    maximumLifetimeDays,
  });
  const der = signTbs(linted.tbsDer, authority);
  return { der, sha256: sha256(der), serial: order.serialNumber, spkiSha256 };
}

/** Signs a TBSCertificate and checks that the result is what was meant and verifies. */
export function signTbs(tbsDer: Uint8Array, authority: IssuingAuthority): Uint8Array {
  const { issuer, key } = authority;
  const signature = key.sign(tbsDer);
  const der = assembleSigned(tbsDer, issuer.signatureAlgorithmDer, signature);
  const finished = parseCertificate(der);
  if (!equalOctets(finished.tbsDer, tbsDer))
    throw new Error('what was signed is not what was linted');
  verifyCertificateSignature(finished, issuer.publicKey, nodeVerifier);
  return der;
}

/** SHA-256 of octets. */
export function sha256(octets: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(octets).digest());
}
