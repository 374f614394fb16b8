// The refusals that Koshin knows, each with a code and a message that is safe to show.
// Not here: defects and outages, which stay ordinary errors and are answered generically.

/** Every expected way in which something can be refused; each face maps all of them to an answer. */
export type RefusalCode =
  // formats
  | 'malformed'
  | 'unsupported-algorithm'
  | 'bad-signature'
  | 'weak-key'
  | 'unprotected-file'
  | 'wrong-file-password'
  // paths of certificates
  | 'invalid-path'
  | 'revocation-unknown'
  // what was shown in the handshake
  | 'no-certificate'
  | 'unknown-issuer'
  | 'not-for-login'
  | 'not-yet-valid'
  | 'expired'
  | 'unknown-certificate'
  | 'authority-ended'
  | 'unproven'
  | 'acquisition-over'
  | 'superseded'
  | 'replaced'
  | 'suspended'
  | 'revoked'
  // what a passkey signed
  | 'challenge-invalid'
  | 'challenge-used'
  | 'hand-over-ended'
  | 'assertion-invalid'
  | 'user-not-verified'
  | 'unknown-credential'
  | 'counter-went-back'
  | 'synced-credential'
  // who logs in
  | 'wrong-pin'
  | 'pin-locked'
  | 'user-stopped'
  | 'not-permitted'
  | 'rights-frozen'
  | 'not-in-role'
  | 'own-order'
  | 'order-over'
  | 'order-changed'
  | 'initial-pin'
  | 'acquisition-refused'
  | 'acquisition-ended'
  | 'too-many-attempts'
  | 'session-ended'
  | 'certificate-changed'
  | 'touch-needed'
  // requests
  | 'not-found'
  | 'wrong-host'
  | 'foreign-origin'
  | 'missing-token'
  | 'invalid-input'
  | 'too-large'
  | 'overloaded'
  | 'unavailable'
  // the life of a certificate
  | 'outside-window'
  | 'transition-forbidden'
  | 'key-already-certified'
  | 'key-blocked'
  | 'unproven-exists'
  | 'proof-token-invalid'
  | 'policy-forbids'
  | 'not-for-member'
  | 'too-many-users'
  // the outcome of a write could not be learned
  | 'outcome-unknown';

/** An expected refusal; `message` is English, short and shows no internals. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refusal';
    this.code = code;
  }
}
