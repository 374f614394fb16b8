// Moving in: people hold another CA's certificates. It is accepted by its key, a thousand of its certificates are imported,
// people log in with theirs, and their first renewal moves them to ours; then the former CA is switched off.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { nodeVerifier } from '../../src/keys/node-verifier.ts';
import { sha256 } from '../../src/operations/certify.ts';
import { switchOffFormerAuthority } from '../../src/operations/former-authority.ts';
import { findByInquiry } from '../../src/store/audit-log.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { decodePem } from '../../src/x509/pem.ts';
import { verifyCertificateSignature } from '../../src/x509/signature.ts';
import { enter, submitPin, visitorOf } from '../system/customers.ts';
import { loggedInByPasskey, proveOnDevice, renewOnDevice } from '../system/device-client.ts';
import { FormerCa, type FormerHolding } from '../system/former-ca.ts';
import { acceptedIssuersOf } from '../system/handshake.ts';
import {
  acceptFormer,
  certificateCount,
  importLines,
  needsOf,
  pageFor,
  register,
  sessionFor,
  told,
  untilNamed,
  wholeLine,
} from '../system/moving.ts';
import { beginProof, newKey, presentProof, renew } from '../system/renewal-client.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import type { ClientIdentity } from '../system/visitor.ts';

const PEOPLE = 1_000;
const PIN_HEADING = '利用者暗証番号の入力';

let koshin: TestKoshin;
let former: FormerCa;
/** The ten with certificates by openssl, of several kinds; the rest only fill the list. */
let ten: readonly Held[];

type Held = { readonly user: string; readonly holding: FormerHolding };

/** What former CAs put into certificates, all of which may be shown here. */
const KINDS = [
  { key: 'rsa:2048' },
  { key: 'rsa:3072', extensions: 'extendedKeyUsage=clientAuth,emailProtection\n' },
  { key: 'ec:P-256' },
  { key: 'ec:P-384', extensions: 'keyUsage=critical,digitalSignature,nonRepudiation\n' },
  { key: 'ec:P-256', extensions: 'basicConstraints=CA:FALSE\n' },
  { key: 'ec:P-256', extensions: 'extendedKeyUsage=anyExtendedKeyUsage\n' },
  { key: 'ec:P-256', extensions: 'keyUsage=digitalSignature,keyEncipherment\n' },
  { key: 'ec:P-256', extensions: 'subjectAltName=email:taro@example.jp\n' },
  { key: 'ec:P-256', more: ['-sha512'] },
  { key: 'ec:P-256', extensions: 'certificatePolicies=1.2.392.200091.1\n' },
] as const;

const ours = new Map<string, ClientIdentity>();

