// The renewal page's part of a renewal, done without a browser: a key, a request, 確認. No test itself.
import { generateKeyPairSync, sign } from 'node:crypto';
import { encodeRequestInfo } from '../../src/x509/certification-request.ts';
import { makeName } from '../../src/x509/name.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithm.ts';
import { assembleSigned } from '../../src/x509/signed.ts';
import { visitorOf } from './customers.ts';
import type { Answer, ClientIdentity, Place, Visitor } from './visitor.ts';

/** A key made in a page, and the request over it, base64. */
export type NewKey = { readonly keyPem: string; readonly request: string };

/** A visitor on the members' host of an open session. */
export type InSession = { readonly visitor: Visitor; readonly origin: string };

/** What the page knows after 更新. */
export type Renewed = {
  readonly answer: Answer;
  readonly shows: ClientIdentity;
  /** Name of the new certificate; empty where there is none. */
  readonly name: string;
};

/** Makes a P-256 key with its request. */
export function newKey(): NewKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const info = encodeRequestInfo(makeName([]).der, spki);
  const algorithm = encodeSignatureAlgorithm({ scheme: 'ecdsa', hash: 'SHA-256' });
  const der = assembleSigned(info, algorithm, sign('sha256', info, privateKey));
  return {
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    request: Buffer.from(der).toString('base64'),
  };
}

/** Sends a request as the page's script does after 更新, or 取得し直す. */
export async function renew(
  { visitor, origin }: InSession,
  key: NewKey,
  unproven: 'keep' | 'replace' = 'keep',
): Promise<Renewed> {
  const page = await visitor.get(`${origin}/notices`);
  const token = page.formToken ?? '';
  const form = { request: key.request, unproven };
  const fields = { accept: 'application/json', 'form-token': token };
  const answer = await visitor.post(`${origin}/renewal`, form, fields);
  const { certificate, name = '' } = answerOf(answer);
  const der = new Uint8Array(Buffer.from(certificate ?? '', 'base64'));
  const cert = certificate === undefined ? '' : encodePem(der, 'CERTIFICATE');
  return { answer, name, shows: { cert, key: key.keyPem } };
}

/** The code of a refusal that the page's script is told; empty for none. */
export function codeOf({ body }: Answer): string {
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null || !('code' in parsed)) return '';
  return typeof parsed.code === 'string' ? parsed.code : '';
}

/** 確認 begun in the session: where its form leads, and the token that is sent there. */
export type BegunProof = {
  readonly answer: Answer;
  readonly address: string;
  readonly token: string;
};

/** Presses 確認 on the renewal page of the session, as a browser without script. */
export async function beginProof({ visitor, origin }: InSession): Promise<BegunProof> {
  const page = await visitor.get(`${origin}/renewal`);
  const form = { 'proof-token': '', 'form-token': page.formToken ?? '' };
  const answer = await visitor.post(`${origin}/renewal/confirm`, form);
  const token = /id="proof-token" value="([^"]*)"/.exec(answer.body)?.[1] ?? '';
  const written = /action="([^"]*)" id="proof-form"/.exec(answer.body)?.[1] ?? '';
  const address = written.replaceAll('&#61;', '=');
  return { answer, address, token };
}

/** Goes on to the fresh host as the browser does, showing this certificate there. */
export async function presentProof(
  place: Place,
  begun: Pick<BegunProof, 'address' | 'token'>,
  as: { readonly origin: string; readonly shows?: ClientIdentity | undefined },
): Promise<{ readonly visitor: Visitor; readonly answer: Answer; readonly origin: string }> {
  const visitor = visitorOf(place, as.shows);
  const form = { 'proof-token': begun.token };
  const answer = await visitor.post(begun.address, form, { origin: as.origin });
  return { visitor, answer, origin: new URL(begun.address).origin };
}

type RenewalAnswer = { readonly certificate?: string; readonly name?: string };

function answerOf({ status, body }: Answer): RenewalAnswer {
  return status === 200 ? (JSON.parse(body) as RenewalAnswer) : {};
}
