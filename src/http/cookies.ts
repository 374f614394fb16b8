// Cookies of exactly one host: the `__Host-` prefix keeps sibling hosts from setting or reading them.

/** RFC 6265bis §4.1.3.2: browsers take such a cookie only with Secure, Path=/ and no Domain. */
export type CookieName = `__Host-${string}`;

/**
 * `strict` for sessions: never sent when another site leads here. `lax` only where a link from the bank's own
 * site must find it, such as the label step of the public host.
 */
export type CookieKind = {
  readonly sameSite: 'strict' | 'lax';
  /** Without it the cookie ends with the browser. */
  readonly lifeSeconds?: number;
};

/** RFC 6265 §4.1.1: cookie-octet, without the quotes that some readers would strip. */
const VALUE = /^[!#-+\--:<-[\]-~]+$/;
const NAME = /^__Host-[A-Za-z0-9_-]+$/;

/** The Set-Cookie header that sets a cookie. */
export function setCookie(name: CookieName, value: string, kind: CookieKind): string {
  if (!NAME.test(name) || !VALUE.test(value)) throw new TypeError('not a cookie name or value');
  const sameSite = kind.sameSite === 'strict' ? 'Strict' : 'Lax';
  const life = kind.lifeSeconds === undefined ? '' : `; Max-Age=${kind.lifeSeconds}`;
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=${sameSite}${life}`;
}

/** The Set-Cookie header that removes a cookie. */
export function clearCookie(name: CookieName): string {
  return `${name}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0`;
}

/** A cookie's value from the Cookie header; one that appears twice or is misshapen is absent. */
export function readCookie(header: string | undefined, name: CookieName): string | undefined {
  const prefix = `${name}=`;
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair === name || pair.startsWith(prefix));
  const value = found[0]?.slice(prefix.length);
  return found.length === 1 && value !== undefined && VALUE.test(value) ? value : undefined;
}
