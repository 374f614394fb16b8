// What the routes of portal and console share: whose page it is, how pages are framed and sent.
// Not here: the routes themselves.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Hosts, siteOf } from '../http/host-names.ts';
import type { Html } from '../http/html.ts';
import type { LoadedBank } from '../operations/bank.ts';
import type { OperationNeeds } from '../operations/needs.ts';
import type { Language } from '../words/language.ts';
import type { Frame } from './document.ts';
import { languageOf } from './language-choice.ts';
import { LOGIN_PATHS, PUBLIC_PATHS } from './paths.ts';

/** What pages and their routes need. */
export type PageNeeds = OperationNeeds & {
  readonly banks: ReadonlyMap<string, LoadedBank>;
  readonly hosts: Hosts;
  /** Key of the marks on members' hosts. */
  readonly labelKey: Uint8Array;
  /** Key of the tokens in forms. */
  readonly formKey: Uint8Array;
};

/** The bank whose host a request came to. */
export function bankOf(request: FastifyRequest, needs: PageNeeds): LoadedBank {
  const bank = needs.banks.get(request.site.institution);
  if (bank === undefined) throw new Error(`no bank ${request.site.institution} is loaded`);
  return bank;
}

/** The frame of a request's page. */
export function frameOf(request: FastifyRequest, needs: PageNeeds): Frame {
  const bank = bankOf(request, needs);
  const language = languageOf(request);
  const publicOrigin = siteOf(bank.code, 'public', needs.hosts).origin;
  return {
    language,
    otherLanguageHref: otherLanguageHref(request, language === 'ja' ? 'en' : 'ja'),
    institution: { name: language === 'ja' ? bank.name : bank.nameEnglish, code: bank.code },
    contact: bank.contact[language],
    publicOrigin,
    passkeyAddress: siteOf(bank.code, 'login', needs.hosts).origin + LOGIN_PATHS.enter,
    passkeyDomain: bank.passkeyDomain,
    loginAddress:
      request.site.kind === 'login' ? LOGIN_PATHS.enter : publicOrigin + PUBLIC_PATHS.login,
  };
}

/** A page that answers a form cannot be asked for again; the mark of a fresh host must not get lost. */
function otherLanguageHref(request: FastifyRequest, language: Language): string | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  const { query } = request;
  const mark = typeof query === 'object' && query !== null && 'mark' in query ? query.mark : null;
  const kept = typeof mark === 'string' ? { mark } : {};
  return `?${new URLSearchParams({ ...kept, lang: language }).toString()}`;
}

/** Sends a page. */
export async function sendPage(page: Html, reply: FastifyReply, status = 200): Promise<void> {
  await reply.code(status).type('text/html; charset=utf-8').send(page.markup);
}
