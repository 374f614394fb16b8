// What the scripts of pages send of a passkey, and where it was asked for.
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import { bankOf, type PageNeeds } from '../frame/page.ts';
import { formOf } from '../http/face.ts';
import type { Form } from '../http/form-body.ts';
import type { Assertion, PasskeySite, Registration } from '../operations/passkey-site.ts';

const BASE64URL = /^[A-Za-z0-9_-]*$/;

/** The host of a request, as passkeys know it. */
export function passkeySiteOf(request: FastifyRequest, needs: PageNeeds): PasskeySite {
  const { institution, host, origin } = request.site;
  return { institution, host, origin, passkeyDomain: bankOf(request, needs).passkeyDomain };
}

/** What a passkey signed. */
export function assertionIn(request: FastifyRequest): Assertion {
  const form = formOf(request);
  return {
    credentialId: base64urlIn(form, 'credential-id'),
    authenticatorData: base64urlIn(form, 'authenticator-data'),
    clientDataJson: base64urlIn(form, 'client-data'),
    signature: base64urlIn(form, 'signature'),
    userHandle: base64urlIn({ 'user-handle': '', ...form }, 'user-handle'),
  };
}

/** What is said of a passkey just made. */
export function registrationIn(request: FastifyRequest): Registration {
  const form = formOf(request);
  return {
    clientDataJson: base64urlIn(form, 'client-data'),
    attestationObject: base64urlIn(form, 'attestation-object'),
  };
}

function base64urlIn(form: Form, name: string): string {
  const text = form[name];
  if (text !== undefined && BASE64URL.test(text)) return text;
  throw new Refusal('malformed', `${name} is not base64url`);
}
