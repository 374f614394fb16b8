// Certificates, TBS certificates and one extension, sound and broken, as PEM.
// The comment above a block says what is wrong with it, and a block ERRORS follows most broken ones.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DerReader } from '../../src/asn1/der-reader.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { readAuthorityKeyIdentifier } from '../../src/x509/key-identifier.ts';
import { type CaseResult, type Corpus, refusalOf, runCase } from './corpus.ts';
import { blockOf, readBlocks } from './pem-blocks.ts';
import { completeCertificate, completeTbs } from './placeholders.ts';

/** Runs all files. */
export const parseCertificateCorpus: Corpus = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.pem'))
    .sort()
    .map((file) => runFile(folder, file));

/** Broken ones without a block ERRORS, and what the comment or the contents say of them. */
const BROKEN: Readonly<Record<string, string>> = {
  'failed_signature_algorithm.pem': 'no comment; outer parameters [PRIVATE 469794384], inner NULL',
  'signature_algorithm_null.pem': 'shown as SEQUENCE { NULL {} }: an algorithm without identifier',
  'subject_printable_string_containing_utf8_client_cert.pem': 'invalid PrintableString',
  'tbs_v3_extensions_not_sequence.pem': 'extensions is an OCTET STRING rather than a SEQUENCE',
  'authority_key_identifier/extra_contents_after_extension_sequence.pem': 'an INTEGER follows',
  'authority_key_identifier/extra_contents_after_issuer_and_serial.pem': 'an INTEGER follows',
  'authority_key_identifier/invalid_contents.pem': 'shown as SEQUENCE { INTEGER }',
  'authority_key_identifier/invalid_issuer.pem': 'length without data',
  'authority_key_identifier/invalid_key_identifier.pem': 'length without data',
  'authority_key_identifier/invalid_serial.pem': 'length without data',
  'authority_key_identifier/issuer_only.pem': 'RFC 5280 A.2: issuer and serial or neither',
  'authority_key_identifier/serial_only.pem': 'RFC 5280 A.2: issuer and serial or neither',
};

function runFile(folder: string, file: string): CaseResult {
  const contents = readBlocks(join(folder, file));
  const hasErrors = contents.blocks.some(({ label }) => label === 'ERRORS');
  const isBroken = hasErrors || file in BROKEN;
  return runCase(file, () => {
    const refusal = refusalOf(() => read(file, contents));
    if (isBroken === (refusal !== undefined)) return undefined;
    return refusal?.message ?? `it was read: ${BROKEN[file] ?? 'it has a block ERRORS'}`;
  });
}

function read(file: string, contents: ReturnType<typeof readBlocks>): void {
  if (file.startsWith('authority_key_identifier/')) {
    const r = new DerReader(blockOf(contents, 'AUTHORITY_KEY_IDENTIFIER'), 'key identifier');
    readAuthorityKeyIdentifier(r);
    r.finish();
  } else if (file.startsWith('tbs_')) {
    parseCertificate(completeTbs(blockOf(contents, 'TBS CERTIFICATE')));
  } else {
    const der = blockOf(contents, 'CERTIFICATE');
    parseCertificate(file.startsWith('cert_') ? completeCertificate(der) : der);
  }
}
