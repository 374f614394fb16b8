// What is mailed to whom, by a real mail server that behaves as they do: everything once, nothing that is no longer
// true, and nothing lost.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { Refusal } from '../../src/errors.ts';
import { changeMailAddress } from '../../src/operations/change-mail-address.ts';
import { noteTried, takeDueMails } from '../../src/operations/deliver-mail.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { noteBounced } from '../../src/operations/note-bounced.ts';
import { queueDueDigests } from '../../src/operations/queue-digests.ts';
import { queueCertificateMails, queueDueReminders } from '../../src/operations/queue-mails.ts';
import { revokeCertificates } from '../../src/operations/withdraw-certificate.ts';
import { inTransaction, openDatabase } from '../../src/store/database.ts';
import { setMailAddress } from '../../src/store/mail-addresses.ts';
import { type Holding, makeCustomer, renewOf } from './customers.ts';
import { sendAll } from './mail-sending.ts';
import { openMailServer } from './mail-server.ts';
import { decoded } from './read-mail.ts';
import { sequenceOnce } from './sequence-once.ts';
import { TEST_PIN } from './test-bank.ts';
import { quietLog } from './test-database.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from './test-koshin.ts';

/** Nobody listens there. */
const NOBODY = { url: new URL('smtp://127.0.0.1:1') };
const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

let koshin: TestKoshin;
let count = 0;

