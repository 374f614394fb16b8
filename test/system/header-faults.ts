// What is missing or wrong in the headers and cookies of an answer, whatever it answers. No test itself.
import type { IncomingHttpHeaders } from 'node:http';

/** What every answer carries, and how it must read. */
const WANTED: Readonly<Record<string, RegExp>> = {
  'cache-control': /^no-store$/,
  'content-security-policy':
    /^default-src 'none'; base-uri 'none'; (?=.*form-action )(?=.*frame-ancestors 'none')/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /^(?=.*camera=\(\))(?=.*microphone=\(\))(?=.*geolocation=\(\))/,
  'referrer-policy': /^strict-origin$/,
  'strict-transport-security': /^max-age=31536000$/,
  'x-content-type-options': /^nosniff$/,
};

/** What no answer carries: sources of script or style that an attacker could fill, and what we are built with. */
const UNWANTED: Readonly<Record<string, RegExp>> = {
  'content-security-policy':
    /unsafe-|(?:script|style|connect|default)-src[^;]*(?:\*|https?:|data:)/,
  server: /./,
  'x-powered-by': /./,
  'access-control-allow-origin': /./,
};

const COOKIE =
  /^__Host-[a-z]+=[^;]*(?=.*; Path=\/(?:;|$))(?=.*; Secure(?:;|$))(?=.*; HttpOnly(?:;|$))(?=.*; SameSite=(?:Strict|Lax)(?:;|$))/;

/** The faults, one a line; `kept` where the answer may be kept, as scripts are. */
export function headerFaults(
  given: IncomingHttpHeaders | Headers,
  caching: 'kept' | 'never-kept' = 'never-kept',
): readonly string[] {
  const headers = given instanceof Headers ? given : headersOf(given);
  const wanted = Object.entries(WANTED).filter(
    ([name]) => name !== 'cache-control' || caching === 'never-kept',
  );
  return [
    ...wanted
      .filter(([name, form]) => !form.test(headers.get(name) ?? ''))
      .map(([name]) => `${name}: ${headers.get(name) ?? 'missing'}`),
    ...Object.entries(UNWANTED)
      .filter(([name, form]) => form.test(headers.get(name) ?? ''))
      .map(([name]) => `${name}: ${headers.get(name)}`),
    ...headers
      .getSetCookie()
      .filter((cookie) => !COOKIE.test(cookie) || /; Domain=/i.test(cookie))
      .map((cookie) => `set-cookie: ${cookie}`),
  ];
}

function headersOf(given: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(given)) {
    for (const value of [values ?? []].flat()) headers.append(name, value);
  }
  return headers;
}
