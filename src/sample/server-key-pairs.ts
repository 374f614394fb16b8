// Server certificates for the sample's host names, from a CA of its own. A bank brings real ones.
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OID } from '../asn1/known-object-identifiers.ts';
import { freshSerialNumber } from '../operations/fresh-serial-number.ts';
import { encodeTbsCertificate } from '../x509/certificate.ts';
import type { Extension } from '../x509/extension.ts';
import { subjectAltNameExtension } from '../x509/extensions.ts';
import {
  authorityKeyIdentifierExtension,
  subjectKeyIdentifierExtension,
} from '../x509/key-identifier.ts';
import {
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  keyUsageExtension,
} from '../x509/key-usage.ts';
import { makeName, type Name } from '../x509/name.ts';
import { encodePem } from '../x509/pem.ts';
import { encodeSignatureAlgorithm } from '../x509/signature-algorithm.ts';
import { assembleSigned } from '../x509/signed.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_DAYS = 397;
const ALGORITHM = encodeSignatureAlgorithm({ scheme: 'ecdsa', hash: 'SHA-256' });

type Signer = {
  readonly name: Name;
  readonly privateKey: KeyObject;
  readonly keyIdentifier: Uint8Array;
};

/**
 * Makes a CA and a key pair for each file name (its host names follow it), as `<name>.pem` and
 * `<name>.key` in the folder; returns the file of the CA's certificate, for browsers to trust.
 */
export async function makeServerKeyPairs(
  folder: string,
  hostsByFile: Readonly<Record<string, readonly string[]>>,
  now: Date,
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = newKey();
  const name = makeName([{ type: OID.commonName, value: 'Koshin sample server CA' }]);
  const authority: Signer = { name, privateKey: key.privateKey, keyIdentifier: key.identifier };
  const certificate = certify(key, authority, now, {
    subject: name,
    extensions: [
      basicConstraintsExtension({ isCa: true, pathLength: 0 }),
      keyUsageExtension(['keyCertSign', 'cRLSign']),
    ],
  });
  const authorityFile = join(folder, 'server-ca.pem');
  await writeFile(authorityFile, encodePem(certificate, 'CERTIFICATE'));
  for (const [file, hosts] of Object.entries(hostsByFile)) {
    await writeKeyPair(join(folder, file), hosts, authority, now);
  }
  return authorityFile;
}

async function writeKeyPair(
  path: string,
  hosts: readonly string[],
  authority: Signer,
  now: Date,
): Promise<void> {
  const key = newKey();
  const certificate = certify(key, authority, now, {
    subject: makeName([{ type: OID.commonName, value: hosts[0] ?? path }]),
    extensions: [
      keyUsageExtension(['digitalSignature']),
      extendedKeyUsageExtension([OID.serverAuth]),
      subjectAltNameExtension(hosts.map((host) => ({ kind: 'dns', host }))),
    ],
  });
  await writeFile(`${path}.pem`, encodePem(certificate, 'CERTIFICATE'));
  const pem = key.privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(`${path}.key`, pem, { mode: 0o600 });
}

type Key = {
  readonly privateKey: KeyObject;
  readonly spkiDer: Uint8Array;
  readonly identifier: Uint8Array;
};

function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spkiDer = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, spkiDer, identifier: createHash('sha256').update(spkiDer).digest() };
}

function certify(
  key: Key,
  authority: Signer,
  now: Date,
  content: { readonly subject: Name; readonly extensions: readonly Extension[] },
): Uint8Array {
  const tbs = encodeTbsCertificate({
    serialNumber: freshSerialNumber(),
    signatureAlgorithmDer: ALGORITHM,
    issuerDer: authority.name.der,
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(now.getTime() + LIFETIME_DAYS * DAY_MS),
    subjectDer: content.subject.der,
    subjectPublicKeyInfoDer: key.spkiDer,
    extensions: [
      ...content.extensions,
      subjectKeyIdentifierExtension(key.identifier),
      authorityKeyIdentifierExtension({
        keyIdentifier: authority.keyIdentifier,
        issuerAndSerial: undefined,
      }),
    ],
  });
  return assembleSigned(tbs, ALGORITHM, sign('sha256', tbs, authority.privateKey));
}
