// Decodes an object and encodes it again from nothing but the values that were decoded.
// Not for the product: tests only. Signatures are taken over, for nobody can make them again.
import {
  constructed,
  encodeDer,
  integer,
  objectIdentifier,
  raw,
  sequence,
  setOf,
} from '../../src/asn1/der-writer.ts';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import { contextConstructed } from '../../src/asn1/tag.ts';
import {
  authorityInfoAccessExtension,
  subjectInfoAccessExtension,
} from '../../src/x509/authority-information.ts';
import { encodeTbsCertificate, parseCertificate } from '../../src/x509/certificate.ts';
import { parseCertificateList } from '../../src/x509/certificate-list.ts';
import {
  crlNumberExtension,
  deltaCrlIndicatorExtension,
} from '../../src/x509/certificate-list-extensions.ts';
import { certificatePoliciesExtension } from '../../src/x509/certificate-policies.ts';
import { parseCertificationRequest } from '../../src/x509/certification-request.ts';
import { subjectDirectoryAttributesExtension } from '../../src/x509/directory-attributes.ts';
import {
  distributionPointsExtension,
  freshestCrlExtension,
} from '../../src/x509/distribution-point.ts';
import {
  layOutCertificateList,
  RevokedEntriesWriter,
} from '../../src/x509/encode-certificate-list.ts';
import type { Extension } from '../../src/x509/extension.ts';
import {
  type Extensions,
  issuerAltNameExtension,
  ocspNoCheckExtension,
  subjectAltNameExtension,
} from '../../src/x509/extensions.ts';
import { issuingDistributionPointExtension } from '../../src/x509/issuing-distribution-point.ts';
import {
  authorityKeyIdentifierExtension,
  subjectKeyIdentifierExtension,
} from '../../src/x509/key-identifier.ts';
import {
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  keyUsageExtension,
} from '../../src/x509/key-usage.ts';
import { nameConstraintsExtension } from '../../src/x509/name-constraints.ts';
import {
  assembleOcspResponse,
  encodeOcspError,
  encodeOcspResponseData,
} from '../../src/x509/ocsp/encode-ocsp-response.ts';
import { nonceExtension } from '../../src/x509/ocsp/ocsp-extensions.ts';
import {
  assembleOcspRequest,
  encodeOcspRequestContent,
  parseOcspRequest,
} from '../../src/x509/ocsp/ocsp-request.ts';
import { parseOcspResponse } from '../../src/x509/ocsp/ocsp-response.ts';
import {
  inhibitAnyPolicyExtension,
  policyConstraintsExtension,
  policyMappingsExtension,
} from '../../src/x509/policy-constraints.ts';
import {
  certificateIssuerExtension,
  type EntryExtensions,
  encodeEntryExtensions,
  invalidityDateExtension,
  reasonCodeExtension,
} from '../../src/x509/revoked-entry.ts';
import {
  encodeSignatureAlgorithm,
  signatureAlgorithmOf,
} from '../../src/x509/signature-algorithm.ts';
import { type AlgorithmIdentifier, assembleSigned } from '../../src/x509/signed.ts';

/** An object of each kind, decoded and encoded. */
export const REENCODE = {
  certificate: reencodeCertificate,
  request: reencodeRequest,
  CRL: reencodeCrl,
  'OCSP request': reencodeOcspRequest,
  'OCSP response': reencodeOcspResponse,
} satisfies Record<string, (der: Uint8Array) => Uint8Array>;

function reencodeCertificate(der: Uint8Array): Uint8Array {
  const certificate = parseCertificate(der);
  const algorithm = algorithmAgain(certificate.signatureAlgorithm);
  const tbs = encodeTbsCertificate({
    serialNumber: certificate.serialNumber,
    signatureAlgorithmDer: algorithm,
    issuerDer: certificate.issuer.der,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    subjectDer: certificate.subject.der,
    subjectPublicKeyInfoDer: certificate.subjectPublicKeyInfo.der,
    extensions: extensionsAgain(certificate.extensions),
  });
  return assembleSigned(tbs, algorithm, certificate.signature);
}

function reencodeRequest(der: Uint8Array): Uint8Array {
  const request = parseCertificationRequest(der);
  const attributes = request.attributes.map(({ oid, values }) =>
    sequence(objectIdentifier(oid), setOf(values.map(raw))),
  );
  const info = encodeDer(
    sequence(
      integer(0),
      raw(request.subject.der),
      raw(request.subjectPublicKeyInfo.der),
      constructed(contextConstructed(0), attributes),
    ),
  );
  return assembleSigned(info, algorithmAgain(request.signatureAlgorithm), request.signature);
}

function reencodeCrl(der: Uint8Array): Uint8Array {
  const list = parseCertificateList(der);
  const writer = new RevokedEntriesWriter();
  for (const { serialNumber, revocationDate, extensions } of list.entries) {
    writer.add(serialNumber, revocationDate.getTime(), entryExtensionsAgain(extensions));
  }
  const { seal } = layOutCertificateList(
    {
      signatureAlgorithmDer: algorithmAgain(list.signatureAlgorithm),
      issuerDer: list.issuer.der,
      thisUpdate: list.thisUpdate,
      nextUpdate: list.nextUpdate ?? new Date(Number.NaN),
      extensions: list.extensions.all.map((extension) => listExtensionAgain(list, extension)),
    },
    writer,
  );
  return seal(list.signature);
}

