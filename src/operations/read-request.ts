// The one way for a certification request into the system: read, and its proof of possession checked.
// What is asked for beside the key is not looked at: the profile decides.
import { nodeVerifier } from '../keys/node-verifier.ts';
import {
  parseCertificationRequest,
  type VerifiedCsr,
  verifyRequest,
} from '../x509/certification-request.ts';

/** The request in `der`; refuses `malformed`, `unsupported-algorithm` or `bad-signature`. */
export function readRequest(der: Uint8Array): VerifiedCsr {
  return verifyRequest(parseCertificationRequest(der), nodeVerifier);
}
