// No secret is certified twice, and no key that is known to be unsafe: the database itself says so.
import assert from 'node:assert/strict';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { identifyingOctets } from '../../src/ca/identifying-octets.ts';
import { issueFirstCertificate, renewCertificate } from '../../src/operations/issue-certificate.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { connectionTo, type DatabaseAddress } from '../../src/store/database-address.ts';
import { migrate, SCHEMA_FOLDER } from '../../src/store/migrate.ts';
import type { VerifiedCsr } from '../../src/x509/certification-request.ts';
import { parsePublicKey } from '../../src/x509/public-key.ts';
import { sampleKey } from '../sample-keys.ts';
import { openTestBank, type TestBank } from './test-bank.ts';
import { openTestDatabase, quietLog } from './test-database.ts';

const IN_WINDOW = '2027-12-20T03:00:00Z';
// FIPS 186-5, SP 800-186 §3.2.1.3: field and order of P-256.
const FIELD = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

async function asOwner<T>(address: DatabaseAddress, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client(connectionTo(address));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function issue(user: string, key: VerifiedCsr, world: TestBank) {
  const slot = { identity: await world.register(user), slot: 1 };
  return await issueFirstCertificate({ slot, key }, world.bank, world);
}

async function renew(current: UserCertificate, key: VerifiedCsr, world: TestBank) {
  const asked = { current, key, waiting: undefined, unproven: 'keep', touch: null } as const;
  return await renewCertificate({ ...asked, policy: DEFAULT_POLICY }, world.bank, world);
}

/** The key whose secret is the negative: another point with the same x. */
function negativeOf(key: KeyObject): { privateKey: KeyObject; publicKey: KeyObject } {
  const jwk = key.export({ format: 'jwk' });
  const minus = (of: bigint, from: string | undefined): string => {
    const number = of - BigInt(`0x${Buffer.from(from ?? '', 'base64url').toString('hex')}`);
    return Buffer.from(number.toString(16).padStart(64, '0'), 'hex').toString('base64url');
  };
  const negative = { ...jwk, d: minus(ORDER, jwk.d), y: minus(FIELD, jwk.y) };
  const privateKey = createPrivateKey({ key: negative, format: 'jwk' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

test('a key and its negative are one key: neither is certified beside the other', async () => {
  await using world = await openTestBank();
  const customer = await world.customer('suzuki01');
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { csr } = makeRequest(keys);
  const { csr: negative } = makeRequest(negativeOf(keys.privateKey));
  assert.notDeepEqual(negative.publicKey.der, csr.publicKey.der);
  await issue('tanaka02', csr, world);
  await assert.rejects(issue('sato03', negative, world), { code: 'key-already-certified' });
  world.clock.set(IN_WINDOW);
  await assert.rejects(renew(customer.certificate, negative, world), {
    code: 'key-already-certified',
  });
});

test('a renewal asked again with the negative is not answered with the certificate that waits', async () => {
  await using world = await openTestBank();
  const { certificate } = await world.customer('suzuki01');
  world.clock.set(IN_WINDOW);
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const successor = await renew(certificate, makeRequest(keys).csr, world);
  const again = await renew(certificate, makeRequest(keys).csr, world);
  assert.deepEqual(new Uint8Array(again.certificate.sha256), successor.certificate.sha256);
  await assert.rejects(renew(certificate, makeRequest(negativeOf(keys.privateKey)).csr, world), {
    code: 'key-already-certified',
  });
});

test('a key on the list of unsafe keys is certified neither first nor as a successor', async () => {
  await using world = await openTestBank();
  const customer = await world.customer('suzuki01');
  const { csr } = makeRequest();
  const digest = createHash('sha256').update(csr.publicKey.der).digest();
  await asOwner(world.owner, async (client) => {
    const text = `insert into blocked_key (spki_sha256, reason) values ($1, 'published')`;
    await client.query(text, [digest]);
  });
  await assert.rejects(issue('tanaka02', csr, world), { code: 'key-blocked' });
  world.clock.set(IN_WINDOW);
  await assert.rejects(renew(customer.certificate, csr, world), { code: 'key-blocked' });
  const recorded = await world.db.selectFrom('certificate').select('sha256').execute();
  assert.equal(recorded.length, 1);
});

test('certificates that were there before get the identities that the program computes', async () => {
  await using before = await schemaUpTo(3);
  await using database = await openTestDatabase({ schemaFolder: before.folder });
  const keys = (['P-256', 'P-384', 'RSA'] as const).map((kind) => sampleKey(kind).spkiDer);
  await asOwner(database.superuser, async (client) => {
    await client.query('set session_replication_role = replica');
    for (const [serial, spki] of keys.entries()) await insertOld(serial, spki, client);
  });
  await migrate(database.owner, { log: quietLog });
  const { rows } = await asOwner(
    database.owner,
    async (client) =>
      await client.query<{ key_identity: Buffer }>(
        'select key_identity from certificate order by serial',
      ),
  );
  const wanted = keys.map((spki) => sha256(identifyingOctets(parsePublicKey(spki))));
  assert.deepEqual(
    rows.map((row) => row.key_identity.toString('hex')),
    wanted.map((digest) => digest.toString('hex')),
  );
});

async function insertOld(serial: number, spki: Uint8Array, client: pg.Client): Promise<void> {
  const der = Buffer.concat([Buffer.from('before'), spki, Buffer.from('after')]);
  await client.query(
    `insert into certificate (institution, issuer, serial, sha256, spki_sha256, der, contract, user_id,
       slot, common_name, home, state, not_before, not_after, issued_at)
     values ('1394', $1, $2, $3, $1, $4, '00012345678', $5, 1, 'name', 'file', 'issued',
       now(), now() + interval '1 day', now())`,
    [sha256(spki), Buffer.from([serial]), sha256(der), der, `user${serial}`],
  );
}

async function schemaUpTo(last: number): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'koshin-schema-'));
  const isWanted = (file: string) => Number(/(\d{4})-[^/]*\.sql$/.exec(file)?.[1] ?? 0) <= last;
  await cp(path.join(SCHEMA_FOLDER, 'migrations'), path.join(folder, 'migrations'), {
    recursive: true,
    filter: isWanted,
  });
  await writeFile(path.join(folder, 'grants.sql'), '');
  return { folder, [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true }) };
}

function sha256(octets: Uint8Array): Buffer {
  return createHash('sha256').update(octets).digest();
}
