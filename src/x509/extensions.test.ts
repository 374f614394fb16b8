import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openssl } from '../../test/openssl.ts';
import { EXTENSIONS, ISSUER, SUBJECT, sampleCertificate } from '../../test/sample-certificate.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import {
  authorityInfoAccessExtension,
  subjectInfoAccessExtension,
} from './authority-information.ts';
import { certificatePoliciesExtension } from './certificate-policies.ts';
import { subjectDirectoryAttributesExtension } from './directory-attributes.ts';
import { distributionPointsExtension, freshestCrlExtension } from './distribution-point.ts';
import { extensionList } from './extension.ts';
import {
  decodeExtensions,
  issuerAltNameExtension,
  ocspNoCheckExtension,
  subjectAltNameExtension,
} from './extensions.ts';
import {
  authorityKeyIdentifierExtension,
  subjectKeyIdentifierExtension,
} from './key-identifier.ts';
import {
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  type KeyUsage,
  keyUsageExtension,
} from './key-usage.ts';
import { nameConstraintsExtension } from './name-constraints.ts';
import {
  inhibitAnyPolicyExtension,
  policyConstraintsExtension,
  policyMappingsExtension,
} from './policy-constraints.ts';

const present = <T>(value: T | undefined): T => value ?? assert.fail('absent');

test('encoding what was decoded gives the same octets', () => {
  const values = decodeExtensions(EXTENSIONS);
  const again = [
    basicConstraintsExtension(present(values.basicConstraints)),
    keyUsageExtension(present(values.keyUsage)),
    extendedKeyUsageExtension(present(values.extendedKeyUsage)),
    subjectKeyIdentifierExtension(present(values.subjectKeyIdentifier)),
    authorityKeyIdentifierExtension(present(values.authorityKeyIdentifier)),
    subjectAltNameExtension(present(values.subjectAltName)),
    distributionPointsExtension(present(values.crlDistributionPoints)),
    authorityInfoAccessExtension(present(values.authorityInfoAccess)),
    certificatePoliciesExtension(present(values.certificatePolicies)),
    issuerAltNameExtension(present(values.issuerAltName)),
    subjectInfoAccessExtension(present(values.subjectInfoAccess)),
    subjectDirectoryAttributesExtension(present(values.subjectDirectoryAttributes)),
    freshestCrlExtension(present(values.freshestCrl)),
    nameConstraintsExtension(present(values.nameConstraints)),
    policyMappingsExtension(present(values.policyMappings)),
    policyConstraintsExtension(present(values.policyConstraints)),
    inhibitAnyPolicyExtension(present(values.inhibitAnyPolicy)),
    ocspNoCheckExtension(),
  ];
  assert.deepEqual(again, EXTENSIONS);
});

test('openssl reads every extension with the values that went in', () => {
  const text = openssl(['x509', '-inform', 'DER', '-noout', '-text'], sampleCertificate());
  for (const line of [
    'X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:3\n',
    'X509v3 Key Usage: critical\n                Digital Signature, Certificate Sign, Decipher Only\n',
    'TLS Web Client Authentication, OCSP Signing, 2.999.7\n',
    'X509v3 Subject Key Identifier: \n                01:02:03\n',
    'keyid:04:05:06\n                DirName:/C=JP/',
    'serial:9A\n',
    'email:suzuki@example.jp, DNS:www.example.jp, URI:https://example.jp/, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1, Registered ID:2.999.8, DirName:/O=',
    'Full Name:\n                  URI:http://crl.example.jp/1394.crl\n',
    'Reasons:\n                  Key Compromise, Privilege Withdrawn\n',
    'OCSP - URI:http://ocsp.example.jp/\n',
    'CA Issuers - URI:http://ca.example.jp/1.cer\n',
    'Policy: 2.999.1\n                  CPS: https://example.jp/cps\n                Policy: X509v3 Any Policy\n',
    'X509v3 Issuer Alternative Name: \n                URI:https://ca.example.jp/\n',
    'CA Repository - URI:http://ca.example.jp/\n',
    'X509v3 Subject Directory Attributes: \n',
    'X509v3 Freshest CRL: \n                Full Name:\n                  URI:http://crl.example.jp/1394-delta.crl\n',
    'X509v3 Name Constraints: critical\n                Permitted:\n                  DirName:O = ',
    'IP:192.0.2.0/255.255.254.0\n                Excluded:\n                  DNS:.example.com\n',
    'X509v3 Policy Mappings: critical\n                2.999.1:2.999.2\n',
    'Require Explicit Policy:0, Inhibit Policy Mapping:300\n',
    'X509v3 Inhibit Any Policy: critical\n                2\n',
    'OCSP No Check: \n',
  ]) {
    assert.ok(text.includes(line), `${line} in\n${text}`);
  }
});

