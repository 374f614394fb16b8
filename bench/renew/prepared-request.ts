// Requests for certificates made beforehand, as the page's script sends them, so that no key is made
// while something is measured.
import { createHash, generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { encodeRequestInfo } from '../../src/x509/certification-request.ts';
import { makeName } from '../../src/x509/name.ts';
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithm.ts';
import { assembleSigned } from '../../src/x509/signed.ts';
import { inParallel } from './in-parallel.ts';

/** A request as a form's body, and the SHA-256 of its public key, by which its certificate is found. */
export type PreparedRequest = { readonly body: string; readonly spkiSha256: Uint8Array };

/** The kinds of key that are measured. */
export type RequestKey = 'P-256' | 'RSA-3072';

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

const makePair = promisify(generateKeyPair);
const PAIRS: Readonly<Record<RequestKey, () => Promise<Pair>>> = {
  'P-256': async () => await makePair('ec', { namedCurve: 'P-256' }),
  'RSA-3072': async () => await makePair('rsa', { modulusLength: 3072 }),
};
const ALGORITHMS: Readonly<Record<RequestKey, Uint8Array>> = {
  'P-256': encodeSignatureAlgorithm({ scheme: 'ecdsa', hash: 'SHA-256' }),
  'RSA-3072': encodeSignatureAlgorithm({ scheme: 'rsa-pkcs1', hash: 'SHA-256' }),
};
const AT_ONCE = 4;

/** So many requests over fresh keys; `unproven` says what becomes of a successor that waits. */
export async function prepareRequests(
  count: number,
  key: RequestKey,
  unproven: 'keep' | 'replace',
): Promise<PreparedRequest[]> {
  const places = Array.from({ length: count }, (_, i) => i);
  return await inParallel(places, AT_ONCE, async () => {
    const { publicKey, privateKey } = await PAIRS[key]();
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const info = encodeRequestInfo(makeName([]).der, spki);
    const der = assembleSigned(info, ALGORITHMS[key], sign('sha256', info, privateKey));
    const request = Buffer.from(der).toString('base64');
    return {
      body: new URLSearchParams({ request, unproven }).toString(),
      spkiSha256: createHash('sha256').update(spki).digest(),
    };
  });
}
