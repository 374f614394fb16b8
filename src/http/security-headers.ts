// The headers that every answer carries, and the content policy of a page.
import { createHash } from 'node:crypto';
import type { Site } from './host-names.ts';

/** What a face's pages may use; everything else is forbidden to them. */
export type HeaderPolicy = {
  /** CSP sources of style: `styleHash(css)` of each inline sheet, or `'self'`. */
  readonly styleSources: readonly string[];
  /** Origins beside the page's own that its forms may be sent to, redirects included. */
  readonly formTargets?: (site: Pick<Site, 'institution' | 'kind'>) => readonly string[];
  /** Life of Strict-Transport-Security in seconds; 0 leaves it out, for a host that people also try by HTTP. */
  readonly hstsSeconds: number;
};

const FORBIDDEN_FEATURES = ['camera', 'display-capture', 'geolocation', 'hid', 'microphone'];
const MORE_FORBIDDEN_FEATURES = ['midi', 'payment', 'serial', 'usb', 'xr-spatial-tracking'];

/** Headers that do not depend on the page; a page may replace only Cache-Control. */
export function baselineHeaders(policy: HeaderPolicy): Readonly<Record<string, string>> {
  const features = [...FORBIDDEN_FEATURES, ...MORE_FORBIDDEN_FEATURES];
  return {
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': features.map((feature) => `${feature}=()`).join(', '),
    // Fetch §3.2: `no-referrer` makes browsers send `Origin: null` with every form, and `same-origin` with every
    // form that goes to another members' host; this one leaves Origin alone and tells others no path.
    'referrer-policy': 'strict-origin',
    'x-content-type-options': 'nosniff',
    ...(policy.hstsSeconds > 0 && {
      'strict-transport-security': `max-age=${policy.hstsSeconds}`,
    }),
  };
}

/** The content policies of a face; each is built once for an institution's hosts of a kind. */
export function contentPolicies(
  policy: HeaderPolicy,
): (site: Site, script?: 'with-script') => string {
  const built = new Map<string, string>();
  return (site, script) => {
    const key = `${site.institution} ${site.kind} ${script ?? ''}`;
    const known = built.get(key);
    if (known !== undefined) return known;
    const made = contentPolicy(policy, site, script);
    built.set(key, made);
    return made;
  };
}

/** The content policy of a page; only `'with-script'` pages may run script, their own host's. */
export function contentPolicy(policy: HeaderPolicy, site: Site, script?: 'with-script'): string {
  const formTargets = ["'self'", ...(policy.formTargets?.(site) ?? [])];
  const directives = [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    `form-action ${formTargets.join(' ')}`,
  ];
  if (policy.styleSources.length > 0) directives.push(`style-src ${policy.styleSources.join(' ')}`);
  if (script === 'with-script') {
    directives.push("script-src 'self'", "connect-src 'self'");
    directives.push("require-trusted-types-for 'script'", "trusted-types 'none'");
  }
  return directives.join('; ');
}

/** The CSP source that allows exactly this inline style sheet. */
export function styleHash(css: string): string {
  return `'sha256-${createHash('sha256').update(css).digest('base64')}'`;
}
