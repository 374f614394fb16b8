// The same job done with @peculiar/x509 and with pkijs, as their own documentation does it.
// What is the same for every certificate is prepared once, as it is for ours.
import { hash, webcrypto } from 'node:crypto';
import * as peculiar from '@peculiar/x509';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { OID } from '../src/asn1/known-object-identifiers.ts';
import { commonNameOf } from '../src/banking/subject-name.ts';
import { encodeUserCertificate } from '../src/ca/user-profile.ts';
import { freshSerialNumber } from '../src/operations/fresh-serial-number.ts';
import { parseCertificate } from '../src/x509/certificate.ts';
import type { Extension } from '../src/x509/extension.ts';
import { assembleSigned } from '../src/x509/signed.ts';
import { type BenchAuthority, type Job, TERMS } from './issue-jobs.ts';

type Issue = (job: Job) => Promise<Uint8Array>;

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Issues with @peculiar/x509. */
export async function peculiarIssuer(by: BenchAuthority): Promise<Issue> {
  const signingKey = await importKey(by);
  const issuer = peculiarNameOf(by);
  const issued = sampleExtensions(by)
    .filter(({ oid }) => oid !== OID.subjectKeyIdentifier)
    .map(({ oid, critical, value }) => new peculiar.Extension(oid, critical, value));
  return async ({ requestDer, identity }) => {
    const request = new peculiar.Pkcs10CertificateRequest(requestDer);
    if (!(await request.verify())) throw new Error('a request does not verify');
    const { publicKey } = request;
    const certificate = await peculiar.X509CertificateGenerator.create({
      serialNumber: freshSerialNumber().toHex(),
      issuer,
      subject: [
        { C: ['JP'] },
        { O: [TERMS.institutionName] },
        { CN: [commonNameOf(identity, TERMS.notAfter, TERMS.policy.monthInName)] },
      ],
      notBefore: TERMS.notBefore,
      notAfter: TERMS.notAfter,
      publicKey,
      signingKey,
      signingAlgorithm: SIGNING,
      extensions: [
        ...issued,
        new peculiar.SubjectKeyIdentifierExtension(
          hash('sha256', new Uint8Array(publicKey.rawData), 'hex'),
        ),
      ],
    });
    return new Uint8Array(certificate.rawData);
  };
}

/** Issues with pkijs. */
export async function pkijsIssuer(by: BenchAuthority): Promise<Issue> {
  const signingKey = await importKey(by);
  const issuer = pkijs.RelativeDistinguishedNames.fromBER(by.authority.issuer.name.der);
  const issued = sampleExtensions(by)
    .filter(({ oid }) => oid !== OID.subjectKeyIdentifier)
    .map(pkijsExtension);
  return async ({ requestDer, identity }) => {
    const request = pkijs.CertificationRequest.fromBER(requestDer);
    if (!(await request.verify())) throw new Error('a request does not verify');
    const certificate = new pkijs.Certificate();
    certificate.version = 2;
    certificate.serialNumber = new asn1js.Integer({ valueHex: freshSerialNumber() });
    certificate.issuer = issuer;
    certificate.notBefore.value = TERMS.notBefore;
    certificate.notAfter.value = TERMS.notAfter;
    certificate.subject = pkijsName([
      [OID.countryName, new asn1js.PrintableString({ value: 'JP' })],
      [OID.organizationName, new asn1js.Utf8String({ value: TERMS.institutionName })],
      [
        OID.commonName,
        new asn1js.PrintableString({
          value: commonNameOf(identity, TERMS.notAfter, TERMS.policy.monthInName),
        }),
      ],
    ]);
    certificate.subjectPublicKeyInfo = request.subjectPublicKeyInfo;
    const spki = new Uint8Array(request.subjectPublicKeyInfo.toSchema().toBER());
    const identifier = new asn1js.OctetString({ valueHex: hash('sha256', spki, 'buffer') });
    certificate.extensions = [
      ...issued,
      new pkijs.Extension({
        extnID: OID.subjectKeyIdentifier,
        critical: false,
        extnValue: identifier.toBER(),
      }),
    ];
    await certificate.sign(signingKey, 'SHA-256');
    return new Uint8Array(certificate.toSchema(true).toBER());
  };
}

async function importKey({ key }: BenchAuthority): Promise<webcrypto.CryptoKey> {
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  return await webcrypto.subtle.importKey('pkcs8', pkcs8, SIGNING, false, ['sign']);
}

/** The extensions of a certificate of ours, which theirs have too. */
function sampleExtensions({ authority }: BenchAuthority): readonly Extension[] {
  const { issuer, key, profile } = authority;
  const { notBefore, notAfter } = TERMS;
  const tbs = encodeUserCertificate(
    {
      identity: { institution: '1394', contract: '00012345678', user: 'sample' },
      commonName: 'sample',
      spkiDer: key.spkiDer,
      keyIdentifier: key.issuer,
      serialNumber: freshSerialNumber(),
      notBefore,
      notAfter,
    },
    profile,
  );
  const der = assembleSigned(tbs, issuer.signatureAlgorithmDer, new Uint8Array(1));
  return parseCertificate(der).extensions.all;
}

function peculiarNameOf({ authority }: BenchAuthority): peculiar.Name {
  return new peculiar.Name(authority.issuer.name.der);
}

function pkijsExtension({ oid, critical, value }: Extension): pkijs.Extension {
  return new pkijs.Extension({ extnID: oid, critical, extnValue: new Uint8Array(value).buffer });
}

function pkijsName(
  attributes: readonly (readonly [string, asn1js.BaseStringBlock])[],
): pkijs.RelativeDistinguishedNames {
  return new pkijs.RelativeDistinguishedNames({
    typesAndValues: attributes.map(
      ([type, value]) => new pkijs.AttributeTypeAndValue({ type, value }),
    ),
  });
}