suite('moving in from a former CA', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    former = await FormerCa.open();
    ten = await Promise.all(
      KINDS.map(async (kind, i) => {
        const user = `user${i + 1}`;
        return { user, holding: await former.issue(`/O=Sakura/CN=kyu-${user}`, kind) };
      }),
    );
    for (let i = 1; i <= PEOPLE; i += 1) await register(`user${i}`, koshin);
  });
  after(async () => {
    await former[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  test('before it is accepted, its certificates are those of another service', async () => {
    assert.equal(await headingOf(first().holding), '別のサービスの電子証明書です');
  });

  test('accepted by its key, it is named in the handshake of this institution alone, without a restart', async () => {
    await acceptFormer(former, koshin);
    const named = await untilNamed(true, koshin);
    assert.ok(named.includes('Kyu Ninsho CA G2'));
    const others = await acceptedIssuersOf(koshin, koshin.betsu.membersDomain);
    assert.ok(!others.includes('Kyu Ninsho CA G2'));
  });

  test('one that was not imported is refused, and the help desk finds it by its number', async () => {
    const answer = await pageFor(first().holding, koshin);
    assert.equal(answer.heading, 'この電子証明書は、お使いいただけません');
    const [entry] = await findByInquiry(answer.inquiry ?? '', koshin.house.db);
    assert.equal(entry?.detail['code'], 'unknown-certificate');
    assert.equal(entry?.detail['subject'], 'kyu-user1');
  });

  test('a thousand are imported, the first five by their number alone', async () => {
    const rows = ten.map(({ user, holding }, i) =>
      i < 5 ? numbered(user, holding, i) : wholeLine(user, holding),
    );
    for (let i = rows.length + 1; i <= PEOPLE; i += 1) {
      rows.push(wholeLine(`user${i}`, former.stamp(`kyu-user${i}`)));
    }
    const tried = await importLines(rows, { mode: 'try' }, koshin);
    assert.deepEqual(told(tried), { imported: PEOPLE, numbered: 5, leftOut: 0, faults: [] });
    assert.equal(await certificateCount(koshin), 0);
    const done = await importLines(rows, {}, koshin);
    assert.deepEqual(told(done), { imported: PEOPLE, numbered: 5, leftOut: 0, faults: [] });
    assert.equal(await certificateCount(koshin), PEOPLE);
    const again = await importLines(rows, {}, koshin);
    assert.deepEqual(told(again), { imported: 0, numbered: 0, leftOut: PEOPLE, faults: [] });
  });

  for (const [i] of KINDS.entries()) {
    test(`person ${i + 1} logs in with the certificate they have and the PIN`, async () => {
      const { user, holding } = heldBy(i);
      const visitor = visitorOf(koshin, holding.shows);
      const page = await enter(visitor, koshin.mihon, koshin);
      assert.equal(page.heading, PIN_HEADING);
      assert.match(page.text, new RegExp(` ${user} `));
      assert.match(page.text, /Kyu Ninsho CA G2/);
      const events = await eventsOf(user);
      assert.deepEqual(events, ['person-registered', 'certificate-imported'], 'nothing by looking');
      const answer = await submitPin(visitor, page, TEST_PIN);
      assert.equal(answer.location, '/notices', answer.text);
      const since = (await eventsOf(user)).slice(2);
      assert.deepEqual(since, i < 5 ? ['certificate-filled-in', 'logged-in'] : ['logged-in']);
      const { sha256: recorded, der } = await certificateOf(user);
      assert.deepEqual([...recorded], [...sha256(holding.der)]);
      assert.deepEqual([...der], [...holding.der]);
    });
  }

  test('the renewal is open at once and announced; its successor is ours, and ends as policy says', async () => {
    const { holding } = heldBy(0);
    const session = await sessionFor(holding, koshin);
    const notices = await session.visitor.get(`${session.origin}/notices`);
    assert.match(notices.text, /電子証明書の更新をお願いします/);
    const renewed = await renew(session, newKey());
    assert.equal(renewed.answer.status, 200, renewed.answer.text);
    const successor = parseCertificate(decodePem(renewed.shows.cert, 'CERTIFICATE'));
    const { authority } = koshin.mihon;
    verifyCertificateSignature(successor, authority.issuer.publicKey, nodeVerifier);
    // The former one's last day and a year; no more than 400 days from now.
    assert.match(renewed.name, /^00012345678 user1 1394 2028-0[12]$/);
    assert.equal(await headingOf(holding), PIN_HEADING, 'nothing is taken away yet');
  });

  for (const [i] of KINDS.entries()) {
    test(`person ${i + 1} renews, proves the new certificate, and holds ours`, async () => {
      const { user, holding } = heldBy(i);
      const session = await sessionFor(holding, koshin);
      const renewed = await renew(session, newKey(), i === 0 ? 'replace' : 'keep');
      assert.equal(renewed.answer.status, 200, renewed.answer.text);
      const begun = await beginProof(session);
      const { shows } = renewed;
      const proved = await presentProof(koshin, begun, { origin: session.origin, shows });
      assert.equal(proved.answer.location, '/renewal/completed');
      ours.set(user, shows);
      assert.equal(await headingOf({ shows }), PIN_HEADING);
      const old = await pageFor(holding, koshin);
      assert.equal(old.heading, '新しい電子証明書をお選びください');
      assert.match(old.text, new RegExp(`00012345678 ${user} 1394 2028-0`));
      assert.ok((await eventsOf(user)).includes('certificate-superseded'));
    });
  }

  test('a certificate of that name by another key is one of another service', async () => {
    await using impostor = await FormerCa.open();
    const forged = await impostor.issue('/O=Sakura/CN=kyu-user1');
    assert.equal(await headingOf(forged), '別のサービスの電子証明書です');
  });

  test('another institution that has not accepted it knows nothing of its certificates', async () => {
    const { shows } = heldBy(9).holding;
    const answer = await enter(visitorOf(koshin, shows), koshin.betsu, koshin);
    assert.equal(answer.heading, '別のサービスの電子証明書です');
  });

  test('the first renewal moves people to a passkey of their device as well', async () => {
    const held = former.stamp('kyu-tanmatsu1');
    await register('tanmatsu1', koshin);
    await importLines([wholeLine('tanmatsu1', held)], {}, koshin);
    const members = { ...(await sessionFor(held, koshin)), fresh: '' };
    const passkey = new SoftwarePasskey();
    const wanted = await renewOnDevice(members, passkey);
    assert.equal(wanted.status, 200, wanted.body);
    const proved = await proveOnDevice(members, passkey, wanted);
    assert.equal(proved.status, 200, proved.body);
    await loggedInByPasskey(koshin, { passkey });
    assert.equal(await headingOf(held), '新しい電子証明書をお選びください');
  });

  test('switched off: it holds for the next request', async () => {
    const last = heldBy(0).user;
    const waiting = { user: 'user11', holding: former.stamp('kyu-none') };
    await register('matsu1', koshin);
    await importLines([wholeLine('matsu1', waiting.holding)], {}, koshin);
    const session = await sessionFor(waiting.holding, koshin);
    const issuer = sha256(parseCertificate(former.der).subjectPublicKeyInfo.der);
    const key = { institution: '1394', issuer };
    const { notMoved } = await switchOffFormerAuthority(key, needsOf(koshin));
    assert.equal(notMoved, PEOPLE - KINDS.length + 1);
    const ended = await session.visitor.get(`${session.origin}/notices`);
    assert.equal(ended.heading, 'この電子証明書の受け付けは、終わりました');
    const page = await pageFor(waiting.holding, koshin);
    assert.equal(page.heading, 'この電子証明書の受け付けは、終わりました');
    assert.match(page.body, /href="[^"]*\/acquire"/);
    const [entry] = await findByInquiry(page.inquiry ?? '', koshin.house.db);
    assert.equal(entry?.detail['code'], 'authority-ended');
    await untilNamed(false, koshin);
    const none = await enter(visitorOf(koshin), koshin.mihon, koshin);
    assert.equal(none.heading, '電子証明書が届きませんでした');
    assert.match(none.text, /「Kyu Ninsho CA G2」が発行した電子証明書は、受け付けを終わったため/);
    assert.equal(await headingOf(heldBy(0).holding), '新しい電子証明書をお選びください');
    const shows = ours.get(last);
    assert.ok(shows);
    assert.equal(await headingOf({ shows }), PIN_HEADING, 'ours goes on');
    await assert.rejects(importLines([wholeLine('matsu1', former.stamp('x'))], {}, koshin), {
      message: '1394 accepts no former CA',
    });
    await assert.rejects(switchOffFormerAuthority(key, needsOf(koshin)), { code: 'invalid-input' });
  });
});

async function eventsOf(user: string): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('audit_entry')
    .select('event')
    .where('user_id', '=', user)
    .orderBy('entry')
    .execute();
  return rows.map(({ event }) => event);
}

async function certificateOf(user: string) {
  return await koshin.house.db
    .selectFrom('certificate')
    .select(['sha256', 'der'])
    .where('user_id', '=', user)
    .executeTakeFirstOrThrow();
}

function first(): Held {
  return heldBy(0);
}

function heldBy(i: number): Held {
  const held = ten[i];
  if (held === undefined) throw new Error('there are ten');
  return held;
}

/** The number in the notations in which CAs write it. */
function numbered(user: string, { serial, notAfter }: FormerHolding, i: number): string {
  const plain = serial.replace(/^00/, '');
  const ends = notAfter.toISOString();
  if (i === 0) return `${TEST_CONTRACT},${user},,,${BigInt(`0x${plain}`)},${ends}`;
  const written = [plain, `0x${plain}`, plain.toUpperCase(), plain.replaceAll(/..(?=.)/g, '$&:')];
  return `${TEST_CONTRACT},${user},,${written[i - 1]},,${ends}`;
}

async function headingOf(holding: Pick<FormerHolding, 'shows'>): Promise<string> {
  return (await pageFor(holding, koshin)).heading;
}
