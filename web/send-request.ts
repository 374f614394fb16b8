// Sends the request for a certificate and reads the answer. Sent again with the same key it gets the same
// certificate, so that nothing is lost with an answer that did not arrive.
import { type Answer, fieldOf, type Said, textOf } from './ask.ts';
import type { Fields } from './passkey.ts';

/** What the bank issued; texts are for people, in the language of the page. */
export type Issued = {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly name: string;
  readonly ends: string;
  readonly friendlyName: string;
  readonly fileName: string;
};

/** What became of a request; `lost` may be sent again, and the bank may have said why. */
export type Outcome =
  | { readonly kind: 'issued'; readonly issued: Issued }
  | { readonly kind: 'refused'; readonly said: Said }
  | { readonly kind: 'lost'; readonly said?: Said };

/** Sends a request in DER by the page's own way of posting fields. */
export async function sendRequest(
  request: Uint8Array,
  post: (fields: Fields) => Promise<Answer>,
): Promise<Outcome> {
  const answer = await post({ request: btoa(String.fromCharCode(...request)) });
  if (answer.kind !== 'said') return answer;
  try {
    return { kind: 'issued', issued: issuedIn(answer.said) };
  } catch {
    // Not an answer of ours.
    return { kind: 'lost' };
  }
}

function issuedIn(said: unknown): Issued {
  const chain = fieldOf(said, 'chain');
  if (!Array.isArray(chain)) throw new TypeError('no chain');
  return {
    certificate: octetsOf(fieldOf(said, 'certificate')),
    chain: chain.map(octetsOf),
    name: textOf(said, 'name'),
    ends: textOf(said, 'ends'),
    friendlyName: textOf(said, 'friendlyName'),
    fileName: textOf(said, 'fileName'),
  };
}

function octetsOf(base64: unknown): Uint8Array {
  if (typeof base64 !== 'string') throw new TypeError('not base64');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
