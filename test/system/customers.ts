// People of a running test system with certificates in every state, and their way to the PIN page.
// No test itself.
import { generateKeyPairSync, sign } from 'node:crypto';
import type { Role } from '../../src/banking/person.ts';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { encodeRootCertificate } from '../../src/ca/authority-profile.ts';
import { encodeUserCertificate, type UserOrder } from '../../src/ca/user-profile.ts';
import type { LoadedBank } from '../../src/operations/bank.ts';
import { sha256 } from '../../src/operations/certify.ts';
import { freshSerialNumber } from '../../src/operations/fresh-serial-number.ts';
import {
  type IssuedCertificate,
  issueFirstCertificate,
  renewCertificate,
} from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { registerPerson } from '../../src/operations/register-person.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithm.ts';
import { assembleSigned } from '../../src/x509/signed.ts';
import { TEST_PIN } from './test-bank.ts';
import { TEST_CONTRACT, type TestKoshin } from './test-koshin.ts';
import { type Answer, type ClientIdentity, type Place, Visitor } from './visitor.ts';

/** A person's certificate with what a connection needs to show it. */
export type Holding = {
  readonly certificate: UserCertificate;
  readonly der: Uint8Array;
  readonly shows: ClientIdentity;
};

const ALGORITHM = encodeSignatureAlgorithm({ scheme: 'ecdsa', hash: 'SHA-256' });

type Person = {
  readonly pin?: string;
  readonly name?: string;
  readonly bank?: LoadedBank;
  readonly role?: Role;
  readonly contract?: string;
  readonly mail?: string;
  /** Over the person's key, where it matters which. */
  readonly request?: ReturnType<typeof makeRequest>;
};

/** Registers a person and gives them a first certificate, proved by a login. */
export async function makeCustomer(
  user: string,
  { house, clock, mihon }: Pick<TestKoshin, 'house' | 'clock' | 'mihon'>,
  person: Person = {},
): Promise<Holding> {
  const { pin = TEST_PIN, name = '鈴木 太郎', bank = mihon, role = 'user' } = person;
  const { request = makeRequest() } = person;
  const needs = { ...house, clock };
  const identity = { institution: bank.code, contract: person.contract ?? TEST_CONTRACT, user };
  const { mail = null } = person;
  await registerPerson({ identity, name, role, mail, pin }, needs);
  const { csr, privateKey } = request;
  const slot = { identity, slot: 1 };
  const issued = await issueFirstCertificate({ slot, key: csr }, bank, needs);
  await logIn({ evidence: { kind: 'mutual-tls', certificate: issued.certificate }, pin }, needs);
  return holdingOf(issued, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** A successor that waits for its proof. */
export async function renewOf(
  { certificate }: Holding,
  { house, clock, mihon }: TestKoshin,
  unproven: 'keep' | 'replace' = 'keep',
): Promise<Holding> {
  const { csr, privateKey } = makeRequest();
  const issued = await renewCertificate(
    {
      current: { ...certificate, state: 'current' },
      policy: DEFAULT_POLICY,
      waiting: undefined,
      key: csr,
      unproven,
      touch: null,
    },
    mihon,
    { ...house, clock },
  );
  return holdingOf(issued, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** A certificate that no operation of the system issued. */
export type Forged = {
  readonly der: Uint8Array;
  readonly shows: ClientIdentity;
  readonly spkiSha256: Uint8Array;
};

/** Who signs a forged certificate, and what in it differs from a real one. */
export type Forgery = {
  readonly like: UserCertificate;
  readonly bank: LoadedBank;
  /** The bank's own key (misused), or another. */
  readonly by: 'issuing-key' | 'another-key';
  readonly changes?: Partial<UserOrder>;
  /** Edits the signed part before it is signed. */
  readonly edit?: (tbs: Uint8Array) => Uint8Array;
};

/** Makes a certificate with the names of a real one over another key. */
export function forge({ like, bank, by, changes, edit = (tbs) => tbs }: Forgery): Forged {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spkiDer = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const order: UserOrder = {
    identity: like.identity,
    commonName: like.commonName,
    spkiDer,
    keyIdentifier: sha256(spkiDer),
    serialNumber: freshSerialNumber(),
    notBefore: like.notBefore,
    notAfter: like.notAfter,
    ...changes,
  };
  const { profile, key } = bank.authority;
  const tbs = edit(encodeUserCertificate(order, profile));
  const self = selfMadeAuthority(bank, order);
  const der = assembleSigned(tbs, ALGORITHM, by === 'issuing-key' ? key.sign(tbs) : self.sign(tbs));
  const chain = by === 'issuing-key' ? [der] : [der, self.der];
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const cert = chain.map((one) => encodePem(one, 'CERTIFICATE')).join('');
  return { der, spkiSha256: order.keyIdentifier, shows: { cert, key: keyPem } };
}

/** A CA with the name and key identifier of the bank's issuing CA, as old as what it signs. */
function selfMadeAuthority(bank: LoadedBank, { notBefore, notAfter }: UserOrder) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signs = (tbs: Uint8Array) => new Uint8Array(sign('sha256', tbs, privateKey));
  const { name, keyIdentifier } = bank.authority.issuer;
  const order = {
    subject: name,
    spkiDer: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    keyIdentifier,
    serialNumber: freshSerialNumber(),
    notBefore,
    notAfter,
  };
  const tbs = encodeRootCertificate(order, ALGORITHM);
  return { sign: signs, der: assembleSigned(tbs, ALGORITHM, signs(tbs)) };
}

/** Follows 利用者ログイン to the members' host it leads to; the last answer, and its address. */
export async function enter(
  visitor: Visitor,
  bank: Pick<LoadedBank, 'publicHost'>,
  { port }: Pick<Place, 'port'>,
): Promise<Answer & { readonly url: string }> {
  const { location } = await visitor.get(`https://${bank.publicHost}:${port}/login`);
  return { ...(await visitor.get(location)), url: location };
}

/** A visitor who shows this, or nothing. */
export function visitorOf(place: Place, shows?: ClientIdentity): Visitor {
  return new Visitor(place, shows);
}

/** A visitor who has logged in; `origin` is the members' host they are on. */
export async function loggedIn(
  koshin: TestKoshin,
  { shows }: Holding,
  choice: { readonly pin?: string; readonly bank?: LoadedBank } = {},
): Promise<{ readonly visitor: Visitor; readonly origin: string }> {
  const visitor = visitorOf(koshin, shows);
  const page = await enter(visitor, choice.bank ?? koshin.mihon, koshin);
  const { origin } = new URL(page.url);
  const answer = await submitPin(visitor, page, choice.pin ?? TEST_PIN);
  if (answer.location !== '/notices' && answer.location !== '/console')
    throw new Error(`not logged in: ${answer.status} ${answer.text}`);
  return { visitor, origin };
}

/** Sends the PIN by the form of the PIN page. */
export async function submitPin(
  visitor: Visitor,
  page: Answer & { readonly url: string },
  pin: string,
): Promise<Answer> {
  const form = { 'form-token': page.formToken ?? '', pin };
  return await visitor.post(new URL('/pin', page.url).href, form);
}

function holdingOf({ certificate, der }: IssuedCertificate, key: string): Holding {
  return { certificate, der, shows: { cert: encodePem(der, 'CERTIFICATE'), key } };
}
