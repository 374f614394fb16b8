// Random extensions of CRLs and OCSP answers, with what other programs say of them.
// GnuTLS knows the number, the key identifier and the nonce; the others it shows as their octets.
import { encodeDer, objectIdentifier, primitive, sequence } from '../../src/asn1/der-writer.ts';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import { contextConstructed, UTF8_STRING } from '../../src/asn1/tag.ts';
import { generalizedTime } from '../../src/asn1/time.ts';
import {
  crlNumberExtension,
  deltaCrlIndicatorExtension,
} from '../../src/x509/certificate-list-extensions.ts';
import {
  type DistributionPointName,
  distributionPointAt,
  freshestCrlExtension,
} from '../../src/x509/distribution-point.ts';
import { makeExtension } from '../../src/x509/extension.ts';
import {
  type CrlContents,
  issuingDistributionPointExtension,
} from '../../src/x509/issuing-distribution-point.ts';
import { makeName } from '../../src/x509/name.ts';
import { nonceExtension } from '../../src/x509/ocsp/ocsp-extensions.ts';
import {
  certificateIssuerExtension,
  invalidityDateExtension,
} from '../../src/x509/revoked-entry.ts';
import { pick, type Random, randomOctets } from '../fuzz/random.ts';
import {
  authorityKey,
  issuerNames,
  randomLabel,
  randomUri,
  type SaidExtension,
  unknownToGnutls,
} from './extensions.ts';
import { dateSaid, randomDate } from './values.ts';

/** Whether entries of a CRL may name another issuer, and its extensions; a number is always there. */
export function randomListExtensions(random: Random): {
  readonly isIndirect: boolean;
  readonly extensions: readonly SaidExtension[];
} {
  const isIndirect = random(3) === 0;
  const hasScope = isIndirect || random(2) === 0;
  const extensions = [
    crlNumber(random),
    ...MAKERS.filter(() => random(2) === 0).map((make) => make(random)),
    ...(hasScope ? [scope(random, isIndirect)] : []),
  ];
  return { isIndirect, extensions };
}

const MAKERS: readonly ((random: Random) => SaidExtension)[] = [
  authorityKey,
  (random) => {
    const { extension, said } = issuerNames(random);
    return unknownToGnutls(extension, said.openssl);
  },
  (random) => {
    const number = randomNumber(random);
    return unknownToGnutls(deltaCrlIndicatorExtension(number), [
      `Delta CRL Indicator: critical ${number} `,
    ]);
  },
  (random) => {
    const uri = randomUri(random);
    return unknownToGnutls(freshestCrlExtension([distributionPointAt(uri)]), [
      `Freshest CRL: Full Name: URI:${uri} `,
    ]);
  },
];

function randomNumber(random: Random): bigint {
  return BigInt(random(2 ** 31)) * BigInt(1 + random(2 ** 31));
}

function crlNumber(random: Random): SaidExtension {
  const number = randomNumber(random);
  const hex = number.toString(16);
  const octets = hex.padStart(hex.length + (hex.length % 2), '0');
  const shown = `${/^[89a-f]/.test(octets) ? '00' : ''}${octets}`;
  return {
    extension: crlNumberExtension(number),
    said: {
      openssl: [`CRL Number: ${number} `],
      gnutls: [`CRL Number (not critical): ${shown} `],
    },
  };
}

const CONTENTS: readonly { contents: CrlContents; openssl: string }[] = [
  { contents: 'all', openssl: '' },
  { contents: 'users', openssl: 'Only User Certificates ' },
  { contents: 'authorities', openssl: 'Only CA Certificates ' },
  { contents: 'attributes', openssl: '' },
];

/** As openssl calls the bits of ReasonFlags; bit 0 is not used. */
const REASON_FLAGS = [
  'Key Compromise',
  'CA Compromise',
  'Affiliation Changed',
  'Superseded',
  'Cessation Of Operation',
  'Certificate Hold',
  'Privilege Withdrawn',
  'AA Compromise',
];

function scope(random: Random, isIndirect: boolean): SaidExtension {
  const { point, openssl } = random(2) === 0 ? relativePoint(random) : fullPoint(random);
  const chosen = pick(random, CONTENTS);
  const flags = REASON_FLAGS.filter(() => random(3) === 0);
  const bits = flags.reduce((sum, flag) => sum | (2 << REASON_FLAGS.indexOf(flag)), 0);
  const reasons = flags.length === 0 ? undefined : bits;
  const { contents } = chosen;
  const extension = issuingDistributionPointExtension({ point, contents, reasons, isIndirect });
  const indirect = isIndirect ? 'Indirect CRL ' : '';
  const some = flags.length === 0 ? '' : `Only Some Reasons: ${flags.join(', ')} `;
  const last = contents === 'attributes' ? 'Only Attribute Certificates ' : '';
  return unknownToGnutls(extension, [
    `Issuing Distribution Point: critical ${openssl}${chosen.openssl}${indirect}${some}${last}`,
  ]);
}

type SaidPoint = { readonly point: DistributionPointName; readonly openssl: string };

function fullPoint(random: Random): SaidPoint {
  const uri = randomUri(random);
  return {
    point: { kind: 'full', names: [{ kind: 'uri', uri }] },
    openssl: `Full Name: URI:${uri} `,
  };
}

function relativePoint(random: Random): SaidPoint {
  const label = randomLabel(random);
  const octets = new TextEncoder().encode(label);
  const attribute = sequence(objectIdentifier(OID.commonName), primitive(UTF8_STRING, octets));
  const der = encodeDer({ ...sequence(attribute), tag: contextConstructed(1) });
  return {
    point: { kind: 'relative', rdn: [], der },
    openssl: `Relative Name: CN = ${label} `,
  };
}

/** An entry's certificateIssuer, after which its entries are of another CA. */
export function randomCertificateIssuer(random: Random): SaidExtension {
  const label = randomLabel(random);
  const name = makeName([{ type: OID.commonName, value: label }]);
  return {
    extension: certificateIssuerExtension([{ kind: 'directory', name }]),
    said: { openssl: [`X509v3 Certificate Issuer: critical DirName:/CN=${label} `], gnutls: [] },
  };
}

/** The nonce of an OCSP response, of every length that there may be. */
export function randomNonce(random: Random): SaidExtension {
  const nonce = randomOctets(random, 1 + random(128));
  const extension = nonceExtension(nonce);
  // openssl breaks a line after 35 octets.
  const hex = extension.value
    .toHex()
    .toUpperCase()
    .replace(/.{70}(?=.)/g, '$&\\\n');
  return {
    extension,
    said: {
      openssl: [`OCSP Nonce: ${hex} `],
      gnutls: [`Nonce: ${nonce.toHex()} `],
    },
  };
}

/** RFC 6960 §4.4.4. */
const ARCHIVE_CUTOFF = '1.3.6.1.5.5.7.48.1.6';

/** Extensions of the answer about one certificate, in one statement by openssl; maybe none. */
export function randomSingleExtensions(random: Random): readonly SaidExtension[] {
  const [cutoff, invalid] = [randomDate(random), randomDate(random)];
  const all = [
    {
      extension: makeExtension(ARCHIVE_CUTOFF, 'non-critical', generalizedTime(cutoff)),
      said: { openssl: [`OCSP Archive Cutoff: ${dateSaid(cutoff).openssl} `], gnutls: [] },
    },
    {
      extension: invalidityDateExtension(invalid),
      said: { openssl: [`Invalidity Date: ${dateSaid(invalid).openssl} `], gnutls: [] },
    },
  ];
  return all.filter(() => random(2) === 0);
}
