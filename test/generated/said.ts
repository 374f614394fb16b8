// A generated object, and what other programs must say of it when they decode it.
// White space does not count: what they print is laid out in many ways.

/** Programs that are asked. */
export type Judge = 'openssl' | 'gnutls';

/** Pieces of text that must be in what each program prints. */
export type Said = Readonly<Record<Judge, readonly string[]>>;

/** A kind of object that is generated. */
export type Kind = 'certificate' | 'request' | 'CRL' | 'OCSP response';

/** An object and what must be said of it. */
export type Generated = { readonly kind: Kind; readonly der: Uint8Array; readonly said: Said };

/** Everything that is said of the parts. */
export function together(...parts: readonly Said[]): Said {
  return {
    openssl: parts.flatMap(({ openssl }) => openssl),
    gnutls: parts.flatMap(({ gnutls }) => gnutls),
  };
}

/** Text with every run of white space as one space. */
export function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** `0A:0B` as openssl prints octets. */
export function colons(octets: Uint8Array): string {
  return octets
    .toHex()
    .toUpperCase()
    .replace(/..(?=.)/g, '$&:');
}
