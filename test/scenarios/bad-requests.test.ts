// Requests for certificates that no page of ours makes, sent to 更新 as a program could: each is refused
// for its reason, on record under its number, and nothing is lost; what is asked beside the key is ignored.
import assert from 'node:assert/strict';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';
import { after, before, beforeEach, suite, test } from 'node:test';
import pg from 'pg';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import {
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import { connectionTo } from '../../src/store/database-address.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { extendedKeyUsageExtension } from '../../src/x509/key-usage.ts';
import { makeName, showName } from '../../src/x509/name.ts';
import { decodePem } from '../../src/x509/pem.ts';
import {
  extensionNode,
  type Pair,
  requestOf,
  requestOver,
  rsaSpki,
} from '../system/asked-request.ts';
import { type Holding, loggedIn, makeCustomer, visitorOf } from '../system/customers.ts';
import { statesOf } from '../system/records.ts';
import { assertNoInternals, entriesOf } from '../system/refusals.ts';
import {
  beginProof,
  codeOf,
  type InSession,
  newKey,
  presentProof,
  renew,
} from '../system/renewal-client.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer } from '../system/visitor.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const AFTER_THE_END = '2028-01-06T03:00:00Z';

let koshin: TestKoshin;
let users = 0;
let own: Holding;
let session: InSession;

const needs = () => ({ ...koshin.house, clock: koshin.clock });

async function customer(): Promise<Holding> {
  koshin.clock.set(ISSUED);
  users += 1;
  const made = await makeCustomer(`asking${users}`, koshin);
  koshin.clock.set(IN_WINDOW);
  return made;
}

const pair = (curve: string): Pair => generateKeyPairSync('ec', { namedCurve: curve });
const rsaPair = (modulusLength: number, publicExponent = 65_537): Pair =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent });
const good = (): Uint8Array => requestOf(pair('P-256'), OID.ecdsaWithSha256);
const ofPair = (made: Pair, algorithm: string) => () => requestOf(made, algorithm);
const modulus = BigInt(
  `0x${Buffer.from(rsaPair(2048).publicKey.export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex')}`,
);
/** Of a key that can sign nothing the signature is any octets. */
const unsigned = (spki: Uint8Array) => () =>
  requestOver(spki, OID.sha256WithRsaEncryption, { sign: () => new Uint8Array(256).fill(1) });

function flipped(der: Uint8Array): Uint8Array {
  return der.with(-1, (der.at(-1) ?? 0) ^ 1);
}

