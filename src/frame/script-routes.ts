// The scripts of pages, each under a path that changes with its text, compressed for who takes that.
import { constants, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { acceptsGzip } from '../http/accepts-gzip.ts';
import type { BrowserScript, BrowserScripts } from './browser-bundle.ts';
import type { PageScript } from './page-script.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The options of a route whose page has a script. */
export const WITH_SCRIPT = { config: { script: 'with-script' as const } };

/** Adds the routes that serve scripts. */
export function registerScripts(face: FastifyInstance, scripts: BrowserScripts): void {
  for (const script of Object.values(scripts)) {
    const source = Buffer.from(script.source);
    // Compressed once, at start. Scripts are the only answers that are compressed: they are the same for
    // everybody, and hold no secret that its length could betray (BREACH), as pages with their tokens do.
    const compressed = gzipSync(source, { level: constants.Z_BEST_COMPRESSION });
    face.get(script.path, async (request, reply) => {
      reply.header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`);
      reply.header('vary', 'accept-encoding').type('text/javascript; charset=utf-8');
      if (!acceptsGzip(request.headers['accept-encoding'])) return await reply.send(source);
      return await reply.header('content-encoding', 'gzip').send(compressed);
    });
  }
}

/** How a page loads a script. */
export function elementOf({ path, integrity }: BrowserScript): PageScript {
  return { src: path, integrity };
}
