// The person's files: the new key with its certificate in both variants, under one generated password.
import { equalOctets } from '../src/asn1/octets.ts';
import { FILE_PASSWORD_RANDOM_OCTETS, makeFilePassword } from '../src/cms/file-password.ts';
import { makePkcs12, type Pkcs12Variant } from '../src/cms/make-pkcs12.ts';
import type { NewKey } from '../src/cms/new-key.ts';
import { parseCertificate } from '../src/x509/certificate.ts';
import type { Issued } from './send-request.ts';

/** Both files and their password. */
export type Files = {
  readonly password: string;
  readonly standard: Uint8Array;
  readonly compatible: Uint8Array;
};

/** Whether a certificate is for this key. */
export function isFor(certificate: Uint8Array, key: NewKey): boolean {
  const { subjectPublicKeyInfo } = parseCertificate(certificate);
  return equalOctets(subjectPublicKeyInfo.der, key.publicKeySpki);
}

/** Makes both files at once, so that the key itself need not be kept for the second. */
export async function makeFiles(key: NewKey, issued: Issued): Promise<Files> {
  const password = makeFilePassword(
    crypto.getRandomValues(new Uint8Array(FILE_PASSWORD_RANDOM_OCTETS)),
  );
  const { certificate, chain, friendlyName } = issued;
  const { privateKeyPkcs8 } = key;
  const make = (variant: Pkcs12Variant) =>
    makePkcs12({ privateKeyPkcs8, certificate, chain, friendlyName, password, variant });
  return { password, standard: await make('standard'), compatible: await make('compatible') };
}
