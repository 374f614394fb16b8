import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createSecureContext } from 'node:tls';
import { fileOf, manyParts } from '../../test/fuzz/pkcs12-inputs.ts';
import { sampleIdentity } from '../../test/interop/sample-identity.ts';
import { DerReader } from '../asn1/der-reader.ts';
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
} from '../asn1/der-writer.ts';

import { OID } from '../asn1/known-object-identifiers.ts';
import { BMP_STRING, contextConstructed, OCTET_STRING, SEQUENCE } from '../asn1/tag.ts';
import { Refusal } from '../errors.ts';
import { makePkcs12 } from './make-pkcs12.ts';
import { deriveByPkcs12, PURPOSE } from './pkcs12-key-derivation.ts';
import { PKCS12_OID } from './pkcs12-object-identifiers.ts';
import { utf16Password } from './pkcs12-password.ts';
import { readPkcs12, type WorkLimits } from './read-pkcs12.ts';

const PASSWORD = 'k7fm-x2qp-9hdn-4vtr-8bcw';
const IDENTITY = sampleIdentity('P-256');
const CONTENTS = { ...IDENTITY, friendlyName: 'みほん 𠮷', password: PASSWORD } as const;
let file: Uint8Array;

before(async () => {
  file = await makePkcs12({ ...CONTENTS, variant: 'compatible' });
});

for (const variant of ['standard', 'compatible'] as const) {
  for (const password of [PASSWORD, 'パスワード', 'か\u{3099}𠮷']) {
    test(`a ${variant} file with the password ${password} is read as it was written`, async () => {
      const read = await readPkcs12(await makePkcs12({ ...CONTENTS, password, variant }), {
        password,
      });
      const [key, ...moreKeys] = read.keys;
      const [leaf, ...chain] = read.certificates;
      assert.deepEqual(key?.der, IDENTITY.privateKeyPkcs8);
      assert.deepEqual(moreKeys, []);
      assert.deepEqual(leaf?.der, IDENTITY.certificate);
      assert.deepEqual(key?.localKeyId, leaf?.localKeyId);
      assert.equal(key?.localKeyId?.length, 20);
      assert.deepEqual([key?.friendlyName, leaf?.friendlyName], ['みほん 𠮷', 'みほん 𠮷']);
      assert.deepEqual(
        chain,
        IDENTITY.chain.map((der) => ({ der, friendlyName: undefined, localKeyId: undefined })),
      );
    });
  }
}

for (const text of [{ password: '' }, { password: '\ud800' }, { friendlyName: '' }]) {
  test(`a file is not written with ${JSON.stringify(text)}`, async () => {
    const contents = { ...CONTENTS, ...text, variant: 'standard' } as const;
    await assert.rejects(makePkcs12(contents), RangeError);
  });
}

test('a wrong password, and a file changed in any part, have their own refusal', async () => {
  await refuses(file, 'wrong-file-password', { password: 'wrong' });
  await refuses(file, 'wrong-file-password', { password: '' });
  const changed = file.slice();
  // In the encrypted certificates, which the MAC covers.
  changed[200] = (changed[200] ?? 0) ^ 1;
  await refuses(changed, 'wrong-file-password');
});

test('a file without a MAC has its own refusal, not that of a wrong password', async () => {
  const [version, contents] = partsOf(file);
  await refuses(encodeDer(sequence(raw(version), raw(contents))), 'unprotected-file');
});

/** The MAC by SHA-1 takes a block, each key and initial vector by Triple DES three. */
const WORK_OF_COMPATIBLE = 10_000 + 2 * 30_000;

test('more work than allowed is refused before it is done', async () => {
  const limits = (pkcs12: number) => ({ limits: { pkcs12, pbkdf2: 0 } });
  await refuses(file, 'too-large', limits(WORK_OF_COMPATIBLE - 1));
  await readPkcs12(file, { password: PASSWORD, ...limits(WORK_OF_COMPATIBLE) });
  await refuses(withMac(file, 0x7fffffff), 'too-large');
});