function reencodeOcspRequest(der: Uint8Array): Uint8Array {
  const { requestorName, questions, extensions } = parseOcspRequest(der);
  const content = encodeOcspRequestContent({
    requestorName,
    questions: questions.map(({ id, extensions: { all } }) => ({ id, extensions: all })),
    extensions: extensions.all.map((extension) =>
      extension.oid === OID.ocspNonce && extensions.nonce !== undefined
        ? nonceExtension(extensions.nonce)
        : extension,
    ),
  });
  return assembleOcspRequest(content);
}

function reencodeOcspResponse(der: Uint8Array): Uint8Array {
  const response = parseOcspResponse(der);
  if (response.status !== 'successful') return encodeOcspError(response.status);
  const { basic } = response;
  const data = encodeOcspResponseData({
    responderId: basic.responderId,
    producedAt: basic.producedAt,
    responses: basic.responses.map((single) => ({ ...single, extensions: single.extensions.all })),
    extensions: basic.extensions.all,
  });
  return assembleOcspResponse(data, {
    signatureAlgorithmDer: algorithmAgain(basic.signatureAlgorithm),
    signature: basic.signature,
    certificatesDer: basic.certificates.map((certificate) => certificate.der),
  });
}

function algorithmAgain(identifier: AlgorithmIdentifier): Uint8Array {
  return encodeSignatureAlgorithm(signatureAlgorithmOf(identifier));
}

function extensionsAgain(extensions: Extensions): readonly Extension[] {
  return extensions.all.map((extension) => {
    const make = MAKERS[extension.oid];
    const made = make === undefined ? extension : make(extensions);
    return { ...made, critical: extension.critical };
  });
}

const absent = (): never => {
  throw new Error('an extension was decoded to nothing');
};

const MAKERS: Readonly<Record<string, (values: Extensions) => Extension>> = {
  [OID.basicConstraints]: (v) => basicConstraintsExtension(v.basicConstraints ?? absent()),
  [OID.keyUsage]: (v) => keyUsageExtension(v.keyUsage ?? absent()),
  [OID.extendedKeyUsage]: (v) => extendedKeyUsageExtension(v.extendedKeyUsage ?? absent()),
  [OID.subjectKeyIdentifier]: (v) =>
    subjectKeyIdentifierExtension(v.subjectKeyIdentifier ?? absent()),
  [OID.authorityKeyIdentifier]: (v) =>
    authorityKeyIdentifierExtension(v.authorityKeyIdentifier ?? absent()),
  [OID.subjectAltName]: (v) => subjectAltNameExtension(v.subjectAltName ?? absent()),
  [OID.issuerAltName]: (v) => issuerAltNameExtension(v.issuerAltName ?? absent()),
  [OID.crlDistributionPoints]: (v) =>
    distributionPointsExtension(v.crlDistributionPoints ?? absent()),
  [OID.freshestCrl]: (v) => freshestCrlExtension(v.freshestCrl ?? absent()),
  [OID.authorityInfoAccess]: (v) => authorityInfoAccessExtension(v.authorityInfoAccess ?? absent()),
  [OID.subjectInfoAccess]: (v) => subjectInfoAccessExtension(v.subjectInfoAccess ?? absent()),
  [OID.subjectDirectoryAttributes]: (v) =>
    subjectDirectoryAttributesExtension(v.subjectDirectoryAttributes ?? absent()),
  [OID.certificatePolicies]: (v) => certificatePoliciesExtension(v.certificatePolicies ?? absent()),
  [OID.policyMappings]: (v) => policyMappingsExtension(v.policyMappings ?? absent()),
  [OID.policyConstraints]: (v) => policyConstraintsExtension(v.policyConstraints ?? absent()),
  [OID.inhibitAnyPolicy]: (v) => inhibitAnyPolicyExtension(v.inhibitAnyPolicy ?? absent()),
  [OID.nameConstraints]: (v) => nameConstraintsExtension(v.nameConstraints ?? absent()),
  [OID.ocspNoCheck]: (v) => (v.ocspNoCheck === true ? ocspNoCheckExtension() : absent()),
};

function listExtensionAgain(
  { extensions }: ReturnType<typeof parseCertificateList>,
  extension: Extension,
): Extension {
  switch (extension.oid) {
    case OID.crlNumber:
      return crlNumberExtension(extensions.crlNumber ?? absent());
    case OID.deltaCrlIndicator:
      return deltaCrlIndicatorExtension(extensions.deltaCrlIndicator ?? absent());
    case OID.issuingDistributionPoint:
      return issuingDistributionPointExtension(extensions.issuingDistributionPoint ?? absent());
    case OID.authorityKeyIdentifier:
      return authorityKeyIdentifierExtension(extensions.authorityKeyIdentifier ?? absent());
    case OID.issuerAltName:
      return issuerAltNameExtension(extensions.issuerAltName ?? absent());
    case OID.freshestCrl:
      return freshestCrlExtension(extensions.freshestCrl ?? absent());
    case OID.authorityInfoAccess:
      return authorityInfoAccessExtension(extensions.authorityInfoAccess ?? absent());
    default:
      return extension;
  }
}

function entryExtensionsAgain(extensions: EntryExtensions): Uint8Array {
  return encodeEntryExtensions(
    extensions.all.map((extension) => {
      switch (extension.oid) {
        case OID.reasonCode:
          return reasonCodeExtension(extensions.reason ?? absent());
        case OID.invalidityDate:
          return invalidityDateExtension(extensions.invalidityDate ?? absent());
        case OID.certificateIssuer:
          return certificateIssuerExtension(extensions.certificateIssuer ?? absent());
        default:
          return extension;
      }
    }),
  );
}
