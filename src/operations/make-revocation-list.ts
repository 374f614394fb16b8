// Makes an issuer's CRL of what is recorded: read, laid out, signed, verified. Not published here, and
// the number is the caller's.
import { addEnded, type ListEdition, layOutRevocationList } from '../ca/revocation-list.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { readEnded } from '../store/ended-certificates.ts';
import { RevokedEntriesWriter } from '../x509/encode-certificate-list.ts';
import { verifySigned } from '../x509/signature.ts';
import { splitSigned } from '../x509/signed.ts';
import type { LoadedBank } from './bank.ts';
import type { SigningAuthority } from './certify.ts';

/** An edition, and up to when a certificate must have been valid to be on it. */
export type ListOrder = ListEdition & {
  /** The last edition's thisUpdate: RFC 5280 §3.3 keeps an entry for one edition after its end. */
  readonly validAt: Date;
};

/** The DER of a CRL of all that has ended, as it was at one instant. */
export async function makeRevocationList(
  order: ListOrder,
  bank: Pick<LoadedBank, 'code' | 'authority'>,
  db: Db,
): Promise<Uint8Array> {
  const { key } = bank.authority;
  const of = { institution: bank.code, issuer: key.issuer, validAt: order.validAt };
  const entries = await inTransaction(
    db,
    async (tx) => {
      const read = new RevokedEntriesWriter();
      for await (const part of readEnded(of, tx)) for (const ended of part) addEnded(read, ended);
      return read;
    },
    { isolation: 'repeatable read' },
  );
  return signRevocationList(entries, order, bank.authority);
}

/** Signs a CRL of these entries; throws when the signature does not verify. */
export function signRevocationList(
  entries: RevokedEntriesWriter,
  edition: ListEdition,
  { issuer, key }: SigningAuthority,
): Uint8Array {
  const { tbsDer, seal } = layOutRevocationList(entries, edition, issuer);
  const der = seal(key.sign(tbsDer));
  const claim = { signed: splitSigned(der, 'CRL'), key: issuer.publicKey, what: 'CRL' };
  return verifySigned(claim, nodeVerifier, () => der);
}
