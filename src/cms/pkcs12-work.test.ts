import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileOf } from '../../test/fuzz/pkcs12-inputs.ts';
import {
  type DerNode,
  encodeDer,
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  primitive,
  sequence,
} from '../asn1/der-writer.ts';
import { contextPrimitive } from '../asn1/tag.ts';
import { PKCS12_OID } from './pkcs12-object-identifiers.ts';
import { readPkcs12, type WorkLimits } from './read-pkcs12.ts';

/** A file of one part of no length, encrypted in the way that is asked for. */
async function encryptedBy(algorithm: DerNode): Promise<Uint8Array> {
  const encrypted = sequence(
    objectIdentifier(PKCS12_OID.data),
    algorithm,
    primitive(contextPrimitive(0), new Uint8Array(0)),
  );
  const part = explicit(0, sequence(integer(0), encrypted));
  return await fileOf(
    encodeDer(sequence(sequence(objectIdentifier(PKCS12_OID.encryptedData), part))),
  );
}

const SALT = octetString(new Uint8Array(8));
const pbe = (oid: string, iterations: number): DerNode =>
  sequence(objectIdentifier(oid), sequence(SALT, integer(iterations)));
const pbes2 = (iterations: number, prf: string, keyOctets?: number): DerNode => {
  const hash = sequence(objectIdentifier(prf), nullValue());
  const length = keyOctets === undefined ? undefined : integer(keyOctets);
  const derivation = sequence(
    objectIdentifier(PKCS12_OID.pbkdf2),
    sequence(SALT, integer(iterations), length, hash),
  );
  const cipher = sequence(objectIdentifier(PKCS12_OID.aes256Cbc), octetString(new Uint8Array(16)));
  return sequence(objectIdentifier(PKCS12_OID.pbes2), sequence(derivation, cipher));
};

/** The MAC takes one digest. */
const COUNTS = [
  {
    name: 'Triple DES, three blocks',
    algorithm: pbe(PKCS12_OID.pbeWithSha1And3KeyTripleDesCbc, 10),
    limits: { pkcs12: 31, pbkdf2: 0 },
  },
  {
    name: 'RC2 of 128 bits, two blocks',
    algorithm: pbe(PKCS12_OID.pbeWithSha1And128BitRc2Cbc, 10),
    limits: { pkcs12: 21, pbkdf2: 0 },
  },
  {
    name: 'AES-256 by HMAC-SHA-1, two blocks',
    algorithm: pbes2(10, PKCS12_OID.hmacWithSha1),
    limits: { pkcs12: 1, pbkdf2: 20 },
  },
  {
    name: 'AES-256 by HMAC-SHA-256, one block',
    algorithm: pbes2(10, PKCS12_OID.hmacWithSha256),
    limits: { pkcs12: 1, pbkdf2: 10 },
  },
] as const;

for (const { name, algorithm, limits } of COUNTS) {
  test(`the work of a part is counted by its blocks: ${name}`, async () => {
    const made = await encryptedBy(algorithm);
    // It may be done, and then there is nothing to decrypt.
    await refuses(made, 'malformed', limits);
    const kind = limits.pbkdf2 > 0 ? 'pbkdf2' : 'pkcs12';
    const fewer = { ...limits, [kind]: limits[kind] - 1 };
    await refuses(made, 'too-large', fewer);
  });
}

test('a key length of PBKDF2 that is not that of the cipher is refused', async () => {
  const limits = { pkcs12: 1, pbkdf2: 0 };
  const other = await encryptedBy(pbes2(10, PKCS12_OID.hmacWithSha256, 16));
  await refuses(other, 'malformed', limits);
  const same = await encryptedBy(pbes2(10, PKCS12_OID.hmacWithSha256, 32));
  await refuses(same, 'too-large', limits);
});

async function refuses(file: Uint8Array, code: string, limits: WorkLimits): Promise<void> {
  await assert.rejects(readPkcs12(file, { password: 'foo', limits }), { code });
}
