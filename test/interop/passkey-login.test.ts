// One key: openssl alone, given what the database holds, verifies that a recorded login was signed by the key
// of the issued certificate, and that the certificate's chain is the bank's. Nothing of ours judges.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { listAuthorities } from '../../src/store/institutions.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { openssl, opensslAccepts, opensslOctets } from '../openssl.ts';
import { loggedInByPasskey, makeDeviceCustomer } from '../system/device-client.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import { Folder, unlessInstalled } from './programs.ts';

type Recorded = {
  readonly authenticatorData: string;
  readonly clientDataJson: string;
  readonly signature: string;
};

let koshin: TestKoshin;
const folder = new Folder();

suite('a login by passkey, judged by openssl', { skip: unlessInstalled('openssl') }, () => {
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
      const { pem, recorded } = await recordOf(user);
      const certificate = folder.file(`${user}.pem`);
      writeFileSync(certificate, pem);
      writeFileSync(
        folder.file('key.pem'),
        openssl(['x509', '-in', certificate, '-noout', '-pubkey']),
      );
      writeFileSync(folder.file('signature'), Buffer.from(recorded.signature, 'base64'));
      const client = Buffer.from(recorded.clientDataJson, 'base64');
      assert.match(client.toString(), /"origin":"https:\/\/login\.mihon\.localhost/);
      assert.ok(isSigned(recorded, client));
      assert.ok(!isSigned(recorded, Buffer.from(client.toString().replace('mihon', 'nihon'))));
      assert.match(
        openssl([
          ...['verify', '-x509_strict', '-purpose', 'sslclient', '-no_check_time'],
          ...['-CAfile', folder.file('root.pem'), '-untrusted', folder.file('issuing.pem')],
          certificate,
        ]),
        /: OK/,
      );
    });
  }
});

/** As the relying party of W3C WebAuthn §7.2 does: over authenticator data and the digest of client data. */
function isSigned({ authenticatorData }: Recorded, client: Uint8Array): boolean {
  const digest = opensslOctets(['dgst', '-sha256', '-binary'], client);
  const message = Buffer.concat([Buffer.from(authenticatorData, 'base64'), digest]);
  const [key, signature] = [folder.file('key.pem'), folder.file('signature')];
  return opensslAccepts(['dgst', '-sha256', '-verify', key, '-signature', signature], message);
}

async function recordOf(user: string): Promise<{ pem: string; recorded: Recorded }> {
  const { db } = koshin.house;
  const { der } = await db
    .selectFrom('certificate')
    .select('der')
    .where('user_id', '=', user)
    .where('state', '=', 'current')
    .executeTakeFirstOrThrow();
  const { detail } = await db
    .selectFrom('audit_entry')
    .select('detail')
    .where('user_id', '=', user)
    .where('event', '=', 'logged-in')
    .orderBy('entry', 'desc')
    .executeTakeFirstOrThrow();
  const text = (name: keyof Recorded) => String(detail[name]);
  return {
    pem: encodePem(der, 'CERTIFICATE'),
    recorded: {
      authenticatorData: text('authenticatorData'),
      clientDataJson: text('clientDataJson'),
      signature: text('signature'),
    },
  };
}
