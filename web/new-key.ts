// Makes the person's new key, and a request signed with it. The key leaves this file only as PKCS#8, for the
// person's own file; nothing keeps it.
import { encodeDer, sequence } from '../src/asn1/der-writer.ts';
import { encodeRequestInfo } from '../src/x509/certification-request.ts';
import { ecdsaSignatureDer } from '../src/x509/ecdsa-signature.ts';
import { encodeSignatureAlgorithm, type HashName } from '../src/x509/signature-algorithm.ts';
import { assembleSigned } from '../src/x509/signed.ts';

/** A new key: both halves in DER, and the request for a certificate of it. */
export type NewKey = {
  readonly publicKeySpki: Uint8Array;
  readonly privateKeyPkcs8: Uint8Array;
  readonly request: Uint8Array;
};

type Kind = {
  readonly scheme: 'rsa-pkcs1' | 'ecdsa';
  readonly hash: HashName;
  readonly generation: RsaHashedKeyGenParams | EcKeyGenParams;
};

/** Makes a key of a kind such as `RSA-3072` or `P-256`; throws what WebCrypto throws where it cannot. */
export async function makeNewKey(kindName: string): Promise<NewKey> {
  const kind = kindOf(kindName);
  // Extractable, because it goes into the person's file.
  const pair = await crypto.subtle.generateKey(kind.generation, true, ['sign', 'verify']);
  const publicKeySpki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const request = await signRequest(kind, publicKeySpki, pair.privateKey);
  const privateKeyPkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return { publicKeySpki, privateKeyPkcs8, request };
}

function kindOf(name: string): Kind {
  const [, bits] = /^RSA-(\d{4})$/.exec(name) ?? [];
  if (bits !== undefined) {
    const publicExponent = Uint8Array.of(1, 0, 1);
    const generation = {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: Number(bits),
      publicExponent,
    };
    return { scheme: 'rsa-pkcs1', hash: 'SHA-256', generation };
  }
  const hash = name === 'P-384' ? 'SHA-384' : 'SHA-256';
  return { scheme: 'ecdsa', hash, generation: { name: 'ECDSA', namedCurve: name } };
}

/** The subject is empty: a request decides nothing, only its key is taken. */
async function signRequest(
  { scheme, hash, generation: { name } }: Kind,
  publicKeySpki: Uint8Array,
  privateKey: CryptoKey,
): Promise<Uint8Array> {
  const toSign = encodeRequestInfo(encodeDer(sequence()), publicKeySpki);
  const signed = await crypto.subtle.sign({ name, hash }, privateKey, new Uint8Array(toSign));
  const signature = new Uint8Array(signed);
  return assembleSigned(
    toSign,
    encodeSignatureAlgorithm({ scheme, hash }),
    scheme === 'ecdsa' ? ecdsaSignatureDer(signature) : signature,
  );
}
