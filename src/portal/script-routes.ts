// The scripts of pages, each under a path that changes with its text.
import type { FastifyInstance } from 'fastify';
import type { BrowserScript, BrowserScripts } from './browser-bundle.ts';
import type { PageScript } from './page-script.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The options of a route whose page has a script. */
export const WITH_SCRIPT = { config: { script: 'with-script' as const } };

/** Adds the routes that serve scripts. */
export function registerScripts(face: FastifyInstance, scripts: BrowserScripts): void {
  for (const script of Object.values(scripts)) {
    face.get(script.path, async (_request, reply) => {
      reply.header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`);
      await reply.type('text/javascript; charset=utf-8').send(script.source);
    });
  }
}

/** How a page loads a script. */
export function elementOf({ path, integrity }: BrowserScript): PageScript {
  return { src: path, integrity };
}
