// The one way for a certification request into the system: read, and its proof of possession checked.
// What is asked for beside the key is not looked at: the profile decides.
import { certifiableKind } from '../ca/check-request-key.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import {
  parseCertificationRequest,
  type VerifiedCsr,
  verifyRequest,
} from '../x509/certification-request.ts';

/** The request in `der`; refuses `malformed`, `unsupported-algorithm`, `weak-key` or `bad-signature`. */
export function readRequest(der: Uint8Array): VerifiedCsr {
  const request = parseCertificationRequest(der);
  // A key that can sign nothing is called by its name, and not a bad signature.
  certifiableKind(request.subjectPublicKeyInfo);
  return verifyRequest(request, nodeVerifier);
}
