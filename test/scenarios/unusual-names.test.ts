// Names that break what takes them for markup, for ASCII or for one unit a character: pages show them as text,
// and certificate and file are read by openssl, GnuTLS and Java as they are.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import { makePkcs12, type Pkcs12Variant } from '../../src/cms/make-pkcs12.ts';
import { parseFounding } from '../../src/operations/parse-founding.ts';
import { registerPerson } from '../../src/operations/register-person.ts';
import { sampleInstitution } from '../../src/sample/institution.ts';
import { connectionTo } from '../../src/store/database-address.ts';
import { decodePem, decodePemAll } from '../../src/x509/pem.ts';
import { Folder, output, unlessInstalled } from '../interop/programs.ts';
import { type Holding, loggedIn, makeCustomer } from '../system/customers.ts';
import { newKey, renew } from '../system/renewal-client.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';

const BANK = `<b>"みほん"</b> & 髙﨑'𠮷' 🏦 信金`;
const NAMES = [
  { kind: 'HTML', name: '<script>alert(1)</script><img src=x onerror=alert(2)>' },
  { kind: 'quotes', name: `"'\`&quot;&amp;&lt;\${x}` },
  { kind: 'emoji', name: '😀🏦 商事' },
  { kind: 'a character outside the BMP', name: '𠮷野家 𩸽' },
  { kind: 'compatibility characters', name: '髙橋﨑 ㈱ ①' },
  { kind: 'a combining mark', name: 'か\u3099くや' },
  { kind: 'right-to-left letters', name: 'שלום مرحبا' },
  { kind: 'the longest name', name: '鈴'.repeat(200) },
];
const UNSHOWABLE = ['み\u202eほん', 'み\u200fほん', 'み\u2066ほん', 'み\u0000ほん', 'み\u200bほん'];
// First certificates end a year on; the renewal window opens 30 days before. GnuTLS and Java know the
// machine's time alone.
const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = new Date();
const ISSUED = new Date(NOW.getTime() - 345 * DAY_MS);
const PASSWORD = 'k7fm-x2qp-9hdn-4vtr';

type Answered = {
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly friendlyName: string;
  readonly fileName: string;
};

let koshin: TestKoshin;
let own: Holding;
let answered: Answered;
let keyPem: string;
const folder = new Folder();

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };

/** What a browser makes of the text of a page, each reference once. */
function unescaped(markup: string): string {
  return markup
    .replaceAll('<wbr>', '')
    .replaceAll(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
      if (name !== undefined) return NAMED[String(name)] ?? String(whole);
      const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      return String.fromCodePoint(code);
    });
}

async function nameCompany(name: string): Promise<void> {
  const client = new pg.Client(connectionTo(koshin.owner));
  await client.connect();
  await client.query('update contract set name = $1', [name]);
  await client.end();
}

async function fileOf(variant: Pkcs12Variant): Promise<string> {
  const octets = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
  const file = folder.file(`${variant}.p12`);
  const made = await makePkcs12({
    privateKeyPkcs8: decodePem(keyPem, 'PRIVATE KEY'),
    certificate: octets(answered.certificate),
    chain: answered.chain.map(octets),
    friendlyName: answered.friendlyName,
    password: PASSWORD,
    variant,
  });
  writeFileSync(file, made);
  return file;
}

