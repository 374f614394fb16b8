// A PKCS#12 password as octets: UTF-16 for the key derivation of PKCS#12, UTF-8 for that of PKCS#5.
// Writing one form where the other belongs gives files whose MAC is right and whose contents stay shut.

/** RFC 7292 appendix B.1: big-endian UTF-16 and two octets of zero at the end. */
export function utf16Password(password: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(2 * password.length + 2);
  octets.set(utf16Octets(password));
  return octets;
}

/** RFC 8018 §3: the octets of the text, which everyone now takes to be UTF-8. */
export function utf8Password(password: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(password);
}

/** Text as a BMPString of PKCS#12 holds it; characters past the first plane as surrogate pairs. */
export function utf16Octets(text: string): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i));
  return new Uint8Array(view.buffer);
}