suite('mail', { concurrency: false }, () => {
  // Each begins at the same time: together they would outlive the CA.
  beforeEach(async () => {
    koshin = await openTestKoshin();
  });
  afterEach(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('the reminder is sent once, in both languages, with no link and no request', async () => {
    await using server = await openMailServer();
    const { user, address, holding } = await customer();
    await at(holding, -30);
    const sent = await sendAll(koshin, server.place);
    assert.equal(sent, 1);
    const [mail] = server.received;
    assert.ok(mail);
    assert.equal(mail.to, address);
    const { subject, body } = decoded(mail);
    assert.match(
      subject,
      /^【みほん信用金庫】電子証明書の有効期限が近づいています \/ Your certificate ends soon$/,
    );
    assert.match(body, /鈴木 太郎 様/);
    assert.match(body, /リンクはありません/);
    assert.match(body, /never phone/);
    assert.doesNotMatch(body, /https?:|www\.|\/\/|localhost|@/);
    assert.match(mail.raw, /^Auto-Submitted: auto-generated\r?$/im);
    assert.equal(await sendAll(koshin, server.place), 0);
    assert.deepEqual(await statesOf(user), ['sent']);
  });

  test('what is put off, busy or broken off is sent later, and comes once', async () => {
    const behaviours = ['busy', 'break-off', 'take'] as const;
    let given = 0;
    await using server = await openMailServer({
      greylists: true,
      behave: () => behaviours[Math.min(given++, 2)] ?? 'take',
    });
    const { user, holding } = await customer();
    await at(holding, -10);
    for (let time = 0; server.received.length === 0; time++) {
      assert.ok(time < 20, 'it never came');
      await sendAll(koshin, server.place);
      passTime(60 * MINUTE_MS);
    }
    passTime(DAY_MS / 2);
    await sendAll(koshin, server.place);
    assert.equal(server.received.length, 1);
    assert.deepEqual(await statesOf(user), ['sent']);
  });

  test('who refuses an address for good is not tried again, nor with the next mail', async () => {
    await using server = await openMailServer({ refuses: () => [550, '5.1.1 no such mailbox'] });
    const { user, holding } = await customer();
    await at(holding, -30);
    await sendAll(koshin, server.place);
    await at(holding, -10);
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(user), ['bounced', 'dropped']);
    await inTransaction(koshin.house.db, async (tx) => {
      await setMailAddress(holding.certificate.identity, 'new@mail.example', tx);
    });
    await using better = await openMailServer();
    await at(holding, 1);
    await sendAll(koshin, better.place);
    assert.deepEqual(
      better.received.map(({ to }) => to),
      ['new@mail.example'],
    );
  });

  test('a server that refuses us and not the mail loses none', async () => {
    await using server = await openMailServer();
    const { user, holding } = await customer();
    await at(holding, -30);
    const url = new URL(server.place.url);
    url.password = 'another';
    await sendAll(koshin, { ...server.place, url });
    assert.deepEqual(await statesOf(user), ['queued']);
    await assert.doesNotReject(sendAll(koshin, { url: server.place.url })); // an authority that is not trusted
    passTime(DAY_MS / 4);
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(user), ['sent']);
  });

  test('what waited for days before any server was there is tried for days, not given up at once', async () => {
    await using server = await openMailServer({ greylists: true });
    const { user, holding } = await customer();
    await at(holding, -30);
    passTime(8 * DAY_MS);
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(user), ['queued']);
    passTime(DAY_MS / 4);
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(user), ['sent']);
  });

  test('a server that puts off for more than five days is given up, silence never', async () => {
    await using server = await openMailServer({ behave: () => 'busy' });
    const { user, holding } = await customer();
    await at(holding, -30);
    for (const _try of [1, 2, 3]) {
      await sendAll(koshin, NOBODY);
      passTime(4 * DAY_MS);
    }
    assert.deepEqual(await statesOf(user), ['queued']);
    await sendAll(koshin, server.place);
    passTime(4 * DAY_MS);
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(user), ['queued']);
    passTime(2 * DAY_MS);
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(user), ['failed']);
  });

  test('who relays nothing for us today marks no address', async () => {
    await using server = await openMailServer({ refuses: () => [554, '5.7.1 relaying denied'] });
    await using better = await openMailServer();
    const { user, holding } = await customer();
    await at(holding, -30);
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(user), ['queued']);
    passTime(DAY_MS / 4);
    await sendAll(koshin, better.place);
    assert.deepEqual(await statesOf(user), ['sent']);
  });

  test('a text that is refused is not tried again, and its address stays good', async () => {
    const behaviours = ['refuse-text', 'take'] as const;
    let given = 0;
    await using server = await openMailServer({ behave: () => behaviours[given++] ?? 'take' });
    const { user, holding } = await customer();
    await at(holding, -30);
    await sendAll(koshin, server.place);
    await at(holding, -10);
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(user), ['failed', 'sent']);
  });

  test('one mail that cannot be put into words keeps no other', async () => {
    await using server = await openMailServer();
    const broken = await customer();
    const good = await customer();
    await at(broken.holding, -30);
    // The application's role could not.
    await using owner = openDatabase(koshin.owner, { log: quietLog });
    const ending = owner.updateTable('mail').where('user_id', '=', broken.user);
    await ending.set({ facts: JSON.stringify({ kind: 'ending', endsAt: 'never' }) }).execute();
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(good.user), ['sent']);
    assert.deepEqual(await statesOf(broken.user), ['sending']);
  });

  test('who was too slow ends nothing that another has taken since, but that it was sent', async () => {
    const { user, holding } = await customer();
    await at(holding, -30);
    const needs = { db: koshin.house.db, clock: koshin.clock };
    const take = async () => (await takeDueMails(100, needs)).find(({ to }) => to.user === user);
    const slow = await take();
    passTime(DAY_MS);
    const quick = await take();
    assert.ok(slow && quick);
    const address = 'slow@mail.example';
    await noteTried(slow, { address, answer: 'address-refused' }, needs);
    await noteTried(slow, { address, answer: 'put-off' }, needs);
    assert.deepEqual(await statesOf(user), ['sending']);
    await noteTried(slow, { address, answer: 'taken' }, needs);
    await noteTried(quick, { address, answer: 'refused' }, needs);
    assert.deepEqual(await statesOf(user), ['sent']);
  });

  test('nobody is reminded of a certificate that was renewed or withdrawn between queueing and sending', async () => {
    await using server = await openMailServer();
    const renewed = await customer();
    await at(renewed.holding, -30);
    const successor = await renewOf(renewed.holding, koshin);
    await prove(successor);
    const withdrawn = await customer();
    await at(withdrawn.holding, -30);
    const { identity } = withdrawn.holding.certificate;
    await revokeCertificates(
      { identity, slot: 1, by: 'kanri01' },
      { ...koshin.house, clock: koshin.clock },
    );
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(renewed.user, 'ending'), ['dropped']);
    assert.deepEqual(await statesOf(withdrawn.user, 'ending'), ['dropped']);
    assert.doesNotMatch(server.received.map(({ to }) => to).join(), new RegExp(withdrawn.address));
  });

  test('issue and proof of a renewal are told to its holder and the administrators', async () => {
    await using server = await openMailServer();
    const boss = await customer('administrator');
    const { address, holding } = await customer();
    await at(holding, -20);
    // What the tests before left to be told, too.
    await tellRenewals();
    await sendAll(koshin, server.place);
    const before = server.received.length;
    await prove(await renewOf(holding, koshin));
    await tellRenewals();
    await sendAll(koshin, server.place);
    const told = server.received.slice(before).map((mail) => `${mail.to} ${decoded(mail).subject}`);
    assert.deepEqual(
      told.map((line) => line.replace(/【.*】(.*) \/.*/, '$1')).toSorted(),
      [
        `${address} 電子証明書が発行されました`,
        `${address} 電子証明書の更新が完了しました`,
        `${boss.address} 電子証明書が発行されました`,
        `${boss.address} 電子証明書の更新が完了しました`,
      ].toSorted(),
    );
    await tellRenewals();
    assert.equal(await sendAll(koshin, server.place), 0);
  });

  test('each morning an administrator is mailed what became so in their contract, once', async () => {
    await using server = await openMailServer({
      refuses: (address) => (address === bounced.address ? [550, '5.1.1 nobody'] : undefined),
    });
    const boss = await customer('administrator');
    const bounced = await customer();
    const ending = await customer();
    await at(bounced.holding, -30);
    await sendAll(koshin, server.place);
    const needs = { db: koshin.house.db, clock: koshin.clock };
    await queueDueDigests(needs);
    await sendAll(koshin, server.place);
    const before = server.received.length;
    const digests = () =>
      server.received
        .slice(before)
        .filter(
          ({ to, raw }) =>
            to === boss.address && decoded({ raw }).body.includes('管理者の方へのお知らせ'),
        );
    await at(ending.holding, -30);
    await sendAll(koshin, server.place);
    assert.equal(digests().length, 0);
    for (const _time of [1, 2]) {
      passTime(DAY_MS);
      await queueDueDigests(needs);
      await queueDueDigests(needs);
      await sendAll(koshin, server.place);
    }
    const [digest, second] = digests();
    assert.ok(digest);
    assert.equal(second, undefined);
    const { body } = decoded(digest);
    assert.match(body, new RegExp(`\\(${ending.user}\\)`));
    assert.match(body, new RegExp(`届かなかった利用者\r?\n・.* \\(${bounced.user}\\)`));
  });

  test('a mail that came back is noted by its Message-ID or its address, once', async () => {
    await using server = await openMailServer();
    const { user, address, holding } = await customer();
    await at(holding, -30);
    await sendAll(koshin, server.place);
    const sent = server.received.find(({ to }) => to === address);
    assert.ok(sent);
    const needs = { db: koshin.house.db, clock: koshin.clock };
    assert.equal(await noteBounced(`<${sent.messageId}>`, needs), 1);
    assert.equal(await noteBounced(sent.messageId, needs), 0);
    assert.equal(await noteBounced(address, needs), 0);
    assert.deepEqual(await statesOf(user), ['bounced']);
    await at(holding, -10);
    await sendAll(koshin, server.place);
    assert.deepEqual(await statesOf(user), ['bounced', 'dropped']);
    const identity = { institution: '1394', contract: TEST_CONTRACT, user };
    await changeMailAddress(identity, ' ｎｅｗ@mail.example ', needs);
    await at(holding, 1);
    await sendAll(koshin, server.place);
    assert.equal(server.received.at(-1)?.to, 'new@mail.example');
    const nobody = changeMailAddress({ ...identity, user: 'nobody' }, '', needs);
    await assert.rejects(nobody, { code: 'not-found' });
    const other = await customer();
    assert.equal(await noteBounced(other.address, needs), 1);
    for (const [named, code] of [
      ['nobody', 'invalid-input'],
      ['00000000-0000-4000-8000-000000000000@mihon.localhost', 'not-found'],
    ] as const) {
      await assert.rejects(noteBounced(named, needs), (error) => {
        return error instanceof Refusal && error.code === code;
      });
    }
  });
});

