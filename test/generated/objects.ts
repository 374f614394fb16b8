// Random certificates, requests, CRLs and OCSP responses, each with what other programs must say.
// The same seed makes the same content; keys and so signatures are new each time.

import { asciiString, utf8String } from '../../src/asn1/character-string.ts';
import {
  encodeDer,
  integer,
  objectIdentifier,
  raw,
  sequence,
  setOf,
} from '../../src/asn1/der-writer.ts';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import { contextConstructed, IA5_STRING, PRINTABLE_STRING } from '../../src/asn1/tag.ts';
import { encodeTbsCertificate } from '../../src/x509/certificate.ts';
import { extensionList } from '../../src/x509/extension.ts';
import { showName } from '../../src/x509/name.ts';
import { makeCertificateId } from '../../src/x509/ocsp/certificate-id.ts';
import type { SingleResponseFields } from '../../src/x509/ocsp/encode-ocsp-response.ts';
import {
  invalidityDateExtension,
  REVOCATION_REASONS,
  reasonCodeExtension,
} from '../../src/x509/revoked-entry.ts';
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithm.ts';
import { pick, type Random, randomOctets } from '../fuzz/random.ts';
import { signWith } from '../sample-certificate.ts';
import { sampleCrl } from '../sample-crl.ts';
import { SAMPLE_KINDS, type SampleKey, sampleKey } from '../sample-keys.ts';
import { hashesOf, OCSP_CA, OCSP_CA_CERTIFICATE, sampleOcspResponse } from '../sample-ocsp.ts';
import { randomExtensions, type SaidExtension } from './extensions.ts';
import {
  randomCertificateIssuer,
  randomListExtensions,
  randomNonce,
  randomSingleExtensions,
} from './list-extensions.ts';
import { type Generated, type Kind, type Said, together } from './said.ts';
import { dateSaid, randomDate, randomName, randomSerial, serialSaid } from './values.ts';

/** Makes object `number` of a kind. */
export function generate(kind: Kind, random: Random, number: number): Generated {
  return GENERATORS[kind](random, number);
}

const GENERATORS: Readonly<Record<Kind, (random: Random, number: number) => Generated>> = {
  certificate: generateCertificate,
  request: generateRequest,
  CRL: generateCrl,
  'OCSP response': generateOcspResponse,
};

function generateCertificate(random: Random, number: number): Generated {
  const key = randomKey(random);
  const serialNumber = randomSerial(random, number);
  const [issuer, subject] = [randomName(random), randomName(random)];
  const [notBefore, notAfter] = [randomDate(random), randomDate(random)];
  const extensions = randomExtensions(random);
  const tbs = encodeTbsCertificate({
    serialNumber,
    signatureAlgorithmDer: encodeSignatureAlgorithm(key.algorithm),
    issuerDer: issuer.name.der,
    notBefore,
    notAfter,
    subjectDer: subject.name.der,
    subjectPublicKeyInfoDer: key.spkiDer,
    extensions: extensions.map(({ extension }) => extension),
  });
  const serial = serialSaid(serialNumber);
  const said = together(
    { openssl: [`serial=${serial.openssl} `], gnutls: [`Serial Number (hex): ${serial.gnutls} `] },
    dateIs('Not Before: ', 'Not Before: ', notBefore),
    dateIs('Not After : ', 'Not After: ', notAfter),
    nameIs('issuer=', 'Issuer: ', issuer),
    nameIs('subject=', 'Subject: ', subject),
    ...extensions.map((each) => each.said),
  );
  return { kind: 'certificate', der: signWith(key, tbs), said };
}

function generateRequest(random: Random): Generated {
  const key = randomKey(random);
  const subject = randomName(random);
  const extensions = randomExtensions(random);
  const password = `pass${random(1_000_000)}`;
  const list = extensionList(extensions.map(({ extension }) => extension));
  const string = pick(random, [
    asciiString(password, PRINTABLE_STRING),
    asciiString(password, IA5_STRING),
    utf8String(password),
  ]);
  const hasPassword = random(2) === 0;
  const attributes = [
    list && sequence(objectIdentifier(OID.extensionRequest), setOf([list])),
    hasPassword ? sequence(objectIdentifier(OID.challengePassword), setOf([string])) : undefined,
  ].filter((attribute) => attribute !== undefined);
  const info = sequence(
    integer(0),
    raw(subject.name.der),
    raw(key.spkiDer),
    setOf(attributes, contextConstructed(0)),
  );
  const passwordSaid = {
    openssl: [`challengePassword :${password} `],
    // Not an IA5String, which is none of the types of a DirectoryString: GnuTLS shows its octets.
    gnutls: string.tag === IA5_STRING ? [] : [`Challenge password: ${password} `],
  };
  const said = together(
    nameIs('subject=', 'Subject: ', subject),
    ...(hasPassword ? [passwordSaid] : []),
    ...extensions.map((each) => ({ openssl: each.said.openssl, gnutls: [] })),
  );
  return { kind: 'request', der: signWith(key, encodeDer(info)), said };
}

