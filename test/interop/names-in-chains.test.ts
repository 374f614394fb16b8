// Chains whose CA's name is in each string type, judged by openssl and NSS: both compare octets.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import {
  encodeDer,
  objectIdentifier,
  primitive,
  sequence,
  setOf,
} from '../../src/asn1/der-writer.ts';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import {
  BMP_STRING,
  PRINTABLE_STRING,
  TELETEX_STRING,
  UNIVERSAL_STRING,
  UTF8_STRING,
} from '../../src/asn1/tag.ts';
import { extendedKeyUsageExtension, keyUsageExtension } from '../../src/x509/key-usage.ts';
import { parseName } from '../../src/x509/name.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { holder, issue } from '../sample-chain.ts';
import { Folder, output, unlessInstalled } from './programs.ts';

const folder = new Folder();
after(() => folder[Symbol.dispose]());

const TYPES = [
  { type: 'PrintableString', tag: PRINTABLE_STRING, hex: '4341' },
  { type: 'UTF8String', tag: UTF8_STRING, hex: 'e381bf' },
  { type: 'TeletexString', tag: TELETEX_STRING, hex: '43e9' },
  { type: 'BMPString', tag: BMP_STRING, hex: '307f307b' },
  { type: 'UniversalString', tag: UNIVERSAL_STRING, hex: '0000004300000041' },
];
const AT = '260601120000Z';

for (const { type, tag, hex } of TYPES) {
  const value = primitive(tag, Uint8Array.fromHex(hex));
  const attribute = sequence(objectIdentifier(OID.commonName), value);
  const name = parseName(encodeDer(sequence(setOf([attribute]))));
  const ca = { name, key: holder('x').key };
  const root = issue(ca, ca);
  const extensions = [
    keyUsageExtension(['digitalSignature']),
    extendedKeyUsageExtension([OID.clientAuth]),
  ];
  const user = issue(ca, holder('User'), { extensions });

  test(`openssl follows a chain whose CA is named in ${type}`, () => {
    const [rootFile, userFile] = [folder.file(`${type}.ca`), folder.file(`${type}.user`)];
    writeFileSync(rootFile, encodePem(root.der, 'CERTIFICATE'));
    writeFileSync(userFile, encodePem(user.der, 'CERTIFICATE'));
    const at = String(Date.UTC(2026, 5, 1, 12) / 1000);
    const said = output('openssl', ['verify', '-attime', at, '-CAfile', rootFile, userFile]);
    assert.equal(said, `${userFile}: OK\n`);
  });

  test(`NSS follows a chain whose CA is named in ${type}`, {
    skip: unlessInstalled('certutil'),
  }, () => {
    using store = new Folder();
    const nss = (...args: readonly string[]): string =>
      output('certutil', [...args, '-d', `sql:${store.path}`]);
    nss('-N', '--empty-password');
    for (const [nickname, trust, { der }] of [
      ['ca', 'CT,C,C', root],
      ['user', ',,', user],
    ] as const) {
      writeFileSync(store.file(nickname), der);
      nss('-A', '-n', nickname, '-t', trust, '-i', store.file(nickname));
    }
    assert.match(nss('-V', '-n', 'user', '-u', 'C', '-b', AT), /certificate is valid/);
  });
}