suite('unusual names', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ now: ISSUED, name: BANK });
    own = await makeCustomer('suzuki01', koshin);
    koshin.clock.set(NOW);
    const key = newKey();
    const { answer } = await renew(await loggedIn(koshin, own), key);
    assert.equal(answer.status, 200);
    answered = JSON.parse(answer.body) as Answered;
    ({ keyPem } = key);
    writeFileSync(folder.file('new.der'), Buffer.from(answered.certificate, 'base64'));
  });
  after(async () => {
    folder[Symbol.dispose]();
    await koshin[Symbol.asyncDispose]();
  });

  for (const [index, { kind, name }] of NAMES.entries()) {
    test(`${kind} in the names of company and person is shown as text`, async () => {
      const { house, clock } = koshin;
      clock.set(ISSUED);
      const around = `  ${name}\u3000`;
      const holding = await makeCustomer(`named${index}`, koshin, { name: around });
      clock.set(NOW);
      await nameCompany(name);
      const { visitor, origin } = await loggedIn(koshin, holding);
      for (const path of ['/notices', '/renewal']) {
        const { body, status } = await visitor.get(origin + path);
        assert.equal(status, 200);
        const shown = unescaped(body).split(name).length - 1;
        assert.ok(shown >= 2, `${path} shows the name ${shown} times`);
        assert.ok(!/<script>|<img|<b>"みほん/.test(body), 'no markup comes of it');
        assert.ok(unescaped(body).includes(BANK));
      }
      const person = await house.db
        .selectFrom('person')
        .select('name')
        .where('user_id', '=', `named${index}`)
        .executeTakeFirstOrThrow();
      assert.equal(person.name, name, 'without the spaces around it');
    });
  }

  for (const name of UNSHOWABLE) {
    test(`${JSON.stringify(name)}, which turns or hides what is read, is registered nowhere`, async () => {
      const identity = { institution: '1394', contract: TEST_CONTRACT, user: 'hidden01' };
      const needs = { ...koshin.house, clock: koshin.clock };
      const person = { identity, name, role: 'user', pin: TEST_PIN } as const;
      await assert.rejects(registerPerson(person, needs), { code: 'invalid-input' });
      const institution = { ...sampleInstitution(8080), rootName: 'a', issuingName: 'b' };
      const text = JSON.stringify({ ...institution, name });
      assert.throws(() => parseFounding(text), { code: 'invalid-input' });
    });
  }

  test('a bank’s name goes into the certificate octet for octet', {
    skip: unlessInstalled('openssl'),
  }, () => {
    const show = ['-noout', '-subject', '-nameopt', 'utf8,sep_multiline'];
    const said = output('openssl', [
      'x509',
      '-inform',
      'der',
      '-in',
      folder.file('new.der'),
      ...show,
    ]);
    assert.ok(said.includes(`O=${BANK}\n`), said);
  });

  test('GnuTLS reads the name in the certificate', { skip: unlessInstalled('certtool') }, () => {
    const said = output('certtool', ['-i', '--inder', '--infile', folder.file('new.der')]);
    assert.ok(
      said.includes('髙﨑') && said.includes('𠮷') && said.includes('🏦'),
      said.slice(0, 500),
    );
  });

  test('the file’s name is one that every system takes', () => {
    assert.match(answered.fileName, /^[^<>:"/\\|?*\p{Cc}]+_suzuki01_[0-9-]+\.p12$/u);
    assert.ok(answered.fileName.includes('髙﨑'));
    assert.ok(answered.friendlyName.startsWith(BANK));
  });

  for (const variant of ['standard', 'compatible'] as const) {
    test(`openssl and GnuTLS open the ${variant} file and name it as the bank is called`, {
      skip: unlessInstalled('certtool') || unlessInstalled('openssl'),
    }, async () => {
      const file = await fileOf(variant);
      const opened = ['pkcs12', '-in', file, '-passin', `pass:${PASSWORD}`, '-noenc'];
      assert.equal(decodePemAll(output('openssl', opened), 'CERTIFICATE').length, 2);
      const info = ['--p12-info', '--inder', '--infile', file, '--password', PASSWORD];
      assert.ok(output('certtool', info).includes(`Friendly name: ${answered.friendlyName}`));
    });

    test(`Java opens the ${variant} file`, { skip: unlessInstalled('keytool') }, async () => {
      const store = ['-keystore', await fileOf(variant), '-storepass', PASSWORD];
      const listed = output('keytool', ['-list', '-v', '-storetype', 'PKCS12', ...store]);
      assert.match(listed, /PrivateKeyEntry/);
      assert.ok(listed.includes('髙﨑'), listed.slice(0, 500));
    });
  }
});
