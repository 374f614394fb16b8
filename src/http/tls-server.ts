// An HTTPS server for one kind of host: each institution's own key pair, and on members' hosts its own list
// of the authorities whose certificates it asks for. It checks no certificate: see `shown-certificate.ts`.
import { constants } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { findSite, type Hosts } from './host-names.ts';
import { openRequest } from './open-requests.ts';

/** A server certificate, its chain behind it, and the key, in PEM. */
export type KeyPair = { readonly certificateChainPem: string; readonly privateKeyPem: string };

/** What an institution presents on its hosts, and the certificate_authorities it names there (PEM, never empty). */
export type Presented = {
  readonly keyPair: KeyPair;
  readonly certificateAuthoritiesPem?: readonly string[];
};

/** How long a connection may take, in milliseconds; `idle` is silence at any time, `keepAlive` between requests. */
export type Timeouts = {
  readonly handshake: number;
  readonly headers: number;
  readonly request: number;
  readonly keepAlive: number;
  readonly idle: number;
  /** From a whole answer to its last byte taken by the client. */
  readonly answer: number;
  /** How often `headers` and `request` are looked at. */
  readonly check: number;
};

/** How the server is made; `allowsTls12` only where an institution's old smart cards need it. */
export type TlsServerOptions = {
  readonly hosts: Hosts;
  readonly asksForCertificate: boolean;
  readonly presented: ReadonlyMap<string, Presented>;
  readonly allowsTls12?: boolean;
  readonly timeouts?: Partial<Timeouts>;
  readonly maxHeaderBytes?: number;
};

/** The server, and a way to change what an institution presents without a restart. */
export type TlsServer = {
  readonly server: Server;
  /** Later handshakes use it; throws, and changes nothing, where key and certificate do not belong together. */
  readonly replaceKeyPair: (institution: string, keyPair: KeyPair) => void;
  /** Later handshakes name these instead. */
  readonly replaceAuthorities: (institution: string, authoritiesPem: readonly string[]) => void;
};

type Listener = NonNullable<Parameters<typeof createServer>[1]>;

const DEFAULT_TIMEOUTS: Timeouts = {
  handshake: 10_000,
  headers: 10_000,
  // Headers and body: a form is a few packets, and who sends slower only holds a connection.
  request: 10_000,
  // A new connection costs a handshake with a certificate, so that one is kept while its user reads.
  keepAlive: 65_000,
  idle: 120_000,
  // A page of the longest kind over the slowest mobile line; connections of less are held for their memory.
  answer: 30_000,
  check: 2_000,
};
const MAX_HEADER_BYTES = 16_384;

/** Makes the server; it listens on nothing itself: the front hands it its sockets. */
export function createTlsServer(options: TlsServerOptions, listener: Listener): TlsServer {
  const presented = new Map(options.presented);
  const contexts = new Map<string, SecureContext>();
  const present = (institution: string, next: Presented) => {
    contexts.set(institution, createSecureContext(contextOptions(next, options)));
    presented.set(institution, next);
  };
  for (const [institution, first] of options.presented) present(institution, first);

  const known = (institution: string): Presented => {
    const current = presented.get(institution);
    if (current === undefined) throw new Error(`institution ${institution} presents nothing here`);
    return current;
  };
  const contextOf = (serverName: string) =>
    contexts.get(findSite(serverName, options.hosts)?.institution ?? '');
  return {
    server: makeServer(options, contextOf, listener),
    replaceKeyPair: (institution, keyPair) =>
      present(institution, { ...known(institution), keyPair }),
    replaceAuthorities: (institution, certificateAuthoritiesPem) =>
      present(institution, { ...known(institution), certificateAuthoritiesPem }),
  };
}

function makeServer(
  options: TlsServerOptions,
  contextOf: (serverName: string) => SecureContext | undefined,
  listener: Listener,
): Server {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const server = createServer(
    {
      ...protocolOptions(options),
      maxHeaderSize: options.maxHeaderBytes ?? MAX_HEADER_BYTES,
      handshakeTimeout: timeouts.handshake,
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      keepAliveTimeout: timeouts.keepAlive,
      connectionsCheckingInterval: timeouts.check,
      // RFC 8740: HTTP/2 cannot ask for certificates again, and shares connections between host names.
      ALPNProtocols: ['http/1.1'],
      requestCert: options.asksForCertificate,
      // What was shown is judged after the handshake, so that its holder gets a page and not a broken connection.
      rejectUnauthorized: false,
      // The face answers a missing Host itself, so that the answer carries its headers.
      requireHostHeader: false,
      SNICallback: (serverName, done) => {
        const context = contextOf(serverName);
        if (context === undefined) done(new Error('unknown server name'));
        else done(null, context);
      },
    },
    (request, response) => {
      if (openRequest(response, timeouts.answer)) listener(request, response);
    },
  );
  server.setTimeout(timeouts.idle);
  // Node drops headers beyond a count silently, a second Host too; their bytes are bounded already.
  server.maxHeadersCount = 0;
  server.prependListener('secureConnection', (socket) => {
    // A resumed session shows no certificate of its own and may come from another host (RFC 8446 §4.2.11).
    if (socket.isSessionReused()) socket.destroy();
  });
  // A server that never listens would not enforce headersTimeout and requestTimeout: Node starts that with this event.
  server.emit('listening');
  return server;
}

function contextOptions(presented: Presented, options: TlsServerOptions): SecureContextOptions {
  const { keyPair, certificateAuthoritiesPem = [] } = presented;
  if (options.asksForCertificate && certificateAuthoritiesPem.length === 0) {
    throw new Error('an empty list of authorities would ask for any certificate');
  }
  return {
    ...protocolOptions(options),
    cert: keyPair.certificateChainPem,
    key: keyPair.privateKeyPem,
    ...(options.asksForCertificate && { ca: [...certificateAuthoritiesPem] }),
    allowPartialTrustChain: true,
  };
}

function protocolOptions({ allowsTls12 = false }: TlsServerOptions) {
  return {
    minVersion: allowsTls12 ? 'TLSv1.2' : 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
  } satisfies SecureContextOptions;
}