async function customer(role: 'user' | 'administrator' = 'user') {
  count += 1;
  const user = `mail${String(count).padStart(2, '0')}`;
  const address = `${user}@mail.example`;
  const holding = await makeCustomer(user, koshin, { mail: address, role });
  return { user, address, holding };
}

/** Ten in the morning so many days from the end of a certificate, with the reminders of that day queued. */
async function at({ certificate }: Holding, days: number): Promise<void> {
  const end = certificate.notAfter.getTime() + 1000;
  koshin.clock.set(new Date(end + (days - 1) * DAY_MS + 10 * 60 * MINUTE_MS));
  await queueDueReminders({ db: koshin.house.db, clock: koshin.clock, log: quietLog });
}

function passTime(ms: number): void {
  koshin.clock.set(new Date(koshin.clock.now().getTime() + ms));
}

async function tellRenewals(): Promise<void> {
  await sequenceOnce(koshin);
  await queueCertificateMails({ db: koshin.house.db, clock: koshin.clock });
}

async function prove({ certificate }: Holding): Promise<void> {
  const evidence = { kind: 'mutual-tls', certificate } as const;
  await logIn({ evidence, pin: TEST_PIN }, { ...koshin.house, clock: koshin.clock });
}

async function statesOf(user: string, kind?: 'ending'): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('mail')
    .select('state')
    .where('contract', '=', TEST_CONTRACT)
    .where('user_id', '=', user)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'ending'))
    .orderBy('queued_at')
    .execute();
  return rows.map(({ state }) => state);
}
