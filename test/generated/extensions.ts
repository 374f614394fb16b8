// Random extensions of certificates, one maker for each, with what other programs say of them.
// GnuTLS shows those that it does not know as their octets.
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import {
  type AccessDescription,
  authorityInfoAccessExtension,
  subjectInfoAccessExtension,
} from '../../src/x509/authority-information.ts';
import { certificatePoliciesExtension } from '../../src/x509/certificate-policies.ts';
import { subjectDirectoryAttributesExtension } from '../../src/x509/directory-attributes.ts';
import {
  distributionPointAt,
  distributionPointsExtension,
  freshestCrlExtension,
} from '../../src/x509/distribution-point.ts';
import type { Extension } from '../../src/x509/extension.ts';
import {
  issuerAltNameExtension,
  ocspNoCheckExtension,
  subjectAltNameExtension,
} from '../../src/x509/extensions.ts';
import type { GeneralName } from '../../src/x509/general-name.ts';
import {
  authorityKeyIdentifierExtension,
  subjectKeyIdentifierExtension,
} from '../../src/x509/key-identifier.ts';
import {
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  type KeyUsage,
  keyUsageExtension,
} from '../../src/x509/key-usage.ts';
import { nameConstraintsExtension } from '../../src/x509/name-constraints.ts';
import {
  inhibitAnyPolicyExtension,
  policyConstraintsExtension,
  policyMappingsExtension,
} from '../../src/x509/policy-constraints.ts';
import { pick, type Random, randomOctets } from '../fuzz/random.ts';
import { colons, type Said } from './said.ts';

/** An extension and what is said of it. */
export type SaidExtension = { readonly extension: Extension; readonly said: Said };

/** Each extension with a chance of one half, in any order. */
export function randomExtensions(random: Random): readonly SaidExtension[] {
  return MAKERS.filter(() => random(2) === 0)
    .map((make) => ({ order: random(1000), made: make(random) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ made }) => made);
}

type Maker = (random: Random) => SaidExtension;

