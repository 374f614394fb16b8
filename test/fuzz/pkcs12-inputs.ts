// PKCS#12 for the fuzz: files that take little work to open, and contents that are put under a right
// MAC, since behind a wrong one nothing is read.
import { createHmac } from 'node:crypto';
import {
  type DerNode,
  encodeDer,
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  primitive,
  raw,
  sequence,
  setOf,
} from '../../src/asn1/der-writer.ts';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import { BMP_STRING, contextPrimitive } from '../../src/asn1/tag.ts';
import {
  type Encrypted,
  encryptByPbes2,
  encryptByTripleDes,
} from '../../src/cms/pkcs12-encryption.ts';
import { deriveByPkcs12, PURPOSE } from '../../src/cms/pkcs12-key-derivation.ts';
import { PKCS12_OID } from '../../src/cms/pkcs12-object-identifiers.ts';
import { utf16Octets, utf16Password } from '../../src/cms/pkcs12-password.ts';
import { readPkcs12 } from '../../src/cms/read-pkcs12.ts';
import { sampleCertificate } from '../sample-certificate.ts';
import { sampleKey } from '../sample-keys.ts';

const PASSWORD = 'foo';
const SALT = new Uint8Array(8);
/** What a file may ask for: enough for those that are made here, a moment for those of others. */
const LIMITS = { pkcs12: 500, pbkdf2: 500 };

/** Reads a whole file. */
export async function readFile(file: Uint8Array): Promise<void> {
  await readPkcs12(file, { password: PASSWORD, limits: LIMITS });
}

/** Reads an authenticated safe, under a MAC that is right. */
export async function readContents(authenticatedSafe: Uint8Array): Promise<void> {
  await readFile(await fileOf(authenticatedSafe));
}

/** Contents with every kind of bag and encryption. */
export async function sampleContents(): Promise<Uint8Array> {
  const names = setOf([
    attribute(PKCS12_OID.friendlyName, primitive(BMP_STRING, utf16Octets('みほん 𠮷'))),
    attribute(PKCS12_OID.localKeyId, octetString(SALT)),
  ]);
  const { privateKey } = sampleKey('P-256');
  const key = privateKey.export({ format: 'der', type: 'pkcs8' });
  const encryption = { password: PASSWORD, iterations: 1 };
  const shrouded = await encryptByTripleDes({ text: key, ...encryption });
  const certificates = encodeDer(sequence(bag(PKCS12_OID.certBag, certificateValue(), names)));
  const encrypted = await encryptByPbes2({ text: certificates, ...encryption });
  const keys = sequence(
    bag(PKCS12_OID.keyBag, raw(key), names),
    bag(
      PKCS12_OID.pkcs8ShroudedKeyBag,
      sequence(shrouded.algorithm, octetString(shrouded.octets)),
      names,
    ),
    bag(PKCS12_OID.certBag, certificateValue(), names),
  );
  return encodeDer(sequence(dataOf(encodeDer(keys)), encryptedData(encrypted)));
}

/** Contents of many encrypted parts, each of one iteration and little text. */
export async function manyParts(count: number): Promise<Uint8Array> {
  const text = encodeDer(sequence());
  const part = encryptedData(await encryptByPbes2({ text, password: PASSWORD, iterations: 1 }));
  return encodeDer(sequence(...Array.from({ length: count }, () => part)));
}

/** A file of these contents; its MAC takes one iteration. */
export async function fileOf(authenticatedSafe: Uint8Array): Promise<Uint8Array> {
  const key = await macKey;
  const mac = createHmac('sha256', key).update(authenticatedSafe).digest();
  const digest = sequence(sequence(objectIdentifier(OID.sha256), nullValue()), octetString(mac));
  return encodeDer(
    sequence(integer(3), dataOf(authenticatedSafe), sequence(digest, octetString(SALT))),
  );
}

const macKey = deriveByPkcs12({
  hash: 'SHA-256',
  password: utf16Password(PASSWORD),
  salt: SALT,
  iterations: 1,
  purpose: PURPOSE.mac,
  octets: 32,
});

function certificateValue(): DerNode {
  const certificate = octetString(sampleCertificate());
  return sequence(objectIdentifier(PKCS12_OID.x509Certificate), explicit(0, certificate));
}

function bag(type: string, value: DerNode, attributes: DerNode): DerNode {
  return sequence(objectIdentifier(type), explicit(0, value), attributes);
}

function attribute(type: string, value: DerNode): DerNode {
  return sequence(objectIdentifier(type), setOf([value]));
}

function encryptedData({ algorithm, octets }: Encrypted): DerNode {
  const content = octetString(octets, contextPrimitive(0));
  const encrypted = sequence(objectIdentifier(PKCS12_OID.data), algorithm, content);
  return sequence(
    objectIdentifier(PKCS12_OID.encryptedData),
    explicit(0, sequence(integer(0), encrypted)),
  );
}

function dataOf(octets: Uint8Array): DerNode {
  return sequence(objectIdentifier(PKCS12_OID.data), explicit(0, octetString(octets)));
}
