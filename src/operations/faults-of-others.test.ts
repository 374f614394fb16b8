// The kinds of fault that other CAs had with what a request asks for, one test each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opensslOctets } from '../../test/openssl.ts';
import { INSTITUTION_NAME, sampleIssuer, sampleOrder, sha256Of } from '../../test/sample-issuer.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { certifyUser } from './certify.ts';
import { issuingAuthorityOf } from './load-bank.ts';
import { readRequest } from './read-request.ts';

const KEY = sampleKey('P-256');
const AUTHORITY = issuingAuthorityOf(
  sampleIssuer(KEY),
  { issuer: sha256Of(KEY.spkiDer), ...KEY },
  INSTITUTION_NAME,
);
const { identity, commonName, notBefore, notAfter } = sampleOrder();
const MOST_DAYS = 400;

/** What a request may ask for to become more than it is given for. */
const ASKED: readonly { readonly what: string; readonly extensions: readonly string[] }[] = [
  {
    what: 'purposes',
    extensions: ['extendedKeyUsage=codeSigning,anyExtendedKeyUsage,msSmartcardLogin'],
  },
  {
    what: 'the rights of a CA',
    extensions: ['basicConstraints=critical,CA:TRUE,pathlen:3', 'keyUsage=critical,keyCertSign'],
  },
  { what: 'names', extensions: ['subjectAltName=DNS:bank.example,email:a@bank.example'] },
];

for (const { what, extensions } of ASKED) {
  test(`requests: ${what} that are asked for are not certified`, () => {
    const { extensions: made, subject } = certified(extensions);
    assert.deepEqual(made.extendedKeyUsage, [OID.clientAuth]);
    assert.deepEqual(made.keyUsage, ['digitalSignature']);
    assert.equal(made.basicConstraints, undefined);
    assert.equal(made.subjectAltName, undefined);
    assert.deepEqual(subject.rdns.at(-1)?.[0]?.value, commonName);
  });
}

/** The certificate of a request by openssl that asks for these extensions and another name. */
function certified(extensions: readonly string[]) {
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const asked = extensions.flatMap((extension) => ['-addext', extension]);
  const subject = ['-subj', '/C=JP/O=Other/CN=admin', '-keyout', '/dev/null', '-outform', 'DER'];
  const request = readRequest(opensslOctets(['req', '-new', ...newKey, ...asked, ...subject]));
  assert.equal(request.request.requestedExtensions.length, extensions.length);
  const order = { identity, commonName, spkiDer: request.publicKey.der, notBefore, notAfter };
  const certificate = parseCertificate(certifyUser(order, AUTHORITY, MOST_DAYS).der);
  assert.deepEqual(certificate.subjectPublicKeyInfo.der, request.publicKey.der);
  return certificate;
}