const MAKERS: readonly Maker[] = [
  (random) => {
    const isCa = random(2) === 0;
    const pathLength = isCa && random(2) === 0 ? random(256) : undefined;
    const length = pathLength === undefined ? '' : `, pathlen:${pathLength}`;
    return {
      extension: basicConstraintsExtension({ isCa, pathLength }),
      said: {
        openssl: [`Basic Constraints: critical CA:${isCa ? 'TRUE' : 'FALSE'}${length} `],
        gnutls: [`Certificate Authority (CA): ${isCa ? 'TRUE' : 'FALSE'} `],
      },
    };
  },
  (random) => {
    const usages = KEY_USAGES.filter(() => random(2) === 0);
    const chosen = usages.length === 0 ? KEY_USAGES.slice(0, 1) : usages;
    return {
      extension: keyUsageExtension(chosen.map(({ usage }) => usage)),
      said: {
        openssl: [`Key Usage: critical ${chosen.map(({ openssl }) => openssl).join(', ')} `],
        gnutls: [`Key Usage (critical): ${chosen.map(({ gnutls }) => `${gnutls}.`).join(' ')} `],
      },
    };
  },
  (random) => {
    const chosen = [pick(random, PURPOSES), pick(random, PURPOSES), randomOid(random)];
    return {
      extension: extendedKeyUsageExtension(chosen.map(({ oid }) => oid)),
      said: {
        openssl: [`Extended Key Usage: ${chosen.map(({ openssl }) => openssl).join(', ')} `],
        gnutls: [
          `Key Purpose (not critical): ${chosen
            .map(({ gnutls }) => `${gnutls}.`)
            .join(' ')
            .replace(/\.$/, '')}`,
        ],
      },
    };
  },
  (random) => {
    const octets = randomOctets(random, 1 + random(32));
    return {
      extension: subjectKeyIdentifierExtension(octets),
      said: {
        openssl: [`Subject Key Identifier: ${colons(octets)} `],
        gnutls: [`Subject Key Identifier (not critical): ${octets.toHex()} `],
      },
    };
  },
  authorityKey,
  (random) => {
    const names = randomNames(random);
    return {
      extension: subjectAltNameExtension(names.map(({ name }) => name)),
      said: {
        openssl: [`Subject Alternative Name: ${names.map(({ openssl }) => openssl).join(', ')} `],
        gnutls: [
          `Subject Alternative Name (not critical): ${names.map(({ gnutls }) => gnutls).join(' ')} `,
        ],
      },
    };
  },
  issuerNames,
  (random) => {
    const uri = randomUri(random);
    return {
      extension: distributionPointsExtension([distributionPointAt(uri)]),
      said: {
        openssl: [`CRL Distribution Points: Full Name: URI:${uri} `],
        gnutls: [`CRL Distribution points (not critical): URI: ${uri} `],
      },
    };
  },
  (random) => {
    const uri = randomUri(random);
    return unknownToGnutls(freshestCrlExtension([distributionPointAt(uri)]), [
      `Freshest CRL: Full Name: URI:${uri} `,
    ]);
  },
  (random) => {
    const accesses = [access(random, OID.ocspAccess), access(random, OID.caIssuersAccess)];
    const [ocsp = '', issuers = ''] = accesses.map(uriOf);
    return {
      extension: authorityInfoAccessExtension(accesses),
      said: {
        openssl: [`Authority Information Access: OCSP - URI:${ocsp} CA Issuers - URI:${issuers} `],
        gnutls: [`Access Location URI: ${ocsp} `, `Access Location URI: ${issuers} `],
      },
    };
  },
  (random) => {
    const accesses = [access(random, OID.caRepositoryAccess)];
    return unknownToGnutls(subjectInfoAccessExtension(accesses), [
      `Subject Information Access: CA Repository - URI:${accesses.map(uriOf).join('')} `,
    ]);
  },
  (random) => {
    const { oid } = randomOid(random);
    const uri = randomUri(random);
    return {
      extension: certificatePoliciesExtension([
        { policy: oid, qualifiers: [{ kind: 'cps', uri }] },
        { policy: OID.anyPolicy, qualifiers: [] },
      ]),
      said: {
        openssl: [`Certificate Policies: Policy: ${oid} CPS: ${uri} Policy: X509v3 Any Policy `],
        gnutls: [
          `Certificate Policies (not critical): ${oid} URI: ${uri} 2.5.29.32.0 (anyPolicy) `,
        ],
      },
    };
  },
  (random) => {
    const [from, to] = [randomOid(random).oid, randomOid(random).oid];
    const mapping = { issuerDomainPolicy: from, subjectDomainPolicy: to };
    return unknownToGnutls(policyMappingsExtension([mapping]), [
      `Policy Mappings: critical ${from}:${to} `,
    ]);
  },
  (random) => {
    const [requireExplicitPolicy, inhibitPolicyMapping] = [random(300), random(70_000)];
    return unknownToGnutls(
      policyConstraintsExtension({ requireExplicitPolicy, inhibitPolicyMapping }),
      [
        `Require Explicit Policy:${requireExplicitPolicy}, Inhibit Policy Mapping:${inhibitPolicyMapping} `,
      ],
    );
  },
  (random) => {
    const skip = random(2 ** 31);
    return {
      extension: inhibitAnyPolicyExtension(skip),
      said: {
        openssl: [`Inhibit Any Policy: critical ${skip} `],
        gnutls: [`Inhibit anyPolicy skip certs: ${skip} (critical) `],
      },
    };
  },
  (random) => {
    const host = `${randomLabel(random)}.example`;
    const [a, b] = [random(256), random(256)];
    return {
      extension: nameConstraintsExtension({
        permitted: [{ kind: 'dns', host }],
        excluded: [{ kind: 'ip', address: Uint8Array.of(10, a, b, 0, 255, 255, 255, 0) }],
      }),
      said: {
        openssl: [
          `Name Constraints: critical Permitted: DNS:${host} Excluded: IP:10.${a}.${b}.0/255.255.255.0 `,
        ],
        gnutls: [`Permitted: DNSname: ${host} Excluded: IPAddress: 10.${a}.${b}.0/24 `],
      },
    };
  },
  () => {
    const values = [Uint8Array.fromHex('13024a50')];
    return unknownToGnutls(
      subjectDirectoryAttributesExtension([{ type: '1.3.6.1.5.5.7.9.4', values }]),
      ['Subject Directory Attributes:'],
    );
  },
  () => unknownToGnutls(ocspNoCheckExtension(), ['OCSP No Check:']),
];

const KEY_USAGES: readonly { usage: KeyUsage; openssl: string; gnutls: string }[] = [
  { usage: 'digitalSignature', openssl: 'Digital Signature', gnutls: 'Digital signature' },
  { usage: 'nonRepudiation', openssl: 'Non Repudiation', gnutls: 'Non repudiation' },
  { usage: 'keyEncipherment', openssl: 'Key Encipherment', gnutls: 'Key encipherment' },
  { usage: 'dataEncipherment', openssl: 'Data Encipherment', gnutls: 'Data encipherment' },
  { usage: 'keyAgreement', openssl: 'Key Agreement', gnutls: 'Key agreement' },
  { usage: 'keyCertSign', openssl: 'Certificate Sign', gnutls: 'Certificate signing' },
  { usage: 'cRLSign', openssl: 'CRL Sign', gnutls: 'CRL signing' },
  { usage: 'encipherOnly', openssl: 'Encipher Only', gnutls: 'Key encipher only' },
  { usage: 'decipherOnly', openssl: 'Decipher Only', gnutls: 'Key decipher only' },
];