test('the work of PBKDF2 is limited apart', async () => {
  const standard = await makePkcs12({ ...CONTENTS, variant: 'standard' });
  const limits = (pbkdf2: number) => ({ limits: { pkcs12: 50_000, pbkdf2 } });
  await refuses(standard, 'too-large', limits(99_999));
  await readPkcs12(standard, { password: PASSWORD, ...limits(100_000) });
});

const macBy = (oid: string): DerNode => sequence(objectIdentifier(oid), nullValue());
const TOO_MUCH: readonly { name: string; made: () => Uint8Array }[] = [
  { name: 'a MAC by SHA-256', made: () => withMac(file, 1_250_001, macBy(OID.sha256)) },
  { name: 'a MAC by SHA-384', made: () => withMac(file, 50_001, macBy(OID.sha384)) },
  { name: 'a MAC by SHA-512', made: () => withMac(file, 50_001, macBy(OID.sha512)) },
];

for (const { name, made } of TOO_MUCH) {
  test(`${name} of more iterations than its time allows is refused`, async () => {
    await refuses(made(), 'too-large');
  });
}

test('a key of PBMAC1 is counted by its blocks', async () => {
  const prf = PKCS12_OID.hmacWithSha256;
  const made = await withPbmac1(file, { hash: 'SHA-256', prf, mac: prf, keyOctets: 64 });
  const limits = (pbkdf2: number) => ({ limits: { pkcs12: 2 * 30_000, pbkdf2 } });
  await refuses(made, 'too-large', limits(2 * 2048 - 1));
  await readPkcs12(made, { password: PASSWORD, ...limits(2 * 2048) });
});

test('a file that derives over 64 keys is refused, however few the iterations', async () => {
  const few = await fileOf(await manyParts(63));
  assert.deepEqual(await readPkcs12(few, { password: 'foo' }), { keys: [], certificates: [] });
  await refuses(await fileOf(await manyParts(64)), 'too-large', { password: 'foo' });
});

test('a file of too many octets is refused', async () => {
  await refuses(new Uint8Array(300_000), 'too-large');
});

test('a MAC by an unknown digest is refused as unsupported', async () => {
  const md5 = sequence(objectIdentifier('1.2.840.113549.2.5'), nullValue());
  await refuses(withMac(file, 1, md5), 'unsupported-algorithm');
});

const PBMAC1 = [
  {
    hash: 'SHA-256',
    prf: PKCS12_OID.hmacWithSha256,
    mac: PKCS12_OID.hmacWithSha256,
    keyOctets: 32,
  },
  {
    hash: 'SHA-512',
    prf: PKCS12_OID.hmacWithSha512,
    mac: PKCS12_OID.hmacWithSha256,
    keyOctets: 64,
  },
] as const;

for (const { hash, prf, mac, keyOctets } of PBMAC1) {
  test(`PBMAC1 with PBKDF2 by HMAC-${hash} is verified`, async () => {
    const made = await withPbmac1(file, { hash, prf, mac, keyOctets });
    assert.equal((await readPkcs12(made, { password: PASSWORD })).keys.length, 1);
    await refuses(made, 'wrong-file-password', { password: 'wrong' });
    // Node's OpenSSL knows RFC 9579, the program of many systems does not yet.
    createSecureContext({ pfx: Buffer.from(made), passphrase: PASSWORD });
    assert.throws(() => createSecureContext({ pfx: Buffer.from(made), passphrase: 'wrong' }));
  });
}

test('PBMAC1 with a key too short to authenticate, or of unknown length, is refused', async () => {
  const how = {
    hash: 'SHA-256',
    prf: PKCS12_OID.hmacWithSha256,
    mac: PKCS12_OID.hmacWithSha256,
  } as const;
  await refuses(await withPbmac1(file, { ...how, keyOctets: 19 }), 'malformed');
  await refuses(await withPbmac1(file, { ...how, keyOctets: undefined }), 'malformed');
});

