// From a line of the file to what would be recorded: the certificate is found, read, and held against the keys of the
// former authorities. Whether its place is free is not asked here.

import type { Policy } from '../banking/policy.ts';
import { windowOpensAt } from '../banking/renewal.ts';
import { Refusal } from '../errors.ts';
import type { ImportedCertificate } from '../store/imported-certificates.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { decodePem } from '../x509/pem.ts';
import type { PinnedFormer } from './bank.ts';
import { checkKeyStrength } from './fill-in-certificate.ts';
import {
  formerRecordOf,
  isSignedBy,
  readFormerCertificate,
  standInFor,
} from './former-certificate.ts';
import type { FormerRow } from './former-row.ts';

/** What the lines of a file are read with. */
export type Reading = {
  /** Those that are accepted now. */
  readonly formers: readonly PinnedFormer[];
  readonly policy: Policy;
  readonly now: Date;
  /** The octets of a file beside the list; undefined where there is none of that name. */
  readonly fileOf: (name: string) => Promise<Uint8Array | undefined>;
};

/** A line that is left out though nothing is wrong with it. */
export class LeftOut extends Error {}

/** Reads what would be recorded; refuses what cannot be imported, and leaves out (`LeftOut`) what has run out. */
export async function candidateOf(row: FormerRow, reading: Reading): Promise<ImportedCertificate> {
  const { of } = row;
  if (of.kind === 'number') return numbered(row, of, reading);
  const der = await derOf(of.text, reading);
  const parsed = parseCertificate(der);
  const former = reading.formers.find(({ publicKey }) => isSignedBy(publicKey, parsed));
  if (former === undefined) {
    throw new Refusal('bad-signature', 'no former CA that is accepted signed this certificate');
  }
  checkInTime(parsed.notAfter, reading.now);
  await checkKeyStrength(readFormerCertificate(der).subjectPublicKeyInfo);
  return recordFrom(row, former, { ...reading, record: formerRecordOf(parsed) });
}

function numbered(
  row: FormerRow,
  { serial, notAfter }: Extract<FormerRow['of'], { readonly kind: 'number' }>,
  reading: Reading,
): ImportedCertificate {
  const former = formerNamed(row.issuer, reading.formers);
  checkInTime(notAfter, reading.now);
  const standIn = standInFor(former.issuer, serial);
  const digests = { sha256: standIn, spkiSha256: standIn, keyIdentity: standIn };
  const commonName = Buffer.from(serial).toString('hex');
  const dates = { notBefore: reading.now, notAfter };
  const record = { serial, der: new Uint8Array(), commonName, ...digests, ...dates };
  return recordFrom(row, former, { ...reading, record });
}

function recordFrom(
  { identity, slot, state }: FormerRow,
  { issuer, renewFrom }: PinnedFormer,
  {
    record,
    policy,
    now,
  }: Pick<Reading, 'policy' | 'now'> & { readonly record: ReturnType<typeof formerRecordOf> },
): ImportedCertificate {
  const renewableFrom = renewFrom === 'at-once' ? now : windowOpensAt(record.notAfter, policy);
  return { ...record, identity, slot, state, issuer, issuedAt: now, renewableFrom };
}

/** By the CA's common name, or the SHA-256 of its key; a file of one CA need not name it. */
function formerNamed(issuer: string, formers: readonly PinnedFormer[]): PinnedFormer {
  const hex = issuer.replaceAll(/[:\s]/g, '').toLowerCase();
  const named = formers.filter(
    (one) =>
      issuer === '' || one.name === issuer || Buffer.from(one.issuer).toString('hex') === hex,
  );
  const [only, ...others] = named;
  if (only !== undefined && others.length === 0) return only;
  const message =
    only === undefined
      ? 'issuer: no former CA of this name or key is accepted'
      : 'issuer: several former CAs are accepted, so each line says which is meant';
  throw new Refusal('invalid-input', message);
}

async function derOf(text: string, { fileOf }: Reading): Promise<Uint8Array> {
  if (text.includes('-----BEGIN ')) return decodePem(text, 'CERTIFICATE');
  const joined = text.replaceAll(/\s/g, '');
  // The DER of a certificate begins with a SEQUENCE of more than 127 octets.
  if (/^MI[A-Za-z0-9+/]+={0,2}$/.test(joined)) return new Uint8Array(Buffer.from(joined, 'base64'));
  const file = await fileOf(text.trim());
  if (file === undefined) {
    throw new Refusal('invalid-input', 'certificate: neither PEM, nor base64, nor a file there');
  }
  const written = Buffer.from(file).toString('latin1');
  return written.includes('-----BEGIN ') ? decodePem(written, 'CERTIFICATE') : file;
}

function checkInTime(notAfter: Date, now: Date): void {
  if (now.getTime() >= notAfter.getTime() + 1000) throw new LeftOut('it has ended');
}
