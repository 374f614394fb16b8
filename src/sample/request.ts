// Keys and requests for sample people, made here because no browser is there to make them.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readRequest } from '../operations/read-request.ts';
import { encodeRequestInfo, type VerifiedCsr } from '../x509/certification-request.ts';
import { makeName } from '../x509/name.ts';
import { encodeSignatureAlgorithm } from '../x509/signature-algorithm.ts';
import { assembleSigned } from '../x509/signed.ts';

/** A key on P-256, a fresh one unless given, with its verified request. */
export function makeRequest(
  keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } = generateKeyPairSync(
    'ec',
    { namedCurve: 'P-256' },
  ),
): { readonly privateKey: KeyObject; readonly csr: VerifiedCsr } {
  const { privateKey, publicKey } = keys;
  const info = encodeRequestInfo(
    makeName([]).der,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const algorithm = encodeSignatureAlgorithm({ scheme: 'ecdsa', hash: 'SHA-256' });
  const request = assembleSigned(info, algorithm, sign('sha256', info, privateKey));
  return { privateKey, csr: readRequest(request) };
}
