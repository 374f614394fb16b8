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
import { LOGIN_PATHS, MEMBER_PATHS, PUBLIC_PATHS, STAFF_PATHS } from './paths.ts';

/** What pages and their routes need. */
export type PageNeeds = OperationNeeds & {
  readonly banks: ReadonlyMap<string, LoadedBank>;
  readonly hosts: Hosts;
  /** Key of the marks on members' hosts. */
  readonly labelKey: Uint8Array;
  /** Key of the tokens in forms. */
  readonly formKey: Uint8Array;
  /** The font of letters: its file and, after `#`, its name. */
  readonly letterFont: string;
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

/** A page that answers a form cannot be asked for again; what was asked for, and a fresh host's mark, stay. */
function otherLanguageHref(request: FastifyRequest, language: Language): string | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  const asked = typeof request.query === 'object' && request.query !== null ? request.query : {};
  const kept = Object.entries(asked).filter(([, value]) => typeof value === 'string');
  return `?${new URLSearchParams({ ...Object.fromEntries(kept), lang: language }).toString()}`;
}

/** Where a login leads: to the notices, or to the console of the bank's staff. */
export function landingOf(request: FastifyRequest, needs: PageNeeds): string {
  return bankOf(request, needs).kind === 'staff' ? STAFF_PATHS.console : MEMBER_PATHS.notices;
}

/** Sends a page. */
export async function sendPage(page: Html, reply: FastifyReply, status = 200): Promise<void> {
  await reply.code(status).type('text/html; charset=utf-8').send(page.markup);
}
