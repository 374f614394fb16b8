// Makes a person's or program's new key by WebCrypto, and a request signed with it.
// The key leaves this file only as PKCS#8, for a file of its own; nothing keeps it.
import { encodeDer, sequence } from '../asn1/der-writer.ts';
import { Refusal } from '../errors.ts';
import { encodeRequestInfo } from '../x509/certification-request.ts';
import { ecdsaSignatureDer } from '../x509/ecdsa-signature.ts';
import { encodeSignatureAlgorithm, type HashName } from '../x509/signature-algorithm.ts';
import { assembleSigned } from '../x509/signed.ts';

/** A new key: both halves in DER, and the request for a certificate of it. */
export type NewKey = {
  readonly publicKeySpki: Uint8Array;
  readonly privateKeyPkcs8: Uint8Array;
  readonly request: Uint8Array;
};

/** RSA with PKCS#1 signatures, or ECDSA on a curve, with the digest of its requests. */
type Kind =
  | { readonly scheme: 'rsa-pkcs1'; readonly hash: HashName; readonly bits: number }
  | { readonly scheme: 'ecdsa'; readonly hash: HashName; readonly curve: string };

/** Kinds of keys that are made, by name. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['RSA-2048', { scheme: 'rsa-pkcs1', hash: 'SHA-256', bits: 2048 }],
  ['RSA-3072', { scheme: 'rsa-pkcs1', hash: 'SHA-256', bits: 3072 }],
  ['RSA-4096', { scheme: 'rsa-pkcs1', hash: 'SHA-256', bits: 4096 }],
  ['P-256', { scheme: 'ecdsa', hash: 'SHA-256', curve: 'P-256' }],
  ['P-384', { scheme: 'ecdsa', hash: 'SHA-384', curve: 'P-384' }],
]);

/** Makes a key of a kind such as `RSA-3072`; throws what WebCrypto throws where it cannot. */
export async function makeNewKey(kindName: string): Promise<NewKey> {
  const kind = KINDS.get(kindName);
  if (kind === undefined) throw new Refusal('unsupported-algorithm', `a key of ${kindName}`);
  const { scheme, hash } = kind;
  const { publicKey, privateKey } = await generate(kind);
  const publicKeySpki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
  // The subject is empty: a request decides nothing, only its key is taken.
  const toSign = encodeRequestInfo(encodeDer(sequence()), publicKeySpki);
  const algorithm = { name: privateKey.algorithm.name, hash };
  const signed = await crypto.subtle.sign(algorithm, privateKey, new Uint8Array(toSign));
  const signature = new Uint8Array(signed);
  const request = assembleSigned(
    toSign,
    encodeSignatureAlgorithm({ scheme, hash }),
    scheme === 'ecdsa' ? ecdsaSignatureDer(signature) : signature,
  );
  const privateKeyPkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
  return { publicKeySpki, privateKeyPkcs8, request };
}

/** Extractable, because the key goes into a file. */
async function generate(kind: Kind) {
  if (kind.scheme === 'ecdsa') {
    const ecdsa = { name: 'ECDSA', namedCurve: kind.curve };
    return await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  }
  const { hash, bits: modulusLength } = kind;
  const publicExponent = Uint8Array.of(1, 0, 1);
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash, modulusLength, publicExponent };
  return await crypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
}
