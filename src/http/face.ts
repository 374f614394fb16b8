// A face: the HTTP application of one kind of host, with everything that holds for every request to it.
// It has no pages: the portal and the console register theirs.
import { isUtf8 } from 'node:buffer';
import fastify, {
  errorCodes,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { addressKey } from './address-key.ts';
import { type Answers, answerProblem, MethodNotAllowed, makeInquiryNumber } from './answers.ts';
import type { StrangersLog } from './counters.ts';
import { type Form, readForm } from './form-body.ts';
import { checkHost, pathOf, siteOfConnection } from './host-check.ts';
import type { Site } from './host-names.ts';
import type { Load, Place } from './load.ts';
import { type FormFile, type MultipartForm, readMultipart } from './multipart-body.ts';
import { type AllowedOrigin, checkOrigin } from './origin.ts';
import { answerBrokenRequest, answerExpectation, type Header } from './raw-answers.ts';
import {
  baselineHeaders,
  contentPolicies,
  contentPolicy,
  type HeaderPolicy,
} from './security-headers.ts';
import { createTlsServer, type TlsServer, type TlsServerOptions } from './tls-server.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The host of the connection's handshake; every request that Host sends elsewhere is refused. */
    site: Site;
  }
  interface FastifyContextConfig {
    /** Whether pages of this route run script of their own host. */
    script?: 'with-script';
    /** Whose pages may POST here, where it is not this very host alone. */
    origin?: AllowedOrigin;
    /** Its work waits in a queue that has its own bounds, and takes no place among the others. */
    queue?: 'own';
  }
}

/** What makes one face differ from another. */
export type FaceOptions = {
  readonly tls: TlsServerOptions;
  readonly headers: HeaderPolicy;
  readonly answers: Answers;
  readonly bodyLimitBytes?: number;
  /** Adds the routes. */
  readonly register: (face: FastifyInstance) => void | Promise<void>;
};

/** What every face needs. */
export type FaceNeeds = {
  readonly log: Log;
  readonly load: Load;
  readonly strangers: StrangersLog;
};

/** A face that is ready for connections. */
export type Face = {
  readonly tls: TlsServer;
  /** From now on each answer ends its connection, and idle ones are ended. */
  readonly drain: () => void;
  readonly close: () => Promise<void>;
};

const FORM_TYPE = 'application/x-www-form-urlencoded';
const CHARSET = /;\s*charset="?([^\s;"]*)/i;
const BODY_LIMIT_BYTES = 65_536;
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Makes a face with its routes and its server. */
export async function openFace(options: FaceOptions, needs: FaceNeeds): Promise<Face> {
  const state: State = {
    baseline: Object.entries(baselineHeaders(options.headers)),
    isDraining: false,
  };
  const app = makeApp(options, { ...needs, state });
  addChecks(app, options);
  boundLoad(app, needs.load);
  readBodies(app);
  await addRoutes(app, options);
  await app.ready();
  const { tls } = state;
  if (tls === undefined) throw new Error('fastify made no server');
  return {
    tls,
    drain: () => {
      state.isDraining = true;
      tls.server.closeIdleConnections();
    },
    close: async () => {
      await app.close();
      tls.server.close();
    },
  };
}

/** The fields of the form that was sent; none where no form was. */
export function formOf(request: FastifyRequest): Form {
  return (request.body ?? {}) as Form;
}

/** Lets the routes registered beside it take JSON bodies. */
export function acceptJson(face: FastifyInstance): void {
  const parse = face.getDefaultJsonParser('error', 'error');
  face.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (
      request: FastifyRequest,
      body: Buffer,
      done: (error: Error | null, body?: unknown) => void,
    ) => {
      if (isUtf8(body)) void parse(request, body.toString('utf8'), done);
      else done(new Refusal('invalid-input', 'JSON is sent in UTF-8'));
    },
  );
}

const FILES = new WeakMap<FastifyRequest, MultipartForm['files']>();

/** Lets the routes registered beside it take forms with a file. */
export function acceptFiles(face: FastifyInstance): void {
  face.addContentTypeParser<Buffer>(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const { fields, files } = readMultipart(body, request.headers['content-type'] ?? '');
      FILES.set(request, files);
      return fields;
    },
  );
}

/** The file that a form sent in this field; undefined where none was. */
export function fileOf(request: FastifyRequest, field: string): FormFile | undefined {
  return FILES.get(request)?.get(field);
}

type State = { readonly baseline: readonly Header[]; isDraining: boolean; tls?: TlsServer };

type AppNeeds = FaceNeeds & { readonly state: State };

