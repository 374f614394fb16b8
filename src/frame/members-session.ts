// Who is there: on a members' host by the certificate of this connection, on the login host by what a
// passkey signed; and the session bound to it. A cookie of one kind of host is worthless on the other.

import { TLSSocket } from 'node:tls';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Evidence } from '../banking/evidence.ts';
import { daysLeft } from '../banking/renewal.ts';
import { Refusal } from '../errors.ts';
import { clearCookie, readCookie, setCookie } from '../http/cookies.ts';
import { formOf } from '../http/face.ts';
import { checkFormToken, type FormTokenBinding, makeFormToken } from '../http/form-token.ts';
import { shownCertificate } from '../http/shown-certificate.ts';
import { checkFresh } from '../operations/freshness.ts';
import { identifyCertificate } from '../operations/identify-certificate.ts';
import {
  type AuthenticatedUser,
  resumeSession,
  resumeSignedSession,
} from '../operations/resume-session.ts';
import type { Account } from './account.ts';
import { FORM_TOKEN_FIELD, FRESH_FIELD } from './form-token.ts';
import { bankOf, type PageNeeds } from './page.ts';

const COOKIE = '__Host-session';

/** What the certificate of this connection shows; refuses what cannot be used. */
export async function evidenceOf(request: FastifyRequest, needs: PageNeeds): Promise<Evidence> {
  const leaf = shownLeaf(request);
  return await identifyCertificate({ leaf, inquiry: request.id }, bankOf(request, needs), needs);
}

/**
 * The logged-in user of a request; refuses (`session-ended`) when there is none, and (`initial-pin`) whoever still
 * has a PIN that somebody else chose.
 */
export async function userOf(
  request: FastifyRequest,
  needs: PageNeeds,
): Promise<AuthenticatedUser> {
  const user = await userWithAnyPin(request, needs);
  if (user.person.hasInitialPin) throw new Refusal('initial-pin', 'the PIN is to be changed first');
  return user;
}

/** The same where a PIN that somebody else chose serves: to change it, and to leave. */
export async function userWithAnyPin(
  request: FastifyRequest,
  needs: PageNeeds,
): Promise<AuthenticatedUser> {
  const token = sessionToken(request);
  const isLoginHost = request.site.kind === 'login';
  if (token === undefined) {
    if (!isLoginHost) await evidenceOf(request, needs);
    throw new Refusal('session-ended', 'no session cookie');
  }
  const bank = bankOf(request, needs);
  const inquiry = request.id;
  if (isLoginHost) return await resumeSignedSession({ token, inquiry }, bank, needs);
  return await resumeSession({ leaf: shownLeaf(request), inquiry, token }, bank, needs);
}

/** Whether a session of the login host is open; nothing is recorded of one that is not. */
export async function hasSignedSession(
  request: FastifyRequest,
  needs: PageNeeds,
): Promise<boolean> {
  const token = sessionToken(request);
  if (token === undefined) return false;
  try {
    await resumeSignedSession({ token, inquiry: null }, bankOf(request, needs), needs);
    return true;
  } catch (refusal) {
    // Whatever ended it, this is for a page on which a new one begins.
    if (refusal instanceof Refusal) return false;
    throw refusal;
  }
}

/** The session token of a request, not checked. */
export function sessionToken(request: FastifyRequest): string | undefined {
  return readCookie(request.headers.cookie, COOKIE);
}

/** Gives the browser the token of a session just opened. */
export function giveSession(reply: FastifyReply, token: string): void {
  reply.header('set-cookie', setCookie(COOKIE, token, { sameSite: 'strict' }));
}

/** Takes the token back. */
export function takeSession(reply: FastifyReply): void {
  reply.header('set-cookie', clearCookie(COOKIE));
}

/** The token for forms of a logged-in user's pages. */
export function userFormToken(user: AuthenticatedUser, needs: PageNeeds): string {
  return makeFormToken(userBinding(user, needs), needs.clock.now());
}

/** Refuses (`missing-token`) a form that no page of this session made. */
function checkUserForm(request: FastifyRequest, user: AuthenticatedUser, needs: PageNeeds): void {
  checkFormToken(formOf(request)[FORM_TOKEN_FIELD], userBinding(user, needs), needs.clock.now());
}

/**
 * Refuses a form that changes something unless a page of this session made it (`missing-token`) and its
 * user was there a moment ago (`touch-needed`).
 */
export function checkMayChange(
  request: FastifyRequest,
  user: AuthenticatedUser,
  needs: PageNeeds,
): void {
  checkUserForm(request, user, needs);
  checkFresh(user.session, formOf(request)[FRESH_FIELD], needs.clock.now());
}

/** The same of what a page's script sends, which no form of another page could. */
export function checkScriptMayChange(
  request: FastifyRequest,
  user: AuthenticatedUser,
  needs: PageNeeds,
): void {
  checkUserScript(request, user, needs);
  checkFresh(user.session, formOf(request)[FRESH_FIELD], needs.clock.now());
}

/** The header in which a page's script sends the token of its form. */
const FORM_TOKEN_HEADER = 'form-token';

/** Refuses (`missing-token`) what no script on a page of this session sent. */
export function checkUserScript(
  { headers }: FastifyRequest,
  user: AuthenticatedUser,
  needs: PageNeeds,
): void {
  const token = headers[FORM_TOKEN_HEADER];
  const single = typeof token === 'string' ? token : undefined;
  checkFormToken(single, userBinding(user, needs), needs.clock.now());
}

/** The token for the PIN form, bound to host and certificate. */
export function pinFormToken(
  request: FastifyRequest,
  evidence: Evidence,
  needs: PageNeeds,
): string {
  return makeFormToken(pinBinding(request, evidence, needs), needs.clock.now());
}

/** Refuses (`missing-token`) a PIN form made for another host or certificate. */
export function checkPinForm(request: FastifyRequest, evidence: Evidence, needs: PageNeeds): void {
  const token = formOf(request)[FORM_TOKEN_FIELD];
  checkFormToken(token, pinBinding(request, evidence, needs), needs.clock.now());
}

/** The bar over a logged-in user's pages. */
export function accountOf(user: AuthenticatedUser, needs: PageNeeds): Account {
  const { person, certificate } = user;
  return {
    company: person.contractName,
    user: person.name,
    lastLogin: person.previousLoginAt,
    isAdministrator: person.role === 'administrator',
    ...(isStaff(user, needs) && { isStaff: true }),
    certificate: {
      home: certificate.home,
      endsAt: certificate.notAfter,
      daysLeft: daysLeft(certificate, needs.clock.now()),
    },
    formToken: userFormToken(user, needs),
  };
}

function isStaff({ person }: AuthenticatedUser, needs: PageNeeds): boolean {
  return needs.banks.get(person.identity.institution)?.kind === 'staff';
}

/** The certificate that this connection showed, as DER; not judged. */
export function shownLeaf(request: FastifyRequest): Uint8Array | undefined {
  const { socket } = request.raw;
  if (!(socket instanceof TLSSocket)) throw new Error('a members host speaks TLS');
  return shownCertificate(socket)?.leaf;
}

function userBinding(user: AuthenticatedUser, needs: PageNeeds): FormTokenBinding {
  const session = Buffer.from(user.session.tokenHash).toString('hex');
  return { key: needs.formKey, boundTo: ['session', session] };
}

function pinBinding(
  request: FastifyRequest,
  { certificate }: Evidence,
  needs: PageNeeds,
): FormTokenBinding {
  const shown = Buffer.from(certificate.sha256).toString('hex');
  return { key: needs.formKey, boundTo: ['pin', request.site.host, shown] };
}