function generateCrl(random: Random, number: number): Generated {
  const key = randomKey(random);
  const issuer = randomName(random);
  const [thisUpdate, nextUpdate] = [randomDate(random), randomDate(random)];
  const { isIndirect, extensions } = randomListExtensions(random);
  const entries = Array.from({ length: random(6) }, (_, i) =>
    randomEntry(random, number + 51 * i, isIndirect ? 'indirect' : 'direct'),
  );
  const der = sampleCrl(
    key,
    entries.map(({ entry }) => entry),
    {
      issuerDer: issuer.name.der,
      thisUpdate,
      nextUpdate,
      extensions: extensions.map(({ extension }) => extension),
    },
  );
  const said = together(
    nameIs('issuer=', 'Issuer: ', issuer),
    dateIs('Last Update: ', 'Issued: ', thisUpdate),
    dateIs('Next Update: ', 'Next at: ', nextUpdate),
    ...extensions.map((each) => each.said),
    ...entries.map((each) => each.said),
  );
  return { kind: 'CRL', der, said };
}

function randomEntry(random: Random, number: number, kind: 'direct' | 'indirect') {
  const serialNumber = randomSerial(random, number);
  const at = randomDate(random);
  const extensions = randomEntryExtensions(random, kind);
  const serial = serialSaid(serialNumber);
  const shown = dateSaid(at);
  const heading = extensions.length === 0 ? '' : 'CRL entry extensions: ';
  const words = extensions.flatMap((each) => each.said.openssl).join('');
  const said: Said = {
    openssl: [
      `Serial Number: ${serial.openssl} Revocation Date: ${shown.openssl} ${heading}${words}`,
    ],
    gnutls: [`Serial Number (hex): ${serial.gnutls} Revoked at: ${shown.gnutls} `],
  };
  const entry = {
    serial: serialNumber.toHex(),
    at: at.toISOString(),
    extensions: extensions.map(({ extension }) => extension),
  };
  return { entry, said };
}

function randomEntryExtensions(
  random: Random,
  kind: 'direct' | 'indirect',
): readonly SaidExtension[] {
  const reason = pick(random, REASONS);
  const invalid = randomDate(random);
  const word = REASON_WORDS[REVOCATION_REASONS.indexOf(reason)];
  const all: readonly SaidExtension[] = [
    {
      extension: reasonCodeExtension(reason),
      said: { openssl: [`X509v3 CRL Reason Code: ${word} `], gnutls: [] },
    },
    {
      extension: invalidityDateExtension(invalid),
      said: { openssl: [`Invalidity Date: ${dateSaid(invalid).openssl} `], gnutls: [] },
    },
    ...(kind === 'indirect' ? [randomCertificateIssuer(random)] : []),
  ];
  return all.filter(() => random(2) === 0);
}

const REASONS = REVOCATION_REASONS.filter(
  (reason) => reason !== undefined && reason !== 'unspecified',
);

const REASON_WORDS = [
  'Unspecified',
  'Key Compromise',
  'CA Compromise',
  'Affiliation Changed',
  'Superseded',
  'Cessation Of Operation',
  'Certificate Hold',
  '',
  'Remove From CRL',
  'Privilege Withdrawn',
  'AA Compromise',
];

