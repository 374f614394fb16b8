// A front with two faces for tests of what holds on every face, and requests sent to it byte by byte.
import { EventEmitter, once } from 'node:events';
import type { TLSSocket } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { Refusal, type RefusalCode } from '../src/errors.ts';
import type { Answers } from '../src/http/answers.ts';
import { acceptJson, formOf } from '../src/http/face.ts';
import { type InstitutionHosts, readHosts, type Site } from '../src/http/host-names.ts';
import { html } from '../src/http/html.ts';
import { type OpenFrontOptions, openFront } from '../src/http/open-front.ts';
import { shownCertificate } from '../src/http/shown-certificate.ts';
import type { Log } from '../src/log.ts';
import { CertificateMaker } from './make-certificates.ts';
import { dialAt, exchange, type RawAnswer } from './raw-requests.ts';

export const PUBLIC = 'mihon.test';
export const MEMBERS = 'm-0001.login.mihon.test';
export const SIBLING = 'm-0002.login.mihon.test';
export const PORT = 8443;
const INSTITUTIONS: readonly InstitutionHosts[] = [
  { institution: '1394', publicHost: PUBLIC, loginHost: 'login.mihon.test' },
  { institution: '1395', publicHost: 'betsu.test', loginHost: 'login.betsu.test' },
];

const maker = await CertificateMaker.open();
const authority = await maker.authority('Issuing');
const server = await maker.server('*.login.mihon.test', '*.login.betsu.test');
export const client = await maker.client('suzuki01', authority);
const presented = {
  keyPair: { certificateChainPem: server.certificatePem, privateKeyPem: server.privateKeyPem },
  certificateAuthoritiesPem: [authority.certificatePem],
};

export const lines: { level: string; fields: Readonly<Record<string, unknown>> }[] = [];
const logged = new EventEmitter();
const note = (level: string) => (fields: Readonly<Record<string, unknown>>) => {
  lines.push({ level, fields });
  logged.emit('line');
};
const log: Log = { info: note('info'), warn: note('warn'), error: note('error') };

/** Waits for the next line in the log. */
export async function onceLogged(): Promise<void> {
  await once(logged, 'line');
}

/** Every code is 418 here but those that the tests look at. */
const statusOf = new Proxy({} as Record<RefusalCode, number>, {
  get: (_target, code) =>
    ({
      'wrong-host': 421,
      malformed: 400,
      'not-found': 404,
      'foreign-origin': 403,
      'invalid-input': 422,
      'too-large': 413,
      overloaded: 503,
    })[String(code)] ?? 418,
});
const answers: Answers = {
  statusOf,
  page: ({ status, code, inquiryNumber }, request) => {
    if (request.url === '/broken-page') throw new Error('the page is broken');
    return {
      contentType: 'text/html; charset=utf-8',
      body: html`<p>${status} ${code ?? ''} ${inquiryNumber}</p>`.markup,
    };
  },
};

function routes(face: FastifyInstance): void {
  face.get('/', async (request, reply) => {
    const isShown = request.site.kind === 'members' && shownCertificate(request.raw.socket);
    await reply.type('text/plain').send(`${request.ip} ${isShown ? 'shown' : 'none'}`);
  });
  face.get('/site', (request) => request.site);
  face.get('/query', (request) => request.query);
  face.get('/script', { config: { script: 'with-script' } }, () => 'with script');
  face.get('/asset', async (_request, reply) => {
    await reply.header('cache-control', 'max-age=60').send('asset');
  });
  face.get('/refused', () => {
    throw new Refusal('revoked', 'a safe message');
  });
  face.get('/defect', () => {
    throw new Error('secret internals');
  });
  face.get('/broken-page', () => {
    throw new Refusal('revoked', 'no');
  });
  face.post('/form', (request) => formOf(request));
  face.post('/confirm', { config: { origin: 'members-of-institution' } }, () => 'confirmed');
  face.put('/only-put', () => 'put');
  face.register(async (json) => {
    acceptJson(json);
    json.post('/json', (request) => request.body);
  });
}

export const kind = {
  presented: new Map([
    ['1394', presented],
    ['1395', presented],
  ]),
  headers: {
    styleSources: ["'sha256-abc'"],
    hstsSeconds: 600,
    formTargets: (of: Pick<Site, 'kind'>) =>
      of.kind === 'members' ? ['https://*.login.mihon.test'] : [],
  },
  answers,
  register: routes,
};

export async function open(more: Partial<OpenFrontOptions> = {}) {
  return await openFront({
    port: 0,
    host: '127.0.0.1',
    hosts: readHosts(INSTITUTIONS, PORT),
    faces: { public: kind, members: kind },
    log,
    ...more,
  });
}

export const front = await open();

/** Ends the shared front and removes its certificates. */
export async function closeAll(): Promise<void> {
  await front.close(0);
  await maker[Symbol.asyncDispose]();
}

export function dial(host: string, port = front.port, tls = {}): TLSSocket {
  return dialAt({ port, serverName: host, tls });
}

/** Sends bytes over a connection of its own and reads until its end; `{host}` stands for the authority. */
export async function send(
  raw: string,
  host = PUBLIC,
  port = front.port,
  tls = {},
): Promise<RawAnswer> {
  return await exchange(raw, { port, serverName: host, authority: `${host}:${PORT}`, tls });
}

export const OWN = `Origin: https://${PUBLIC}:${PORT}`;