function makeApp(options: FaceOptions, { log, state, strangers }: AppNeeds): FastifyInstance {
  const answerNeeds = { answers: options.answers, log, strangers };
  const app = fastify({
    serverFactory: (handle) => {
      state.tls = createTlsServer(options.tls, (request, response) => {
        for (const [name, value] of state.baseline) response.setHeader(name, value);
        if (state.isDraining) response.setHeader('connection', 'close');
        handle(request, response);
      });
      const { server } = state.tls;
      server.on('checkExpectation', (_request, response) => {
        answerExpectation(response, state.baseline);
      });
      // A browser whose certificate's key is dead, or a person who cancels, ends the handshake: no page is possible.
      server.on('tlsClientError', ({ message: reason }, { remoteAddress }) => {
        strangers.note(addressKey(remoteAddress), { reason }, 'handshake failed');
      });
      return server;
    },
    trustProxy: false,
    return503OnClosing: false,
    bodyLimit: options.bodyLimitBytes ?? BODY_LIMIT_BYTES,
    genReqId: makeInquiryNumber,
    rewriteUrl: pathOf,
    routerOptions: { querystringParser: readQuery },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, state.baseline),
    frameworkErrors: (error, request, reply) => {
      // No hook has run for it, and its page needs to know where it is.
      const broken = request as FastifyRequest;
      const site = siteOfConnection(broken.raw, options.tls.hosts);
      broken.site = site;
      reply.header('content-security-policy', contentPolicy(options.headers, site));
      void answerProblem(error, broken, reply as FastifyReply, answerNeeds);
    },
  });
  app.setErrorHandler(
    async (error, request, reply) => await answerProblem(error, request, reply, answerNeeds),
  );
  app.setNotFoundHandler(() => {
    throw new Refusal('not-found', 'no such page');
  });
  return app;
}

function addChecks(app: FastifyInstance, { tls: { hosts }, headers }: FaceOptions): void {
  const policyOf = contentPolicies(headers);
  app.decorateRequest('site');
  app.addHook('onRequest', async (request, reply) => {
    const { script, origin = 'this-host' } = request.routeOptions.config;
    const site = siteOfConnection(request.raw, hosts);
    request.site = site;
    checkHost(request.raw, request.originalUrl, site);
    reply.header('content-security-policy', policyOf(site, script));
    // PostgreSQL keeps no text with it, and nothing of ours is called so.
    if (request.originalUrl.includes('%00')) throw new Refusal('not-found', 'NUL in an address');
    if (!SAFE_METHODS.has(request.method)) checkOrigin(request.headers, site, origin, hosts);
    // RFC 9110 §8.4: a body in a coding that is not read is answered with 415; none is read here.
    const { 'content-encoding': coding } = request.headers;
    if (coding !== undefined) throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(coding);
  });
}

/** A request is work from its last byte to its answer: who sends or reads slowly takes nobody's place. */
function boundLoad(app: FastifyInstance, load: Load): void {
  const places = new WeakMap<FastifyRequest, Place>();
  app.addHook('onRequest', async (request) => {
    // Turned away before its body is read.
    if (load.isOver(addressKey(request.ip))) {
      throw new Refusal('overloaded', 'too many requests at once');
    }
  });
  app.addHook('preValidation', async (request, reply) => {
    const hasOwnQueue = request.routeOptions.config.queue === 'own';
    const place = hasOwnQueue ? load.enterOwnQueue() : load.enter(addressKey(request.ip));
    places.set(request, place);
    reply.raw.once('close', place.leave);
    await place.turn;
  });
  app.addHook('onSend', async (request) => places.get(request)?.leave());
}

function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    FORM_TYPE,
    { parseAs: 'buffer' },
    async ({ headers }: FastifyRequest, body: Buffer) => {
      const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1];
      if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
        throw new Refusal('invalid-input', 'forms are sent in UTF-8');
      }
      return readForm(body);
    },
  );
}

async function addRoutes(app: FastifyInstance, options: FaceOptions): Promise<void> {
  const methodsOf = new Map<string, Set<string>>();
  let isRecording = true;
  app.addHook('onRoute', ({ url, method }) => {
    if (!isRecording) return;
    const methods = methodsOf.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    methodsOf.set(url, methods);
  });
  await app.register(async (inner) => await options.register(inner));
  isRecording = false;
  for (const [url, methods] of methodsOf) {
    const allow = [...methods].toSorted().join(', ');
    app.route({
      url,
      method: METHODS.filter((method) => !methods.has(method)),
      handler: (request, reply) => {
        reply.header('allow', allow);
        throw new MethodNotAllowed(request.method);
      },
    });
  }
}

/** A query never decides anything: one that no form of ours makes counts as none. */
function readQuery(query: string): Form {
  try {
    return readForm(Buffer.from(query, 'latin1'));
  } catch (error) {
    if (error instanceof Refusal) return {};
    throw error;
  }
}
