// One key: openssl alone, given what the database holds, verifies that a recorded login, and each change that a
// touch authorised, was signed by the key of the certificate that the record names, and that the certificate's
// chain is the bank's. Nothing of ours judges.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { listAuthorities } from '../../src/store/institutions.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { openssl, opensslAccepts, opensslOctets } from '../openssl.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import {
  change,
  type DeviceSession,
  loggedInByPasskey,
  makeDeviceCustomer,
  proveOnDevice,
  renewOnDevice,
  touchAgain,
} from '../system/device-client.ts';
import { newKey } from '../system/renewal-client.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import { Folder, unlessInstalled } from './programs.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';

/** What an entry of the audit log says was signed. */
type Recorded = {
  readonly event: string;
  /** SHA-256 of the certificate concerned, and of the one whose key signed, hexadecimal. */
  readonly certificate: string;
  readonly signedBy: string;
  readonly authenticatorData: string;
  readonly clientDataJson: string;
  readonly signature: string;
};

let koshin: TestKoshin;
const folder = new Folder();

suite('what a passkey signed, judged by openssl', { skip: unlessInstalled('openssl') }, () => {
  before(async () => {
    koshin = await openTestKoshin();
    for (const { purpose, certificate } of await listAuthorities('1394', koshin.house.db)) {
      writeFileSync(folder.file(`${purpose}.pem`), encodePem(certificate, 'CERTIFICATE'));
    }
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  for (const kind of ['ES256', 'RS256'] as const) {
    test(`${kind}: signature and chain are good, and one octet of the page's address matters`, async () => {
      const user = kind.toLowerCase();
      const passkey = new SoftwarePasskey(kind);
      const holding = await makeDeviceCustomer(user, koshin, { passkey });
      await loggedInByPasskey(koshin, holding);
      const recorded = (await signedBy(user)).at(-1);
      assert.ok(recorded !== undefined && recorded.event === 'logged-in');
      assert.equal(recorded.signedBy, recorded.certificate);
      const client = Buffer.from(recorded.clientDataJson, 'base64');
      assert.match(client.toString(), /"origin":"https:\/\/login\.mihon\.localhost/);
      const certificate = await certificateOf(recorded.signedBy);
      assert.ok(isSigned(recorded, certificate));
      const elsewhere = Buffer.from(client.toString().replace('mihon', 'nihon'));
      const changed = { ...recorded, clientDataJson: elsewhere.toString('base64') };
      assert.ok(!isSigned(changed, certificate));
      assert.match(
        openssl([
          ...['verify', '-x509_strict', '-purpose', 'sslclient', '-no_check_time'],
          ...['-CAfile', folder.file('root.pem'), '-untrusted', folder.file('issuing.pem')],
          certificate,
        ]),
        /: OK/,
      );
    });

    test(`${kind}: every change that a touch authorised is recorded with it`, async () => {
      const user = `touched${kind}`.toLowerCase();
      const { session, passkey } = await touched(user, new SoftwarePasskey(kind));
      await renewOnDevice(session, new SoftwarePasskey(kind));
      const successor = new SoftwarePasskey(kind);
      const wanted = await renewOnDevice(session, successor, { unproven: 'replace' });
      // Another touch, so that each change is recorded with the last before it.
      await touchAgain(session, passkey);
      assert.equal((await proveOnDevice(session, successor, wanted)).status, 200);
      const recorded = (await signedBy(user)).slice(-5);
      const [first, second] = await certificatesOf(user);
      assert.deepEqual(
        recorded.map(({ event, signedBy: by }) => [event, by === first]),
        [
          ['certificate-issued', true],
          ['certificate-issued', true],
          ['certificate-replaced', true],
          ['certificate-superseded', true],
          ['logged-in', false],
        ],
      );
      assert.equal(recorded.at(-1)?.signedBy, second);
      for (const one of recorded) {
        assert.ok(isSigned(one, await certificateOf(one.signedBy)), one.event);
      }
    });
  }

  test('確認 begun in a session by passkey is recorded with the touch before it', async () => {
    const { session } = await touched('suzuki01', new SoftwarePasskey());
    await change(session, '/renewal', { request: newKey().request, unproven: 'keep' });
    await change(session, '/renewal/confirm', { 'proof-token': '' });
    const recorded = (await signedBy('suzuki01')).slice(-2);
    const [first] = await certificatesOf('suzuki01');
    assert.deepEqual(
      recorded.map(({ event, signedBy: by }) => [event, by === first]),
      [
        ['certificate-issued', true],
        ['proof-begun', true],
      ],
    );
    for (const one of recorded) assert.ok(isSigned(one, await certificateOf(one.signedBy)));
  });

  test('what an administrator does for others is recorded with the touch before it', async () => {
    koshin.clock.set(ISSUED);
    const passkey = new SoftwarePasskey();
    await makeDeviceCustomer('kanri01', koshin, { passkey, role: 'administrator' });
    await makeCustomer('sato03', koshin);
    const session = await loggedInByPasskey(koshin, { passkey });
    const asked = { user: 'tanaka04', name: '田中 花子' };
    const registered = await change(session, '/company/register', asked);
    assert.equal(registered.status, 200, registered.text);
    const suspended = await change(session, '/company/users/sato03/suspend', { slot: '1' });
    assert.equal(suspended.status, 303, suspended.text);
    const [own] = await certificatesOf('kanri01');
    const recorded = [...(await signedBy('tanaka04')), ...(await signedBy('sato03'))];
    assert.deepEqual(
      recorded.map(({ event, signedBy: by }) => [event, by === own]),
      [
        ['person-registered', true],
        ['acquisition-offered', true],
        ['certificate-suspended', true],
      ],
    );
    for (const one of recorded) assert.ok(isSigned(one, await certificateOf(one.signedBy)));
  });

  test('a proof that is handed over is recorded with its signature before anybody arrives', async () => {
    koshin.clock.set(ISSUED);
    const file = await makeCustomer('tanaka02', koshin);
    koshin.clock.set(IN_WINDOW);
    const members = { ...(await loggedIn(koshin, file)), fresh: '' };
    const passkey = new SoftwarePasskey();
    const wanted = await renewOnDevice(members, passkey);
    assert.equal((await proveOnDevice(members, passkey, wanted)).status, 200);
    const recorded = await signedBy('tanaka02');
    assert.deepEqual(
      recorded.map(({ event }) => event),
      ['certificate-proved'],
    );
    for (const one of recorded) {
      assert.equal(one.signedBy, one.certificate);
      assert.ok(isSigned(one, await certificateOf(one.signedBy)));
    }
  });
});

/** A person in a session whose last touch was asked for, not that of the login. */
async function touched(
  user: string,
  passkey: SoftwarePasskey,
): Promise<{ readonly session: DeviceSession; readonly passkey: SoftwarePasskey }> {
  koshin.clock.set(ISSUED);
  const holding = await makeDeviceCustomer(user, koshin, { passkey });
  koshin.clock.set(IN_WINDOW);
  const session = await loggedInByPasskey(koshin, holding);
  assert.equal((await touchAgain(session, passkey)).status, 200);
  return { session, passkey };
}

/** As the relying party of W3C WebAuthn §7.2 does: over authenticator data and the digest of client data. */
function isSigned(recorded: Recorded, certificate: string): boolean {
  const [key, signature] = [folder.file('key.pem'), folder.file('signature')];
  writeFileSync(key, openssl(['x509', '-in', certificate, '-noout', '-pubkey']));
  writeFileSync(signature, Buffer.from(recorded.signature, 'base64'));
  const client = Buffer.from(recorded.clientDataJson, 'base64');
  const digest = opensslOctets(['dgst', '-sha256', '-binary'], client);
  const message = Buffer.concat([Buffer.from(recorded.authenticatorData, 'base64'), digest]);
  return opensslAccepts(['dgst', '-sha256', '-verify', key, '-signature', signature], message);
}

/** The file of a certificate, by its SHA-256. */
async function certificateOf(sha256: string): Promise<string> {
  const { der } = await koshin.house.db
    .selectFrom('certificate')
    .select('der')
    .where('sha256', '=', Buffer.from(sha256, 'hex'))
    .executeTakeFirstOrThrow();
  const file = folder.file(`${sha256}.pem`);
  writeFileSync(file, encodePem(der, 'CERTIFICATE'));
  return file;
}

/** SHA-256 of the certificates of a person that were ever current, the first one first. */
async function certificatesOf(user: string): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('certificate')
    .select('sha256')
    .where('user_id', '=', user)
    .where('proved_at', 'is not', null)
    .orderBy('proved_at')
    .execute();
  return rows.map(({ sha256 }) => Buffer.from(sha256).toString('hex'));
}

/** The entries about a person that hold a signature, oldest first; unless they name another, of their certificate. */
async function signedBy(user: string): Promise<readonly Recorded[]> {
  const rows = await koshin.house.db
    .selectFrom('audit_entry')
    .select(['event', 'certificate', 'detail'])
    .where('user_id', '=', user)
    .orderBy('entry')
    .execute();
  return rows
    .filter(({ detail }) => 'signature' in detail)
    .map(({ event, certificate, detail }) => {
      const own = Buffer.from(certificate ?? []).toString('hex');
      return {
        event,
        certificate: own,
        signedBy: 'signedBy' in detail ? String(detail['signedBy']) : own,
        authenticatorData: String(detail['authenticatorData']),
        clientDataJson: String(detail['clientDataJson']),
        signature: String(detail['signature']),
      };
    });
}