test('values are decoded into plain data', () => {
  const values = decodeExtensions(EXTENSIONS);
  assert.deepEqual(values.basicConstraints, { isCa: true, pathLength: 3 });
  assert.deepEqual(values.keyUsage, ['digitalSignature', 'keyCertSign', 'decipherOnly']);
  assert.deepEqual(values.extendedKeyUsage, [OID.clientAuth, OID.ocspSigning, '2.999.7']);
  assert.deepEqual(values.authorityKeyIdentifier?.issuerAndSerial, {
    issuer: [{ kind: 'directory', name: ISSUER }],
    serialNumber: Uint8Array.of(0, 0x9a),
  });
  assert.deepEqual(values.subjectAltName?.[6], { kind: 'directory', name: SUBJECT });
  assert.equal(values.crlDistributionPoints?.[1]?.reasons, 0b1000_0010);
});

test('every set of key usages is the same after writing and reading', () => {
  const usages: readonly KeyUsage[] = [
    'digitalSignature',
    'nonRepudiation',
    'keyEncipherment',
    'dataEncipherment',
    'keyAgreement',
    'keyCertSign',
    'cRLSign',
    'encipherOnly',
    'decipherOnly',
  ];
  fc.assert(
    fc.property(fc.subarray([...usages], { minLength: 1 }), (chosen) => {
      assert.deepEqual(decodeExtensions([keyUsageExtension(chosen)]).keyUsage, chosen);
    }),
  );
});

const REFUSED: readonly { name: string; oid: string; hex: string }[] = [
  { name: 'keyUsage without a bit', oid: OID.keyUsage, hex: '030100' },
  { name: 'keyUsage with a tenth bit', oid: OID.keyUsage, hex: '0303060040' },
  { name: 'extKeyUsage without a purpose', oid: OID.extendedKeyUsage, hex: '3000' },
  { name: 'a negative path length', oid: OID.basicConstraints, hex: '30060101ff0201ff' },
  { name: 'a path length of 256', oid: OID.basicConstraints, hex: '30070101ff02020100' },
  { name: 'data after basicConstraints', oid: OID.basicConstraints, hex: '30000500' },
  { name: 'a key identifier that is an INTEGER', oid: OID.subjectKeyIdentifier, hex: '020101' },
  { name: 'an authority with a serial only', oid: OID.authorityKeyIdentifier, hex: '3003820101' },
  {
    name: 'an authority with an issuer only',
    oid: OID.authorityKeyIdentifier,
    hex: '3006a104a4023000',
  },
  { name: 'no alternative name', oid: OID.subjectAltName, hex: '3000' },
  { name: 'an address of 5 octets', oid: OID.subjectAltName, hex: '300787050102030405' },
  { name: 'an address with a mask', oid: OID.subjectAltName, hex: '300a8708c0000201ffffff00' },
  { name: 'a host name that is not ASCII', oid: OID.subjectAltName, hex: '30048202c3a9' },
  { name: 'a general name [9]', oid: OID.subjectAltName, hex: '30028900' },
  {
    name: 'a distribution point of reasons only',
    oid: OID.crlDistributionPoints,
    hex: '3006300481020640',
  },
  { name: 'no distribution point', oid: OID.crlDistributionPoints, hex: '3000' },
  { name: 'no access', oid: OID.authorityInfoAccess, hex: '3000' },
  { name: 'no policy', oid: OID.certificatePolicies, hex: '3000' },
  { name: 'a policy twice', oid: OID.certificatePolicies, hex: '300c300406028837300406028837' },
  {
    name: 'a policy with an empty list of qualifiers',
    oid: OID.certificatePolicies,
    hex: '30083006060288373000',
  },
  { name: 'no name constraint', oid: OID.nameConstraints, hex: '3000' },
  { name: 'an empty list of permitted subtrees', oid: OID.nameConstraints, hex: '3002a000' },
  {
    name: 'a subtree with a minimum',
    oid: OID.nameConstraints,
    hex: '300aa0083006820161800101',
  },
  {
    name: 'a subtree with a maximum',
    oid: OID.nameConstraints,
    hex: '300aa0083006820161810101',
  },
  {
    name: 'an address without a mask in a constraint',
    oid: OID.nameConstraints,
    hex: '300aa00830068704c0000201',
  },
  {
    name: 'a mask with a hole',
    oid: OID.nameConstraints,
    hex: '300ea00c300a8708c0000200ff00ff00',
  },
  {
    name: 'a mask whose octet is no prefix',
    oid: OID.nameConstraints,
    hex: '300ea00c300a8708c0000200ffffff01',
  },
  { name: 'no policy mapping', oid: OID.policyMappings, hex: '3000' },
  { name: 'half a policy mapping', oid: OID.policyMappings, hex: '300730050603883701' },
  { name: 'no policy constraint', oid: OID.policyConstraints, hex: '3000' },
  { name: 'a negative policy constraint', oid: OID.policyConstraints, hex: '30038001ff' },
  { name: 'a negative inhibitAnyPolicy', oid: OID.inhibitAnyPolicy, hex: '0201ff' },
  { name: 'no directory attribute', oid: OID.subjectDirectoryAttributes, hex: '3000' },
  {
    name: 'a directory attribute whose set descends',
    oid: OID.subjectDirectoryAttributes,
    hex: '300d300b0603883701310405000400',
  },
  { name: 'ocspNoCheck that is not NULL', oid: OID.ocspNoCheck, hex: '3000' },
];