const PURPOSES = [
  { oid: OID.clientAuth, openssl: 'TLS Web Client Authentication', gnutls: 'TLS WWW Client' },
  { oid: OID.serverAuth, openssl: 'TLS Web Server Authentication', gnutls: 'TLS WWW Server' },
  { oid: OID.emailProtection, openssl: 'E-mail Protection', gnutls: 'Email protection' },
  { oid: OID.ocspSigning, openssl: 'OCSP Signing', gnutls: 'OCSP signing' },
  { oid: OID.timeStamping, openssl: 'Time Stamping', gnutls: 'Time stamping' },
];

/** An authorityKeyIdentifier of a key alone. */
export function authorityKey(random: Random): SaidExtension {
  const keyIdentifier = randomOctets(random, 1 + random(32));
  return {
    extension: authorityKeyIdentifierExtension({ keyIdentifier, issuerAndSerial: undefined }),
    said: {
      openssl: [`Authority Key Identifier: ${colons(keyIdentifier)} `],
      gnutls: [`Authority Key Identifier (not critical): ${keyIdentifier.toHex()} `],
    },
  };
}

/** An issuerAltName, as it is shown of a certificate. */
export function issuerNames(random: Random): SaidExtension {
  const names = randomNames(random);
  return {
    extension: issuerAltNameExtension(names.map(({ name }) => name)),
    said: {
      openssl: [`Issuer Alternative Name: ${names.map(({ openssl }) => openssl).join(', ')} `],
      gnutls: names.map(({ gnutls }) => gnutls),
    },
  };
}

/** An extension that GnuTLS shows as its octets. */
export function unknownToGnutls(extension: Extension, openssl: readonly string[]): SaidExtension {
  const { oid, value } = extension;
  return {
    extension,
    said: { openssl, gnutls: [`Unknown extension ${oid} (`, `Hexdump: ${value.toHex()} `] },
  };
}

function randomOid(random: Random): { oid: string; openssl: string; gnutls: string } {
  const oid = `2.999.${random(2 ** 31)}.${random(300)}`;
  return { oid, openssl: oid, gnutls: oid };
}

/** A label of letters and digits. */
export function randomLabel(random: Random): string {
  return `h${random(2 ** 31).toString(36)}`;
}

/** An address with characters that could be misread. */
export function randomUri(random: Random): string {
  return `http://${randomLabel(random)}.example/${randomLabel(random)}?a=b&c=d`;
}

function access(random: Random, method: string): AccessDescription {
  return { method, location: { kind: 'uri', uri: randomUri(random) } };
}

function uriOf({ location }: AccessDescription): string {
  return location.kind === 'uri' ? location.uri : '';
}

type SaidName = { readonly name: GeneralName; readonly openssl: string; readonly gnutls: string };

const NAME_MAKERS: readonly ((random: Random) => SaidName)[] = [
  (random) => {
    const address = `${randomLabel(random)}@example.jp`;
    return {
      name: { kind: 'email', address },
      openssl: `email:${address}`,
      gnutls: `RFC822Name: ${address}`,
    };
  },
  (random) => {
    const host = `${randomLabel(random)}.example.jp`;
    return { name: { kind: 'dns', host }, openssl: `DNS:${host}`, gnutls: `DNSname: ${host}` };
  },
  (random) => {
    const uri = randomUri(random);
    return { name: { kind: 'uri', uri }, openssl: `URI:${uri}`, gnutls: `URI: ${uri}` };
  },
  (random) => {
    const address = randomOctets(random, 4);
    const text = [...address].join('.');
    return {
      name: { kind: 'ip', address },
      openssl: `IP Address:${text}`,
      gnutls: `IPAddress: ${text}`,
    };
  },
  (random) => {
    const { oid } = randomOid(random);
    return {
      name: { kind: 'registered', id: oid },
      openssl: `Registered ID:${oid}`,
      gnutls: `Registered ID: ${oid}`,
    };
  },
];

/** One to four general names. */
export function randomNames(random: Random): readonly SaidName[] {
  return Array.from({ length: 1 + random(4) }, () => pick(random, NAME_MAKERS)(random));
}
