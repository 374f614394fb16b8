// Makes an issuer's CRL of what is recorded: read, laid out, linted, signed, verified. Not published here,
// and the number is the caller's.
import { lintRevocationList } from '../ca/lint-revocation-list.ts';
import {
  type ListEdition,
  layOutRevocationList,
  RevocationListContent,
} from '../ca/revocation-list.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { readEnded } from '../store/ended-certificates.ts';
import { verifySigned } from '../x509/signature.ts';
import { splitSigned } from '../x509/signed.ts';
import type { LoadedBank } from './bank.ts';
import type { SigningAuthority } from './certify.ts';
import { signLinted } from './sign-linted.ts';

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
  const content = await inTransaction(
    db,
    async (tx) => {
      const read = new RevocationListContent();
      for await (const part of readEnded(of, tx)) for (const ended of part) read.add(ended);
      return read;
    },
    { isolation: 'repeatable read' },
  );
  return signRevocationList(content, order, bank.authority);
}

/** Signs a CRL of this content; throws when it is not as ordered, or the signature does not verify. */
export function signRevocationList(
  content: RevocationListContent,
  edition: ListEdition,
  { issuer, key }: SigningAuthority,
): Uint8Array {
  const list = layOutRevocationList(content, edition, issuer);
  const linted = lintRevocationList(list, { edition, ended: content.ordered }, issuer);
  const der = linted.seal(signLinted(linted, key));
  const claim = { signed: splitSigned(der, 'CRL'), key: issuer.publicKey, what: 'CRL' };
  return verifySigned(claim, nodeVerifier, () => der);
}
