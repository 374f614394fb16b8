// Whether a signature is good, asked of a verifier that the caller brings: Node's or a browser's.
// Not here: cryptography. Everything that can be refused without it is refused first.
import { DerReader } from '../asn1/der-reader.ts';
import { SEQUENCE } from '../asn1/tag.ts';
import { Refusal } from '../errors.ts';
import type { Certificate } from './certificate.ts';
import type { CurveName, PublicKey } from './public-key.ts';
import { type SignatureAlgorithm, signatureAlgorithmOf } from './signature-algorithm.ts';
import type { Signed } from './signed.ts';

/** What a verifier is asked. */
export type SignatureQuestion = {
  readonly algorithm: SignatureAlgorithm;
  /** The signer's key, of the kind that the algorithm is for. */
  readonly key: PublicKey;
  readonly message: Uint8Array;
  /** For ECDSA the DER of r and s. */
  readonly signature: Uint8Array;
};

/** An answer at once, as Node gives it, or later, as WebCrypto does. */
export type Answer = boolean | Promise<boolean>;

/** Says whether a signature is good; false also for a key that is no key. */
export type Verifier<A extends Answer = Answer> = (question: SignatureQuestion) => A;

/** `T` at once or later, as the verifier answers. */
export type Verified<A extends Answer, T> = A extends Promise<boolean> ? Promise<T> : T;

const PROVEN = Symbol('proven');

/** Proof that a certificate was signed by the holder of a key; only verification makes one. */
export type IssuedCertificate = {
  readonly certificate: Certificate;
  readonly issuerKey: PublicKey;
  readonly [PROVEN]: true;
};

/** Verifies a certificate's signature with its issuer's key; refuses with `bad-signature`. */
export function verifyCertificateSignature<A extends Answer>(
  certificate: Certificate,
  issuerKey: PublicKey,
  verifier: Verifier<A>,
): Verified<A, IssuedCertificate> {
  return verifySigned(
    { signed: certificate, key: issuerKey, what: 'certificate' },
    verifier,
    (): IssuedCertificate => ({ certificate, issuerKey, [PROVEN]: true }),
  );
}

/** A signed object, the key that is said to have signed it, and its name for messages. */
export type Claim = { readonly signed: Signed; readonly key: PublicKey; readonly what: string };

/** Verifies a signed object of any kind; `evidence` is made only when the signature is good. */
export function verifySigned<A extends Answer, T>(
  claim: Claim,
  verifier: Verifier<A>,
  evidence: () => T,
): Verified<A, T> {
  const conclude = (isGood: boolean): T => {
    if (!isGood) throw badSignature(claim);
    return evidence();
  };
  const answer: Answer = verifier(signatureQuestion(claim));
  const outcome = typeof answer === 'boolean' ? conclude(answer) : answer.then(conclude);
  // TypeScript does not follow the type of the answer into the conditional type.
  return outcome as Verified<A, T>;
}

/** What a verifier is to be asked; refuses what needs no cryptography to be refused. */
export function signatureQuestion({ signed, key }: Claim): SignatureQuestion {
  const algorithm = signatureAlgorithmOf(signed.signatureAlgorithm);
  checkKeyFits(algorithm, key);
  const { tbsDer: message, signature } = signed;
  if (algorithm.scheme === 'ecdsa' && key.kind === 'ec') checkEcdsaSignature(signature, key.curve);
  return { algorithm, key, message, signature };
}

/** The refusal of a claim whose signature the verifier found not good. */
export function badSignature({ what }: Claim): Refusal {
  return new Refusal('bad-signature', `${what}: signature is not good`);
}

const KEY_KIND = {
  'rsa-pkcs1': 'rsa',
  'rsa-pss': 'rsa',
  ecdsa: 'ec',
  ed25519: 'ed25519',
} as const satisfies Record<SignatureAlgorithm['scheme'], PublicKey['kind']>;

const ORDER_OCTETS = { 'P-256': 32, 'P-384': 48, 'P-521': 66 } as const satisfies Record<
  CurveName,
  number
>;

function checkKeyFits({ scheme }: SignatureAlgorithm, key: PublicKey): void {
  if (key.kind === 'unsupported') {
    throw new Refusal('unsupported-algorithm', `public key algorithm ${key.algorithm}`);
  }
  if (KEY_KIND[scheme] !== key.kind) {
    throw new Refusal('bad-signature', `a signature by ${scheme} is not of an ${key.kind} key`);
  }
  if (key.kind === 'rsa') checkExponent(key.exponent);
}

/** RFC 8017 §3.1: the exponent is odd and at least 3. With 1 anyone could sign. */
function checkExponent(exponent: Uint8Array): void {
  const isOdd = ((exponent.at(-1) ?? 0) & 1) === 1;
  if (!isOdd || (exponent.length === 1 && exponent[0] === 1)) {
    throw new Refusal('bad-signature', 'nothing can be signed with this exponent');
  }
}

/** Refuses an Ecdsa-Sig-Value that is not DER, or of numbers too long for the curve (RFC 3279 §2.2.3). */
export function checkEcdsaSignature(signature: Uint8Array, curve: CurveName): void {
  const r = new DerReader(signature, 'ECDSA signature');
  const outer = r.enter(SEQUENCE);
  for (let i = 0; i < 2; i++) {
    const number = r.positiveInteger();
    const octets = number[0] === 0 ? number.length - 1 : number.length;
    if (octets > ORDER_OCTETS[curve]) r.refuse('number is longer than the order of the curve');
  }
  r.leave(outer);
  r.finish();
}