for (const { name, oid, hex } of REFUSED) {
  test(`${name} is refused`, () => {
    const extension = { oid, critical: false, value: Uint8Array.fromHex(hex) };
    assert.throws(() => decodeExtensions([extension]), { code: 'malformed' });
  });
}

test('an encoded cA FALSE is accepted, for many certificates in use have it', () => {
  const extension = {
    oid: OID.basicConstraints,
    critical: true,
    value: Uint8Array.fromHex('3003010100'),
  };
  assert.deepEqual(decodeExtensions([extension]).basicConstraints, {
    isCa: false,
    pathLength: undefined,
  });
});

const POINT = { point: undefined, reasons: 0b10, crlIssuer: undefined };
const POLICY = { policy: '2.999.1', qualifiers: [] };
const octets = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const limited = (requireExplicitPolicy: number | undefined, inhibitPolicyMapping?: number) =>
  policyConstraintsExtension({ requireExplicitPolicy, inhibitPolicyMapping });
const within = (...address: readonly number[]) =>
  nameConstraintsExtension({
    permitted: [{ kind: 'ip', address: octets(...address) }],
    excluded: undefined,
  });

const UNMAKEABLE: readonly { name: string; make: () => unknown }[] = [
  {
    name: 'an address of 5 octets',
    make: () => subjectAltNameExtension([{ kind: 'ip', address: octets(1, 2, 3, 4, 5) }]),
  },
  {
    name: 'an address with a mask as an alternative name',
    make: () => issuerAltNameExtension([{ kind: 'ip', address: octets(1, 2, 3, 0, 9, 9, 9, 0) }]),
  },
  { name: 'a constraint without a mask', make: () => within(192, 0, 2, 0) },
  { name: 'a mask that is not a prefix', make: () => within(192, 0, 2, 0, 255, 0, 255, 0) },
  ...[-1, 256, 300, 1.5].map((pathLength) => ({
    name: `a path length of ${pathLength}`,
    make: () => basicConstraintsExtension({ isCa: true, pathLength }),
  })),
  {
    name: 'a path length without a CA',
    make: () => basicConstraintsExtension({ isCa: false, pathLength: 0 }),
  },
  { name: 'a negative requireExplicitPolicy', make: () => limited(-1) },
  { name: 'a negative inhibitPolicyMapping', make: () => limited(undefined, -1) },
  { name: 'a negative inhibitAnyPolicy', make: () => inhibitAnyPolicyExtension(-1) },
  { name: 'an inhibitAnyPolicy over 31 bits', make: () => inhibitAnyPolicyExtension(2 ** 31) },
  { name: 'a distribution point of reasons', make: () => distributionPointsExtension([POINT]) },
  { name: 'a delta point of reasons', make: () => freshestCrlExtension([POINT]) },
  { name: 'a policy twice', make: () => certificatePoliciesExtension([POLICY, POLICY]) },
  {
    name: 'an extension twice',
    make: () => extensionList([ocspNoCheckExtension(), ocspNoCheckExtension()]),
  },
];

for (const { name, make } of UNMAKEABLE) {
  test(`${name} cannot be made, for nobody would read it`, () => {
    assert.throws(make, RangeError);
  });
}

test('a path length of no CA is read, as others write it', () => {
  const value = Uint8Array.fromHex('3003020101');
  const { basicConstraints } = decodeExtensions([
    { oid: OID.basicConstraints, critical: true, value },
  ]);
  assert.deepEqual(basicConstraints, { isCa: false, pathLength: 1 });
});

test('empty extensions cannot be made', () => {
  for (const make of [
    () => keyUsageExtension([]),
    () => extendedKeyUsageExtension([]),
    () => subjectAltNameExtension([]),
    () => distributionPointsExtension([]),
    () => authorityInfoAccessExtension([]),
    () => certificatePoliciesExtension([]),
    () => issuerAltNameExtension([]),
    () => subjectInfoAccessExtension([]),
    () => subjectDirectoryAttributesExtension([]),
    () => freshestCrlExtension([]),
    () => nameConstraintsExtension({ permitted: undefined, excluded: undefined }),
    () => nameConstraintsExtension({ permitted: [], excluded: undefined }),
    () => policyMappingsExtension([]),
    () =>
      policyConstraintsExtension({
        requireExplicitPolicy: undefined,
        inhibitPolicyMapping: undefined,
      }),
  ]) {
    assert.throws(make, RangeError);
  }
});
