// Sends the request for a certificate and reads the answer. Sent again with the same key it gets the same
// certificate, so that nothing is lost with an answer that did not arrive.

/** What the bank issued; texts are for people, in the language of the page. */
export type Issued = {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly name: string;
  readonly ends: string;
  readonly friendlyName: string;
  readonly fileName: string;
};

/** What the bank says of a request that it did not serve. */
export type Said = { readonly reason: string; readonly inquiry: string };

/** What became of a request; `lost` may be sent again, and the bank may have said why. */
export type Outcome =
  | { readonly kind: 'issued'; readonly issued: Issued }
  | { readonly kind: 'refused'; readonly said: Said }
  | { readonly kind: 'lost'; readonly said?: Said };

/** Where and how to send, as the page's form says. */
export type Sending = {
  readonly action: string;
  readonly formToken: string;
  /** What to do with a certificate that waits for its proof. */
  readonly unproven: 'keep' | 'replace';
};

const TIMEOUT_MS = 60_000;

/** Sends a request in DER. */
export async function sendRequest(request: Uint8Array, sending: Sending): Promise<Outcome> {
  const body = new URLSearchParams({
    request: btoa(String.fromCharCode(...request)),
    unproven: sending.unproven,
  });
  try {
    const answer = await fetch(sending.action, {
      method: 'POST',
      body,
      headers: { accept: 'application/json', 'form-token': sending.formToken },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const said: unknown = await answer.json();
    if (answer.ok) return { kind: 'issued', issued: issuedIn(said) };
    // RFC 9110 §15.6: the server failed, so that nobody knows what became of the request.
    const why = { reason: textOf(said, 'message'), inquiry: textOf(said, 'inquiry') };
    return { kind: answer.status >= 500 ? 'lost' : 'refused', said: why };
  } catch {
    // No connection, no answer in time, or a proxy's page in its place.
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

function textOf(said: unknown, name: string): string {
  const value = fieldOf(said, name);
  if (typeof value !== 'string') throw new TypeError(`no ${name}`);
  return value;
}

function fieldOf(said: unknown, name: string): unknown {
  return typeof said === 'object' && said !== null ? Reflect.get(said, name) : undefined;
}