function generateOcspResponse(random: Random, number: number): Generated {
  const key = randomKey(random);
  const hash = pick(random, ['SHA-1', 'SHA-256'] as const);
  const singles = Array.from({ length: 1 + random(4) }, (_, i) => {
    const serialNumber = randomSerial(random, number + 51 * i);
    const id = makeCertificateId(hashesOf(OCSP_CA_CERTIFICATE, hash), serialNumber);
    return randomSingle(random, { id, serialNumber });
  });
  const producedAt = randomDate(random);
  const keyHash = randomOctets(random, 20);
  const responder = random(2) === 0 ? randomName(random) : undefined;
  const nonces = random(2) === 0 ? [randomNonce(random)] : [];
  const der = sampleOcspResponse(
    singles.map(({ single }) => single),
    { name: OCSP_CA.name, key, certificates: [] },
    {
      producedAt,
      extensions: nonces.map(({ extension }) => extension),
      responderId:
        responder === undefined ? { kind: 'key', keyHash } : { kind: 'name', name: responder.name },
    },
  );
  const byKey = {
    openssl: [`Responder Id: ${keyHash.toHex().toUpperCase()} `],
    gnutls: [`Responder Key ID: ${keyHash.toHex()} `],
  };
  const said = together(
    dateIs('Produced At: ', 'Produced At: ', producedAt),
    responder === undefined
      ? byKey
      : { openssl: [], gnutls: nameIs('', 'Responder ID: ', responder).gnutls },
    ...singles.map((each) => each.said),
    ...nonces.map((each) => each.said),
  );
  return { kind: 'OCSP response', der, said };
}

/** Where a statement is cut, as nobody knows what is said there. */
const GAP = '\u0000';
const NEWER_REASONS: ReadonlySet<string> = new Set(['privilegeWithdrawn', 'aACompromise']);

type Asked = Pick<SingleResponseFields, 'id'> & { readonly serialNumber: Uint8Array };

function randomSingle(random: Random, { id, serialNumber }: Asked) {
  const [thisUpdate, next, revocationTime] = [
    randomDate(random),
    randomDate(random),
    randomDate(random),
  ];
  const nextUpdate = random(3) === 0 ? undefined : next;
  const reason = random(3) === 0 ? undefined : pick(random, REASONS);
  const kind = pick(random, ['good', 'unknown', 'revoked'] as const);
  const status =
    kind === 'revoked' ? ({ kind, revocationTime, reason } as const) : ({ kind } as const);
  const serial = serialSaid(serialNumber);
  const [at, now] = [dateSaid(revocationTime), dateSaid(thisUpdate)];
  const end = nextUpdate && dateSaid(nextUpdate);
  const extensions = randomSingleExtensions(random);
  // openssl 3.0 has no words for the last two reasons.
  const word = reason === undefined || NEWER_REASONS.has(reason) ? GAP : reason;
  const code = reason === undefined ? '' : REVOCATION_REASONS.indexOf(reason).toString(16);
  const openssl = [
    `Serial Number: ${serial.openssl} Cert Status: ${kind} `,
    kind === 'revoked' ? `Revocation Time: ${at.openssl} ` : '',
    kind === 'revoked' && reason !== undefined ? `Revocation Reason: ${word} (0x${code}) ` : '',
    `This Update: ${now.openssl} `,
    end === undefined ? '' : `Next Update: ${end.openssl} `,
    extensions.length === 0 ? '' : 'Response Single Extensions: ',
    ...extensions.flatMap((each) => each.said.openssl),
  ];
  const gnutls = [
    `Serial Number: ${serial.gnutls} Certificate Status: ${kind} `,
    kind === 'revoked' ? `Revocation time: ${at.gnutls} ` : '',
    `This Update: ${now.gnutls} `,
    end === undefined ? '' : `Next Update: ${end.gnutls} `,
  ];
  const made = extensions.map(({ extension }) => extension);
  const single = { id, status, thisUpdate, nextUpdate, extensions: made };
  return { single, said: { openssl: openssl.join('').split(GAP), gnutls: [gnutls.join('')] } };
}

function randomKey(random: Random): SampleKey {
  return sampleKey(pick(random, SAMPLE_KINDS));
}

function dateIs(openssl: string, gnutls: string, date: Date): Said {
  const shown = dateSaid(date);
  return { openssl: [`${openssl}${shown.openssl} `], gnutls: [`${gnutls}${shown.gnutls} `] };
}

/** GnuTLS is asked only for names without what it shows in ways of its own. */
function nameIs(openssl: string, gnutls: string, name: ReturnType<typeof randomName>): Said {
  const plain = name.isPlain ? [`${gnutls}${showName(name.name)} `] : [];
  return { openssl: openssl === '' ? [] : [`${openssl}${name.openssl} `], gnutls: plain };
}