test('a file in indefinite lengths with strings in pieces is read like the same in DER', async () => {
  const ber = asBer(new DerReader(file, 'file'), file.length);
  assert.notDeepEqual(ber, file);
  assert.deepEqual(
    await readPkcs12(Uint8Array.from(ber), { password: PASSWORD }),
    await readPkcs12(file, { password: PASSWORD }),
  );
});

/** Numbers that are the same in every run. */
function numbers(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

function changed(octets: Uint8Array, round: number, random: (below: number) => number): Uint8Array {
  const copy = octets.slice(0, round % 3 === 0 ? random(octets.length) : octets.length);
  for (let i = 0; i <= round % 4; i++) copy[random(copy.length)] = random(256);
  return copy;
}

test('whatever is changed in a file or cut off, nothing but a Refusal is thrown', async () => {
  const small = withMac(file, 1);
  const random = numbers();
  for (let round = 0; round < 2000; round++) {
    const opening = { password: PASSWORD, limits: { pkcs12: 1000, pbkdf2: 1000 } };
    await readPkcs12(changed(small, round, random), opening).catch(expectRefusal);
  }
});

test('whatever is changed below a right MAC, nothing but a Refusal is thrown', async () => {
  const standard = await makePkcs12({ ...CONTENTS, variant: 'standard' });
  const random = numbers();
  let read = 0;
  for (const contents of [contentsOf(file), contentsOf(standard), encodeDer(bare())]) {
    for (let round = 0; round < 700; round++) {
      const made = await withRightMac(changed(contents, round, random));
      const opening = { password: PASSWORD, limits: { pkcs12: 1000, pbkdf2: 1000 } };
      await readPkcs12(made, opening).then(() => read++, expectRefusal);
    }
  }
  assert.ok(read > 100, `${read} were read`);
});

/** Contents with bags that are not encrypted, so that changes reach what is in them. */
function bare(): DerNode {
  const attribute = (type: string, value: DerNode) =>
    sequence(objectIdentifier(type), setOf([value]));
  const bag = (type: string, value: DerNode) =>
    sequence(
      objectIdentifier(type),
      explicit(0, value),
      setOf([
        attribute(PKCS12_OID.localKeyId, octetString(Uint8Array.of(1, 2))),
        attribute(PKCS12_OID.friendlyName, primitive(BMP_STRING, Uint8Array.of(0x30, 0x7f))),
      ]),
    );
  const certificate = sequence(
    objectIdentifier(PKCS12_OID.x509Certificate),
    explicit(0, octetString(Uint8Array.of(1, 2, 3))),
  );
  const safe = sequence(
    bag(PKCS12_OID.certBag, certificate),
    bag(PKCS12_OID.keyBag, sequence(integer(0))),
  );
  return sequence(
    sequence(objectIdentifier(PKCS12_OID.data), explicit(0, octetString(encodeDer(safe)))),
  );
}

async function withRightMac(contents: Uint8Array): Promise<Uint8Array> {
  const salt = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const password = utf16Password(PASSWORD);
  const from = { hash: 'SHA-1', password, salt, iterations: 1 } as const;
  const derived = await deriveByPkcs12({ ...from, purpose: PURPOSE.mac, octets: 20 });
  const tag = await hmac('SHA-1', derived, contents);
  const sha1 = sequence(objectIdentifier(PKCS12_OID.sha1), nullValue());
  const frame = sequence(objectIdentifier(PKCS12_OID.data), explicit(0, octetString(contents)));
  const mac = sequence(sequence(sha1, octetString(tag)), octetString(salt));
  return encodeDer(sequence(integer(3), frame, mac));
}

async function hmac(
  hash: string,
  key: Uint8Array<ArrayBuffer> | ArrayBuffer,
  text: Uint8Array,
): Promise<Uint8Array> {
  const how = { name: 'HMAC', hash };
  const secret = await crypto.subtle.importKey('raw', key, how, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', secret, new Uint8Array(text)));
}

/** The octets that a file's MAC covers. */
function contentsOf(octets: Uint8Array): Uint8Array {
  const r = new DerReader(partsOf(octets)[1], 'contents');
  r.enter(SEQUENCE);
  r.objectIdentifier();
  r.enter(contextConstructed(0));
  return r.contents(OCTET_STRING);
}

function expectRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

async function refuses(
  octets: Uint8Array,
  code: string,
  opening: { password?: string; limits?: WorkLimits } = {},
) {
  await assert.rejects(readPkcs12(octets, { password: PASSWORD, ...opening }), { code });
}

/** Version, contents and MAC of a file in DER. */
function partsOf(octets: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  const r = new DerReader(octets, 'file');
  r.enter(SEQUENCE);
  return [r.element(), r.element(), r.element()];
}

/** The file with a MAC that asks for so many iterations and is wrong. */
function withMac(octets: Uint8Array, iterations: number, algorithm?: DerNode): Uint8Array {
  const [version, contents] = partsOf(octets);
  const sha1 = sequence(objectIdentifier(PKCS12_OID.sha1), nullValue());
  const digest = sequence(algorithm ?? sha1, octetString(new Uint8Array(20)));
  const mac = sequence(digest, octetString(new Uint8Array(8)), integer(iterations));
  return encodeDer(sequence(raw(version), raw(contents), mac));
}

/** The file with its MAC by RFC 9579. */
async function withPbmac1(
  octets: Uint8Array,
  {
    hash,
    prf,
    mac,
    keyOctets,
  }: Omit<(typeof PBMAC1)[number], 'keyOctets'> & { keyOctets: number | undefined },
): Promise<Uint8Array> {
  const [version, contents] = partsOf(octets);
  const salt = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const secret = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(PASSWORD),
    'PBKDF2',
    false,
    ['deriveBits'],
  );
  const how = { name: 'PBKDF2', hash, salt, iterations: 2048 };
  const bits = await crypto.subtle.deriveBits(how, secret, (keyOctets ?? 32) * 8);
  const tag = await hmac('SHA-256', bits, contentsOf(octets));
  const derivation = sequence(
    objectIdentifier(PKCS12_OID.pbkdf2),
    sequence(
      octetString(salt),
      integer(2048),
      keyOctets === undefined ? undefined : integer(keyOctets),
      sequence(objectIdentifier(prf), nullValue()),
    ),
  );
  const algorithm = sequence(
    objectIdentifier(PKCS12_OID.pbmac1),
    sequence(derivation, sequence(objectIdentifier(mac), nullValue())),
  );
  const digest = sequence(algorithm, octetString(tag));
  return encodeDer(
    sequence(
      raw(version),
      raw(contents),
      sequence(digest, octetString(new TextEncoder().encode('NOT USED'))),
    ),
  );
}

/** The elements up to `end`, each constructed one of indefinite length, each longer string in two pieces. */
function asBer(r: DerReader, end: number): number[] {
  const out: number[] = [];
  while (r.position < end) {
    const tag = r.nextTag();
    if ((tag & 0x20) !== 0) {
      const inner = r.header(tag);
      out.push(tag, 0x80, ...asBer(r, inner), 0, 0);
      continue;
    }
    const contents = r.contents(tag);
    const isString = (tag === 0x04 || tag === 0x80) && contents.length > 40;
    if (isString)
      out.push(
        tag | 0x20,
        0x80,
        ...piece(contents.subarray(0, 30)),
        ...piece(contents.subarray(30)),
        0,
        0,
      );
    else out.push(tag, ...length(contents.length), ...contents);
  }
  return out;
}

function piece(octets: Uint8Array): number[] {
  return [0x04, ...length(octets.length), ...octets];
}

/** In more octets than it takes. */
function length(octets: number): number[] {
  return [0x83, octets >> 16, (octets >> 8) & 0xff, octets & 0xff];
}
