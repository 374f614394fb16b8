// Requests for certificates that our page never sends: over any key, and asking for subject and extensions.
// No test itself.
import { type KeyObject, sign } from 'node:crypto';
import {
  bitString,
  constructed,
  type DerNode,
  encodeDer,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  raw,
  sequence,
  setOf,
} from '../../src/asn1/der-writer.ts';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import { makeName } from '../../src/x509/name.ts';

/** A key pair of any kind. */
export type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

/** What is asked for beside the key. */
export type Asked = { readonly subject?: Uint8Array; readonly extensions?: readonly DerNode[] };

/** A request over a key, for this subject and with these extensions asked for, signed by this algorithm. */
export function requestOf(
  { publicKey, privateKey }: Pair,
  algorithm: string,
  asked: Asked = {},
): Uint8Array {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const hash = algorithm === OID.ed25519 ? null : 'sha256';
  return requestOver(spki, algorithm, { asked, sign: (info) => sign(hash, info, privateKey) });
}

/** A request over the octets of a key, whoever signs it. */
export function requestOver(
  spki: Uint8Array,
  algorithm: string,
  by: { readonly asked?: Asked; readonly sign: (info: Uint8Array) => Uint8Array },
): Uint8Array {
  const { subject = makeName([]).der, extensions = [] } = by.asked ?? {};
  const list = sequence(objectIdentifier(OID.extensionRequest), setOf([sequence(...extensions)]));
  const info = encodeDer(
    sequence(
      integer(0),
      raw(subject),
      raw(spki),
      constructed(0xa0, extensions.length > 0 ? [list] : []),
    ),
  );
  return encodeDer(
    sequence(raw(info), sequence(objectIdentifier(algorithm)), bitString(by.sign(info))),
  );
}

/** The octets of an RSA key with these numbers, whether a program would make it or not. */
export function rsaSpki(modulus: bigint, exponent = 65_537n): Uint8Array {
  return encodeDer(
    sequence(
      sequence(objectIdentifier(OID.rsaEncryption), nullValue()),
      bitString(encodeDer(sequence(integer(modulus), integer(exponent)))),
    ),
  );
}

/** An extension as it is asked for. */
export function extensionNode(extension: {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}): DerNode {
  return sequence(
    objectIdentifier(extension.oid),
    extension.critical ? raw(Uint8Array.of(1, 1, 0xff)) : undefined,
    octetString(extension.value),
  );
}
