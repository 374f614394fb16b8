// What others say of the renewal: openssl of handshake, certificate and file, the database of states.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { CertificateState } from '../src/banking/certificate-life.ts';
import type { KeyHome } from '../src/banking/user-certificate.ts';
import { encodePem } from '../src/x509/pem.ts';
import type { HeldPasskey } from '../test/browsers/virtual-authenticator.ts';
import { openssl } from '../test/openssl.ts';
import { type Journey, TRAVELLER } from './journey.ts';
import type { SampleBank } from './sample-bank.ts';

const run = promisify(execFile);
const NAMES = ['-nameopt', 'RFC2253,-esc_msb,utf8'];

/** A certificate of the traveller as the database holds it. */
export type Held = {
  readonly sha256: string;
  readonly state: CertificateState;
  readonly home: KeyHome;
  readonly name: string;
  readonly pem: string;
};

/** The traveller's certificates, oldest first. */
export async function heldByTraveller({ bank }: Journey): Promise<readonly Held[]> {
  const rows = await bank.db
    .selectFrom('certificate')
    .select(['sha256', 'state', 'home', 'common_name', 'der'])
    .where('institution', '=', bank.mihon.code)
    .where('contract', '=', TRAVELLER.contract)
    .where('user_id', '=', TRAVELLER.user)
    .orderBy('issued_at')
    .execute();
  return rows.map(({ sha256, state, home, common_name, der }) => ({
    sha256: Buffer.from(sha256).toString('hex'),
    state,
    home,
    name: common_name,
    pem: encodePem(der, 'CERTIFICATE'),
  }));
}

/** The open sessions of the traveller, each by the certificate that opened it. */
export async function openSessions({ bank }: Journey): Promise<readonly string[]> {
  const rows = await bank.db
    .selectFrom('session')
    .select('certificate')
    .where('institution', '=', bank.mihon.code)
    .where('user_id', '=', TRAVELLER.user)
    .where('ended_at', 'is', null)
    .execute();
  return rows.map(({ certificate }) => Buffer.from(certificate).toString('hex'));
}

/** The authorities that a members' host names in its handshake, as openssl reads them there. */
export async function authoritiesNamed({ bank }: Journey): Promise<string[]> {
  const said = await handshake(`m-0000.${bank.mihon.membersDomain}`, NAMES, bank);
  const named =
    /Acceptable client certificate CA names\n([\s\S]*?)\n(?:Client Certificate|Requested)/;
  return (named.exec(said)?.[1] ?? '').split('\n').filter((line) => line !== '');
}

/** Whether the host of this name asks for a certificate in its handshake, as openssl sees it. */
export async function asksForCertificate(host: string, { bank }: Journey): Promise<boolean> {
  const said = await handshake(host, ['-msg'], bank);
  assert.match(said, /Handshake.*, Finished/, `handshake with ${host}`);
  return /Handshake.*, CertificateRequest/.test(said);
}

/** What openssl says of a handshake without a certificate. */
async function handshake(
  host: string,
  options: readonly string[],
  { port, serverAuthorityFile }: SampleBank,
): Promise<string> {
  const place = ['-connect', `127.0.0.1:${port}`, '-servername', host];
  // Not waited for by this process as a whole: the host that answers is served by it.
  const asked = run('openssl', ['s_client', ...place, '-CAfile', serverAuthorityFile, ...options]);
  asked.child.stdin?.end();
  return (await asked).stdout;
}

/** The name of the institution's issuing authority, in the same form. */
export function issuerOf({ bank }: Journey): string {
  const pem = encodePem(bank.mihon.issuingCertificate, 'CERTIFICATE');
  const said = openssl(['x509', '-noout', '-subject', ...NAMES], pem);
  return said.trim().replace(/^subject= ?/, '');
}

/** The size of a certificate's key in bits, and the key itself. */
export function keyOf({ pem }: Held): { readonly bits: number; readonly publicKey: string } {
  const bits = /Public-Key: \((\d+) bit\)/.exec(openssl(['x509', '-noout', '-text'], pem))?.[1];
  return { bits: Number(bits), publicKey: openssl(['x509', '-noout', '-pubkey'], pem) };
}

/** The public key of a passkey, as openssl reads it from the private one. */
export function publicKeyOf({ privateKey }: HeldPasskey): string {
  const key = Buffer.from(privateKey, 'base64');
  return openssl(['pkey', '-inform', 'DER', '-pubout'], key);
}

/** Holds the saved file to what was issued: openssl opens it, and its key is the certificate's. */
export async function checkFile(
  file: { readonly path: string; readonly password: string },
  issued: Held,
): Promise<void> {
  const opened = openssl(
    ['pkcs12', '-noenc', '-passin', `pass:${file.password}`],
    await readFile(file.path),
  );
  assert.equal(openssl(['pkey', '-pubout'], opened), keyOf(issued).publicKey, 'key of the file');
  assert.equal(openssl(['x509'], opened), openssl(['x509'], issued.pem), 'certificate of the file');
}
