// subjectDirectoryAttributes: what else is known of the subject (RFC 5280 §4.2.1.8).
// Not here: what an attribute says; the values are kept as they are.
import type { DerReader } from '../asn1/der-reader.ts';
import { objectIdentifier, raw, sequence, setOf } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { compareOctets } from '../asn1/octets.ts';
import { SEQUENCE, SET } from '../asn1/tag.ts';
import { type Extension, makeExtension } from './extension.ts';

/** An attribute by its dotted type, with the DER of each of its values. */
export type DirectoryAttribute = { readonly type: string; readonly values: readonly Uint8Array[] };

/** Reads SubjectDirectoryAttributes; at least one. */
export function readDirectoryAttributes(r: DerReader): readonly DirectoryAttribute[] {
  const outer = r.enter(SEQUENCE);
  const attributes: DirectoryAttribute[] = [];
  do attributes.push(readDirectoryAttribute(r));
  while (!r.atEnd());
  r.leave(outer);
  return attributes;
}

/** subjectDirectoryAttributes, not critical. */
export function subjectDirectoryAttributesExtension(
  attributes: readonly DirectoryAttribute[],
): Extension {
  if (attributes.length === 0) throw new RangeError('attributes must not be empty');
  const nodes = attributes.map(({ type, values }) =>
    sequence(objectIdentifier(type), setOf(values.map(raw))),
  );
  return makeExtension(OID.subjectDirectoryAttributes, 'non-critical', sequence(...nodes));
}

function readDirectoryAttribute(r: DerReader): DirectoryAttribute {
  const outer = r.enter(SEQUENCE);
  const type = r.objectIdentifier();
  const inValues = r.enter(SET);
  const values: Uint8Array[] = [];
  do {
    const value = r.element();
    const previous = values.at(-1);
    // X.690 §11.6: encodings of a SET OF ascend.
    if (previous !== undefined && compareOctets(previous, value) > 0) {
      r.refuse('SET OF is not in order');
    }
    values.push(value);
  } while (!r.atEnd());
  r.leave(inValues);
  r.leave(outer);
  return { type, values };
}