function keyOf({ shows }: Pick<Holding, 'shows'>): Pair {
  const privateKey = createPrivateKey(shows.key);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

async function onBlockList(): Promise<Uint8Array> {
  const made = pair('P-256');
  const spki = made.publicKey.export({ type: 'spki', format: 'der' });
  const client = new pg.Client(connectionTo(koshin.owner));
  await client.connect();
  const text = `insert into blocked_key (spki_sha256, reason) values ($1, 'published')`;
  await client.query(text, [createHash('sha256').update(spki).digest()]);
  await client.end();
  return requestOf(made, OID.ecdsaWithSha256);
}

async function ofEarlierKey(): Promise<Uint8Array> {
  const first = keyOf(own);
  const renewed = await renew(session, newKey());
  const begun = await beginProof(session);
  await presentProof(koshin, begun, { origin: session.origin, shows: renewed.shows });
  own = { ...own, shows: renewed.shows };
  koshin.clock.set('2028-12-20T03:00:00Z');
  session = await loggedIn(koshin, own);
  return requestOf(first, OID.ecdsaWithSha256);
}

type Case = {
  readonly name: string;
  readonly make: () => Uint8Array | Promise<Uint8Array>;
  readonly code: string;
  readonly status: number;
};

const MALFORMED = { code: 'malformed', status: 400 };
const WEAK = { code: 'weak-key', status: 422 };
const UNSUPPORTED = { code: 'unsupported-algorithm', status: 422 };
const CERTIFIED = { code: 'key-already-certified', status: 409 };

const REFUSED: readonly Case[] = [
  { name: 'no octets', make: () => new Uint8Array(), ...MALFORMED },
  { name: 'octets that are no DER', make: () => Buffer.from('certificate, please'), ...MALFORMED },
  { name: 'a request cut short', make: () => good().subarray(0, -1), ...MALFORMED },
  { name: 'trailing octets', make: () => Buffer.concat([good(), Buffer.of(0)]), ...MALFORMED },
  { name: 'a certificate in its place', make: () => own.der, ...MALFORMED },
  {
    name: 'a nesting of ten thousand sequences',
    make: () => Buffer.from('3080'.repeat(10_000), 'hex'),
    ...MALFORMED,
  },
  {
    name: 'a bad signature',
    make: () => flipped(good()),
    code: 'bad-signature',
    status: 422,
  },
  {
    name: 'the signature of another key',
    make: () => {
      const spki = pair('P-256').publicKey.export({ type: 'spki', format: 'der' });
      const { privateKey } = pair('P-256');
      const by = { sign: (info: Uint8Array) => sign('sha256', info, privateKey) };
      return requestOver(spki, OID.ecdsaWithSha256, by);
    },
    code: 'bad-signature',
    status: 422,
  },
  { name: 'RSA-1024', make: ofPair(rsaPair(1024), OID.sha256WithRsaEncryption), ...WEAK },
  { name: 'exponent 1', make: unsigned(rsaSpki(modulus, 1n)), ...WEAK },
  { name: 'exponent 3', make: ofPair(rsaPair(2048, 3), OID.sha256WithRsaEncryption), ...WEAK },
  { name: 'an even modulus', make: unsigned(rsaSpki(modulus + 1n)), ...WEAK },
  { name: 'P-192', make: ofPair(pair('prime192v1'), OID.ecdsaWithSha256), ...UNSUPPORTED },
  { name: 'P-521', make: ofPair(pair('P-521'), OID.ecdsaWithSha256), ...UNSUPPORTED },
  {
    name: 'Ed25519',
    make: ofPair(generateKeyPairSync('ed25519'), OID.ed25519),
    ...UNSUPPORTED,
  },
  {
    name: 'the current certificate’s own key',
    make: () => requestOf(keyOf(own), OID.ecdsaWithSha256),
    ...CERTIFIED,
  },
  {
    name: 'the key of another user',
    make: async () => {
      const other = await customer();
      return requestOf(keyOf(other), OID.ecdsaWithSha256);
    },
    ...CERTIFIED,
  },
  { name: 'the key of a superseded certificate', make: ofEarlierKey, ...CERTIFIED },
  { name: 'a key on the block list', make: onBlockList, code: 'key-blocked', status: 422 },
  { name: '1 MiB', make: () => new Uint8Array(1 << 20), code: 'too-large', status: 413 },
];

/** Sends what a page's script would, whether the page is there or not. */
async function send(
  { visitor, origin }: InSession,
  token: string,
  form: Readonly<Record<string, string>>,
): Promise<Answer> {
  const fields = { accept: 'application/json', 'form-token': token };
  return await visitor.post(`${origin}/renewal`, { unproven: 'keep', ...form }, fields);
}

async function tokenOf({ visitor, origin }: InSession): Promise<string> {
  return (await visitor.get(`${origin}/notices`)).formToken ?? '';
}

const base64 = (der: Uint8Array) => Buffer.from(der).toString('base64');

suite('bad requests', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    own = await customer();
    session = await loggedIn(koshin, own);
  });

  for (const { name, make, code, status } of REFUSED) {
    test(`更新 with ${name} is refused: ${code}`, async () => {
      const request = base64(await make());
      const earlier = await statesOf(own, koshin);
      const answer = await send(session, await tokenOf(session), { request });
      assert.deepEqual([answer.status, codeOf(answer)], [status, code]);
      assertNoInternals(answer);
      assert.deepEqual(await statesOf(own, koshin), earlier);
      const { inquiry } = JSON.parse(answer.body) as { inquiry: string };
      const [entry] = await entriesOf({ ...answer, inquiry }, koshin);
      assert.equal(entry?.event, 'request-refused');
      assert.equal(entry?.user_id, own.certificate.identity.user);
      assert.equal(entry?.detail['code'], code);
      // Nothing is lost: the next request, a good one, is answered with a certificate.
      assert.equal((await renew(session, newKey())).answer.status, 200);
    });
  }

  for (const { name, form } of [
    { name: 'PEM', form: { request: '-----BEGIN CERTIFICATE REQUEST-----' } },
    { name: 'base64url', form: { request: Buffer.alloc(9, 0xff).toString('base64url') } },
    { name: 'no request at all', form: {} },
  ]) {
    test(`更新 with ${name} is refused: malformed`, async () => {
      const answer = await send(session, await tokenOf(session), form);
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'malformed']);
    });
  }

  test('更新 that does not say what becomes of a successor, or says something else, is refused', async () => {
    const token = await tokenOf(session);
    for (const unproven of ['', 'Keep', 'delete']) {
      const answer = await send(session, token, { request: base64(good()), unproven });
      assert.equal(codeOf(answer), 'invalid-input');
    }
    assert.deepEqual(await statesOf(own, koshin), ['current']);
  });

  test('who asks for serverAuth, another’s subject, slot or user gets their own profile', async () => {
    const made = pair('P-256');
    const other = await customer();
    const asked = {
      subject: makeName([{ type: OID.commonName, value: other.certificate.commonName }]).der,
      extensions: [extensionNode(extendedKeyUsageExtension([OID.serverAuth]))],
    };
    const form = {
      request: base64(requestOf(made, OID.ecdsaWithSha256, asked)),
      user: other.certificate.identity.user,
      contract: '99999999999',
      slot: '2',
      notAfter: '2099-12-31',
    };
    const answer = await send(session, await tokenOf(session), form);
    assert.equal(answer.status, 200);
    const { certificate } = JSON.parse(answer.body) as { certificate: string };
    const issued = parseCertificate(new Uint8Array(Buffer.from(certificate, 'base64')));
    const first = parseCertificate(decodePem(own.shows.cert, 'CERTIFICATE'));
    assert.equal(showName(issued.subject), showName(first.subject).replace(' 2028-01', ' 2029-01'));
    assert.deepEqual(issued.extensions.extendedKeyUsage, [OID.clientAuth]);
    assert.deepEqual(await statesOf(own, koshin), ['current', 'issued']);
    assert.deepEqual(await statesOf(other, koshin), ['current']);
  });

  const LATE: readonly { name: string; become: () => Promise<void>; code: string }[] = [
    {
      name: 'a suspended certificate',
      become: async () => await suspendCertificates({ ...own.certificate, by: 'test' }, needs()),
      code: 'suspended',
    },
    {
      name: 'a revoked certificate',
      become: async () => await revokeCertificates({ ...own.certificate, by: 'test' }, needs()),
      code: 'revoked',
    },
    {
      name: 'a superseded certificate',
      become: async () => {
        const { shows } = await renew(session, newKey());
        const begun = await beginProof(session);
        await presentProof(koshin, begun, { origin: session.origin, shows });
      },
      code: 'superseded',
    },
    {
      name: 'an expired certificate',
      become: async () => await Promise.resolve(koshin.clock.set(AFTER_THE_END)),
      code: 'expired',
    },
  ];
  for (const { name, become, code } of LATE) {
    test(`更新 by ${name}, with the session and the page of before, is refused: ${code}`, async () => {
      const token = await tokenOf(session);
      await become();
      const earlier = await statesOf(own, koshin);
      const answer = await send(session, token, { request: base64(good()) });
      assert.deepEqual([answer.status, codeOf(answer)], [403, code]);
      assert.deepEqual(await statesOf(own, koshin), earlier);
    });
  }

  for (const { name, shows, code } of [
    { name: 'nobody', shows: () => undefined, code: 'no-certificate' },
    { name: 'who has a certificate and no session', shows: () => own.shows, code: 'session-ended' },
  ]) {
    test(`更新 by direct POST of ${name} is refused: ${code}`, async () => {
      const visitor = visitorOf(koshin, shows());
      const { origin } = session;
      const answer = await send({ visitor, origin }, '', { request: base64(good()) });
      assert.deepEqual([answer.status, codeOf(answer)], [403, code]);
      assert.deepEqual(await statesOf(own, koshin), ['current']);
    });
  }

  test('更新 with the session of one user on the connection of another is refused', async () => {
    const other = await customer();
    const token = await tokenOf(session);
    const cookie = `__Host-session=${session.visitor.cookie(session.origin, '__Host-session')}`;
    const fields = { accept: 'application/json', 'form-token': token, cookie };
    const form = { request: base64(good()), unproven: 'keep' };
    const visitor = visitorOf(koshin, other.shows);
    const answer = await visitor.post(`${session.origin}/renewal`, form, fields);
    assert.equal(codeOf(answer), 'certificate-changed');
    assert.deepEqual(await statesOf(own, koshin), ['current']);
    assert.deepEqual(await statesOf(other, koshin), ['current']);
  });
});
