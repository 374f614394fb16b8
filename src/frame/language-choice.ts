// Which language a request is answered in: the switch in the header, else the cookie it set.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, setCookie } from '../http/cookies.ts';
import { isLanguage, type Language } from '../words/language.ts';

const COOKIE = '__Host-lang';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The language of a request's answer; Japanese unless the person chose. */
export function languageOf(request: FastifyRequest): Language {
  return askedFor(request) ?? remembered(request) ?? 'ja';
}

/** Remembers a language that was just chosen, on this host. */
export function rememberLanguage(request: FastifyRequest, reply: FastifyReply): void {
  const asked = askedFor(request);
  if (asked === undefined || asked === remembered(request)) return;
  reply.header(
    'set-cookie',
    setCookie(COOKIE, asked, { sameSite: 'lax', lifeSeconds: YEAR_SECONDS }),
  );
}

/** An address on another host, which knows no cookie of this one: the language goes with the way there. */
export function inSameLanguage(address: string, request: FastifyRequest): string {
  const language = languageOf(request);
  if (language === 'ja') return address;
  const target = new URL(address);
  target.searchParams.set('lang', language);
  return target.href;
}

function askedFor(request: FastifyRequest): Language | undefined {
  const { query } = request;
  if (typeof query !== 'object' || query === null || !('lang' in query)) return undefined;
  return isLanguage(query.lang) ? query.lang : undefined;
}

function remembered(request: FastifyRequest): Language | undefined {
  const value = readCookie(request.headers.cookie, COOKIE);
  return isLanguage(value) ? value : undefined;
}
