// One extension of a certificate, request, CRL or OCSP message, and lists of them, undecoded.
// Not here: what an extension says, see extensions.ts.
import type { DerReader } from '../asn1/der-reader.ts';
import {
  booleanOrFalse,
  type DerNode,
  encodeDer,
  objectIdentifier,
  octetString,
  sequence,
} from '../asn1/der-writer.ts';
import { OCTET_STRING, SEQUENCE } from '../asn1/tag.ts';

/** An extension with its value's DER. */
export type Extension = {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
};

/** Reads `Extensions`; refuses an empty list and one with the same extension twice. */
export function readExtensionList(r: DerReader): Extension[] {
  const extensions = readPossiblyEmptyExtensionList(r);
  // RFC 5280 §4.1: SEQUENCE SIZE (1..MAX).
  if (extensions.length === 0) r.refuse('list of extensions is empty');
  return extensions;
}

/** Reads `Extensions` as requests have it, where programs write an empty list for none. */
export function readPossiblyEmptyExtensionList(r: DerReader): Extension[] {
  const outer = r.enter(SEQUENCE);
  const extensions: Extension[] = [];
  const seen = new Set<string>();
  while (!r.atEnd()) {
    const extension = readExtension(r);
    // RFC 5280 §4.2: no extension occurs twice.
    if (seen.has(extension.oid)) r.refuse(`extension ${extension.oid} occurs twice`);
    seen.add(extension.oid);
    extensions.push(extension);
  }
  r.leave(outer);
  return extensions;
}

/** Node of `Extensions`, none of them twice; undefined for none. */
export function extensionList(extensions: readonly Extension[]): DerNode | undefined {
  if (new Set(extensions.map(({ oid }) => oid)).size !== extensions.length) {
    throw new RangeError('an extension occurs twice');
  }
  return extensions.length === 0 ? undefined : sequence(...extensions.map(extensionNode));
}

/** Makes an extension of the node of its value. */
export function makeExtension(oid: string, criticality: Criticality, value: DerNode): Extension {
  return { oid, critical: criticality === 'critical', value: encodeDer(value) };
}

/** What a program must do that does not know the extension: refuse, or go on. */
export type Criticality = 'critical' | 'non-critical';

function readExtension(r: DerReader): Extension {
  const outer = r.enter(SEQUENCE);
  const oid = r.objectIdentifier();
  const critical = r.booleanOrFalse();
  const value = r.contents(OCTET_STRING);
  r.leave(outer);
  return { oid, critical, value };
}

function extensionNode({ oid, critical, value }: Extension): DerNode {
  return sequence(objectIdentifier(oid), booleanOrFalse(critical), octetString(value));
}
