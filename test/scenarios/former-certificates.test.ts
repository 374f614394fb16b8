// What is accepted of a former CA and of its certificates, and what is not: by what they say, by a line of the list, by
// what that CA has revoked.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { acceptFormerAuthority } from '../../src/operations/former-authority.ts';
import { type GivenPin, giveFirstPins } from '../../src/operations/give-first-pins.ts';
import { readFormerRevocations } from '../../src/operations/read-former-revocations.ts';
import { revokeCertificates } from '../../src/operations/withdraw-certificate.ts';
import { OUTSIDE_WINDOW } from '../../src/words/renewal.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { enter, submitPin, visitorOf } from '../system/customers.ts';
import { FormerCa, type FormerHolding } from '../system/former-ca.ts';
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
import {
  beginProof,
  type InSession,
  newKey,
  presentProof,
  renew,
} from '../system/renewal-client.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';

let koshin: TestKoshin;
let former: FormerCa;
let own: FormerHolding;
let moved: FormerHolding;

/** Certificates of that CA which are for something else. */
const NOT_FOR_LOGIN = [
  { name: 'a key for encryption only', extensions: 'keyUsage=critical,keyEncipherment\n' },
  { name: 'a certificate of a server', extensions: 'extendedKeyUsage=serverAuth\n' },
  { name: 'a CA', extensions: 'basicConstraints=critical,CA:TRUE\n' },
  { name: 'what is critical and unknown', extensions: '1.2.392.1=critical,ASN1:NULL\n' },
] as const;

const WRONG_LINES: readonly {
  readonly name: string;
  readonly row: () => string;
  readonly why: RegExp;
}[] = [
  {
    name: 'somebody who is not registered',
    row: () => wholeLine('daremo', former.stamp('x')),
    why: /^3: there is no such user$/,
  },
  {
    name: 'a slot that is taken',
    row: () => wholeLine('user1', former.stamp('x')),
    why: /^3: the slot holds a certificate already$/,
  },
  {
    name: 'the same slot twice',
    row: () => wholeLine('atarashii', former.stamp('x')),
    why: /^3: another line has the same slot$/,
  },
  {
    name: 'a certificate of no accepted CA',
    row: () =>
      `${TEST_CONTRACT},user1,"${encodePem(koshin.mihon.issuingCertificate, 'CERTIFICATE')}",,,`,
    why: /^3: no former CA that is accepted signed this certificate$/,
  },
  {
    name: 'a number without an end',
    row: () => `${TEST_CONTRACT},user1,,0a,,`,
    why: /^3: not_after is a day/,
  },
  {
    name: 'what is neither certificate nor file',
    row: () => `${TEST_CONTRACT},user1,../secret,,,`,
    why: /^3: certificate: neither PEM/,
  },
];

/** CAs that are not accepted. */
const NO_FORMERS: readonly {
  readonly name: string;
  readonly openssl: readonly string[];
  readonly says: string;
}[] = [
  {
    name: 'signed with SHA-1',
    openssl: ['-newkey', 'rsa:2048', '-sha1'],
    says: 'unsupported-algorithm',
  },
  { name: 'of a short key', openssl: ['-newkey', 'rsa:1024'], says: 'weak-key' },
  {
    name: 'on a curve that is not used',
    openssl: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
    says: 'unsupported-algorithm',
  },
  {
    name: 'that is none',
    openssl: ['-newkey', 'rsa:2048', '-addext', 'basicConstraints=critical,CA:FALSE'],
    says: 'invalid-input',
  },
];

