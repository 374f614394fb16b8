// Sends a form from a page's script to its own host and reads the answer. What it means is the caller's.

/** What the bank says of a request that it did not serve. */
export type Said = { readonly reason: string; readonly inquiry: string };

/** What became of a request; after `lost` nobody knows what the server did, and it may have said why. */
export type Answer =
  | { readonly kind: 'said'; readonly said: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly said: Said }
  | { readonly kind: 'lost'; readonly said?: Said };

const TIMEOUT_MS = 60_000;

/** Sends fields as a form and reads JSON; the token of a page's form shows that it was a page's script. */
export async function ask(action: string, body: URLSearchParams, formToken = ''): Promise<Answer> {
  try {
    const answer = await fetch(action, {
      method: 'POST',
      body,
      headers: { accept: 'application/json', 'form-token': formToken },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const said: unknown = await answer.json();
    if (answer.ok) return { kind: 'said', said };
    const why = { reason: textOf(said, 'message'), inquiry: textOf(said, 'inquiry') };
    // RFC 9110 §15.6: the server failed, so that nobody knows what became of the request.
    if (answer.status >= 500) return { kind: 'lost', said: why };
    return { kind: 'refused', code: textOf(said, 'code'), said: why };
  } catch {
    // No connection, no answer in time, or a proxy's page in its place.
    return { kind: 'lost' };
  }
}

/** A text in an answer; throws where it has none. */
export function textOf(said: unknown, name: string): string {
  const value = fieldOf(said, name);
  if (typeof value !== 'string') throw new TypeError(`no ${name}`);
  return value;
}

/** A field of an answer; undefined where it has none. */
export function fieldOf(said: unknown, name: string): unknown {
  return typeof said === 'object' && said !== null ? Reflect.get(said, name) : undefined;
}
