// The renewal page with its script, served from memory under the portal's own content policy, and a small bank
// behind it that issues by one key. Not the portal: no session, no database.
import type { Page, Route } from 'playwright-core';
import type { BrowserScript } from '../../src/frame/browser-bundle.ts';
import { STYLE } from '../../src/frame/style.ts';
import { contentPolicy, styleHash } from '../../src/http/security-headers.ts';
import { readRequest } from '../../src/operations/read-request.ts';
import { renewalPage } from '../../src/portal/pages/renewal-page.ts';
import type { NewKey } from '../../src/portal/renewal-progress.ts';
import { encodeTbsCertificate } from '../../src/x509/certificate.ts';
import { noteConsole } from '../browsers/complaints.ts';
import { sampleFields, signWith } from '../sample-certificate.ts';
import { sampleKey } from '../sample-keys.ts';
import { NEXT_ENDS, sampleAccount, sampleCertificate, sampleFrame } from './sample-frame.ts';

const ORIGIN = 'https://page.test';

/** What the bank does with a request: certificate, no answer, or another answer. */
export type Reply =
  | 'issue'
  | 'lose'
  | { readonly status: number; readonly body: string }
  | { readonly certificate: Uint8Array };

/** What the page asked the bank and what else it did. */
export type Seen = {
  readonly posts: URLSearchParams[];
  /** The token in the header of each post. */
  readonly tokens: string[];
  readonly complaints: string[];
};

/** Opens the page; the bank gives `replies` in turn. */
export async function openRenewal(
  page: Page,
  shown: {
    readonly key: NewKey;
    readonly script: BrowserScript;
    readonly isAgain?: true;
    readonly replies: readonly Reply[];
  },
): Promise<Seen> {
  const seen: Seen = { posts: [], tokens: [], complaints: [] };
  const replies = [...shown.replies];
  page.removeAllListeners();
  page.on('console', (message) => noteConsole(message, seen.complaints));
  page.on('pageerror', (error) => seen.complaints.push(`error: ${error.message}`));
  await page.unrouteAll();
  await page.route('**/*', async (route) => {
    const request = route.request();
    const path = request.url().replace(ORIGIN, '');
    if (path === shown.script.path) {
      const headers = { 'access-control-allow-origin': ORIGIN };
      const { source: body } = shown.script;
      return await route.fulfill({ contentType: 'text/javascript', headers, body });
    }
    if (path !== '/renewal') {
      seen.complaints.push(`request: ${path}`);
      return await route.abort();
    }
    if (request.method() === 'GET') return await route.fulfill(pageOf(shown));
    const form = new URLSearchParams(request.postData() ?? '');
    seen.posts.push(form);
    seen.tokens.push(request.headers()['form-token'] ?? '');
    await answer(route, form, replies.shift() ?? 'lose');
  });
  await page.goto(`${ORIGIN}/renewal`);
  return seen;
}

function pageOf({ key, script, isAgain }: Parameters<typeof openRenewal>[1]) {
  const view = {
    account: sampleAccount('ja'),
    current: sampleCertificate('ja'),
    successorEndsAt: NEXT_ENDS,
    replaces: isAgain ? sampleCertificate('ja') : null,
    homes: ['file'],
    key,
    system: 'windows',
    formToken: 'form-token-of-the-test',
    proof: { action: '/renewal/confirm', token: 'sample', formToken: 'sample' },
    script: { src: script.path, integrity: script.integrity },
  } as const;
  const policy = { styleSources: [styleHash(STYLE.markup)], hstsSeconds: 0 };
  const site = {
    kind: 'members',
    institution: '1394',
    origin: ORIGIN,
    host: 'page.test',
    authority: 'page.test',
  } as const;
  return {
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': contentPolicy(policy, site, 'with-script') },
    body: renewalPage(view, sampleFrame('ja')).markup,
  };
}

async function answer(route: Route, form: URLSearchParams, reply: Reply): Promise<void> {
  if (reply === 'lose') return await route.abort('connectionreset');
  if (reply !== 'issue' && 'status' in reply) return await route.fulfill(reply);
  const certificate =
    reply === 'issue' ? issue(Buffer.from(form.get('request') ?? '', 'base64')) : reply.certificate;
  await route.fulfill({
    json: {
      certificate: Buffer.from(certificate).toString('base64'),
      chain: [],
      name: '00012345678 suzuki01 1394 2027-12',
      ends: '2027年12月31日 23時59分59秒まで',
      friendlyName: 'みほん信用金庫 suzuki01 2027-12',
      fileName: 'みほん信用金庫_suzuki01_2027-12.p12',
    },
  });
}

/** A certificate for the key of a request, signed by the sample's own. */
function issue(request: Uint8Array): Uint8Array {
  const { publicKey } = readRequest(new Uint8Array(request));
  const issuer = sampleKey('P-256');
  const fields = sampleFields(issuer, { subjectPublicKeyInfoDer: publicKey.der });
  return signWith(issuer, encodeTbsCertificate(fields));
}