suite('certificates of a former CA', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
    former = await FormerCa.open();
    await acceptFormer(former, koshin);
    own = await former.issue('/CN=kyu-user1');
    moved = former.stamp('kyu-user2');
    for (const user of ['user1', 'user2', 'atarashii']) await register(user, koshin);
    await importLines([wholeLine('user1', own), wholeLine('user2', moved)], {}, koshin);
    await untilNamed(true, koshin);
    const session = await sessionFor(moved, koshin);
    const { shows } = await renew(session, newKey());
    const begun = await beginProof(session);
    const proved = await presentProof(koshin, begun, { origin: session.origin, shows });
    assert.equal(proved.answer.location, '/renewal/completed');
  });
  after(async () => {
    await former[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  for (const { name, openssl, says } of NO_FORMERS) {
    test(`a CA ${name} is not accepted`, async () => {
      await using other = await FormerCa.open(openssl);
      await assert.rejects(acceptFormer(other, koshin), { code: says });
    });
  }

  test('neither a CA of this installation, nor one that ends before the day, nor one twice', async () => {
    const asked = { institution: '1394', untilDay: '2027-12-31', renewFrom: 'at-once' } as const;
    const ownCa = { ...asked, certificate: koshin.betsu.issuingCertificate };
    await assert.rejects(acceptFormerAuthority(ownCa, needsOf(koshin)), {
      message: /^(this is )?a CA of this installation/,
    });
    await assert.rejects(acceptFormer(former, koshin), { message: 'this CA is accepted already' });
    for (const untilDay of ['2026-12-31', '2099-12-31']) {
      const late = { ...asked, institution: '1395', certificate: former.der, untilDay };
      await assert.rejects(acceptFormerAuthority(late, needsOf(koshin)), { code: 'invalid-input' });
    }
  });

  test('a certificate with a number on the list, signed by that CA but another one, opens nothing', async () => {
    const again = await former.issue('/O=Sakura/CN=kyu-user6', {
      serial: own.serial,
    });
    assert.equal(await headingOf(again), 'この電子証明書は、お使いいただけません');
  });

  for (const { name, extensions } of NOT_FOR_LOGIN) {
    test(`${name} is not for login`, async () => {
      const other = await former.issue('/O=Sakura/CN=other', { extensions });
      assert.equal(await headingOf(other), 'ログイン用ではない電子証明書です');
      const tried = await importLines([wholeLine('user1', other)], { mode: 'try' }, koshin);
      assert.equal(tried.faults.length, 1);
    });
  }

  test('two first logins at once with a certificate known by its number fill it in once', async () => {
    await register('futari1', koshin);
    const held = former.stamp('kyu-futari1');
    const number = `${TEST_CONTRACT},futari1,,${held.serial},,${held.notAfter.toISOString()}`;
    await importLines([number], {}, koshin);
    const sessions = await Promise.all([sessionFor(held, koshin), sessionFor(held, koshin)]);
    for (const { visitor, origin } of sessions) {
      assert.equal((await visitor.get(`${origin}/notices`)).status, 200);
    }
    const entries = await koshin.house.db
      .selectFrom('audit_entry')
      .select('event')
      .where('user_id', '=', 'futari1')
      .execute();
    const filled = entries.filter(({ event }) => event === 'certificate-filled-in');
    assert.equal(filled.length, 1);
  });

  test('who has no PIN gets a first one, which is to be changed at the first login', async () => {
    await register('hajime1', koshin);
    const { db } = koshin.house;
    await db
      .updateTable('person')
      .set({ pin_hash: null })
      .where('user_id', '=', 'hajime1')
      .execute();
    const held = former.stamp('kyu-hajime1');
    await importLines([wholeLine('hajime1', held)], {}, koshin);
    const given: GivenPin[] = [];
    const write = async (people: readonly GivenPin[]) => {
      given.push(...people);
      await Promise.resolve();
    };
    assert.equal(await giveFirstPins('1394', write, needsOf(koshin)), 1);
    assert.equal(await giveFirstPins('1394', write, needsOf(koshin)), 0);
    assert.deepEqual(
      given.map(({ identity }) => identity.user),
      ['hajime1'],
    );
    const visitor = visitorOf(koshin, held.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    const answer = await submitPin(visitor, page, given[0]?.pin ?? '');
    assert.equal(answer.location, '/notices', answer.text);
    const first = await visitor.get(new URL('/notices', page.url).href);
    assert.match(first.heading + first.location, /暗証番号|pin/);
  });

  test('what an administrator withdraws before it was ever shown is refused when it is', async () => {
    await register('mada1', koshin);
    const held = former.stamp('kyu-mada1');
    await importLines(
      [`${TEST_CONTRACT},mada1,,${held.serial},,${held.notAfter.toISOString()}`],
      {},
      koshin,
    );
    const identity = { institution: '1394', contract: TEST_CONTRACT, user: 'mada1' };
    await revokeCertificates({ identity, slot: 1, by: 'kanri01' }, needsOf(koshin));
    assert.equal(await headingOf(held), 'この電子証明書は、失効しています');
  });

  test('a line that was revoked or on hold there is refused so here', async () => {
    await register('mukashi1', koshin);
    await register('mukashi2', koshin);
    const [gone, held] = [former.stamp('kyu-mukashi1'), former.stamp('kyu-mukashi2')];
    const rows = [
      `${TEST_CONTRACT},mukashi1,"${gone.shows.cert}",revoked`,
      `${TEST_CONTRACT},mukashi2,"${held.shows.cert}",利用停止`,
    ];
    const done = await importLines(rows, { columns: 'contract,user,certificate,state' }, koshin);
    assert.deepEqual(told(done), { imported: 2, numbered: 0, leftOut: 0, faults: [] });
    assert.equal(await headingOf(gone), 'この電子証明書は、失効しています');
    assert.equal(await headingOf(held), 'この電子証明書は、利用停止中です');
  });

  test('what the former CA revokes is revoked here by its list, and what it holds is suspended', async () => {
    await register('tsugi1', koshin);
    await register('tsugi2', koshin);
    const [gone, held] = [former.stamp('kyu-tsugi1'), former.stamp('kyu-tsugi2')];
    await importLines([wholeLine('tsugi1', gone), wholeLine('tsugi2', held)], {}, koshin);
    const file = await former.revocationList([
      { of: gone, reason: 'keyCompromise' },
      { of: held, reason: 'certificateHold' },
      { of: moved, reason: 'superseded' },
    ]);
    const asked = { institution: '1394', file: Buffer.from(file) };
    await assert.rejects(
      readFormerRevocations({ ...asked, institution: '1395' }, needsOf(koshin)),
      {
        code: 'bad-signature',
      },
    );
    const read = await readFormerRevocations(asked, needsOf(koshin));
    assert.deepEqual([read.entries, read.revoked, read.suspended], [3, 1, 1]);
    assert.equal(await headingOf(gone), 'この電子証明書は、失効しています');
    assert.equal(await headingOf(held), 'この電子証明書は、利用停止中です');
    assert.equal(await headingOf(moved), '新しい電子証明書をお選びください');
    const again = await readFormerRevocations(asked, needsOf(koshin));
    assert.deepEqual([again.revoked, again.suspended], [0, 0]);
  });

  test('where people are to wait, the renewal opens with the window of policy', async () => {
    await using other = await FormerCa.open();
    const asked = { institution: '1394', certificate: other.der, untilDay: '2027-12-31' };
    await acceptFormerAuthority({ ...asked, renewFrom: 'window' }, needsOf(koshin));
    await register('machi1', koshin);
    const held = other.stamp('kyu-machi1');
    await importLines([wholeLine('machi1', held)], {}, koshin);
    const outside = await sessionOnceAccepted(held);
    const closed = await outside.visitor.get(`${outside.origin}/renewal`);
    assert.equal(closed.heading, OUTSIDE_WINDOW.title.ja);
    const before = koshin.clock.now();
    koshin.clock.set(new Date(held.notAfter.getTime() - 20 * 86_400_000));
    const inside = await sessionFor(held, koshin);
    assert.equal((await renew(inside, newKey())).answer.status, 200);
    koshin.clock.set(before);
  });

  test('after its last day nobody has to switch it off', async () => {
    await using other = await FormerCa.open();
    const asked = { institution: '1394', certificate: other.der, untilDay: '2027-03-31' };
    await acceptFormerAuthority({ ...asked, renewFrom: 'at-once' }, needsOf(koshin));
    await register('kigen1', koshin);
    const held = other.stamp('kyu-kigen1');
    await importLines([wholeLine('kigen1', held)], {}, koshin);
    const before = koshin.clock.now();
    koshin.clock.set('2027-03-31T14:59:59Z');
    await sessionOnceAccepted(held);
    koshin.clock.set('2027-03-31T15:00:00Z');
    assert.equal(await headingOf(held), 'この電子証明書の受け付けは、終わりました');
    koshin.clock.set(before);
  });

  for (const { name, row, why } of WRONG_LINES) {
    test(`a list with ${name} imports nothing, and says on which line`, async () => {
      const good = wholeLine('atarashii', former.stamp('kyu-atarashii'));
      const before = await certificateCount(koshin);
      const done = await importLines([good, row()], {}, koshin);
      assert.match(done.faults.map((one) => `${one.line}: ${one.why}`).join(), why);
      assert.equal(await certificateCount(koshin), before);
    });
  }
});

async function headingOf(holding: Pick<FormerHolding, 'shows'>): Promise<string> {
  return (await pageFor(holding, koshin)).heading;
}

/** Another CA of the same name: that it is known now shows in what it may. */
async function sessionOnceAccepted(holding: FormerHolding): Promise<InSession> {
  while ((await headingOf(holding)) === '別のサービスの電子証明書です') {
    // Asked again: the process learns of it by itself.
  }
  return await sessionFor(holding, koshin);
}
