// The one box, the pages of contracts, people and inquiries, and the audit log, over the real routes: however it is
// typed it is found, and only where one works; what is shown holds no secret.
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { after, before, suite, test } from 'node:test';
import { openCheckpointKey } from '../../src/keys/checkpoint-key.ts';
import { checkpointSigner } from '../../src/operations/checkpoint-signer.ts';
import { verifyExport } from '../../src/operations/export-audit.ts';
import { openContract } from '../../src/operations/register-person.ts';
import { AuditSequencer } from '../../src/operations/sequence-audit.ts';
import { enter, type Holding, loggedIn, makeCustomer, visitorOf } from '../system/customers.ts';
import {
  type AtConsole,
  approve,
  arriveAt,
  contractForm,
  look,
  orderAt,
  send,
  staffAt,
} from '../system/staff.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';

let koshin: TestKoshin;
let operator: AtConsole;
let approver: AtConsole;
let auditor: AtConsole;
let suzuki: Holding;

suite('finding in the console', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true, otherNames: 'of-its-own' });
    operator = await staffAt(koshin, 'tanto01', { role: 'operator', scope: ['1394'] });
    approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
    auditor = await staffAt(koshin, 'kansa01', { role: 'auditor', scope: 'all' });
    suzuki = await makeCustomer('suzuki01', koshin, { name: '鈴木 太郎' });
    await makeCustomer('suzuki01', koshin, { name: '別人 次郎', bank: koshin.betsu });
    const asked = contractForm('00055544433');
    const order = orderAt(await send(operator, '/console/orders/new/open-contract', asked));
    assert.equal((await approve(approver, order)).status, 200);
    const needs = { ...koshin.house, clock: koshin.clock };
    await openContract({ institution: '1395', contract: '00055544433', name: 'べつの会社' }, needs);
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('a contract and its people are found however they are typed', async () => {
    for (const typed of [
      '00055544433',
      '０００５５５４４４３３',
      '000-555-44433',
      '0005554',
      'あおば工業',
      '株式会社あおば工業',
      '㈱あおば工業',
      'アオバ',
      'ｱｵﾊﾞ',
      'あおば',
    ]) {
      assert.match(await textOf(operator, typed), /株式会社あおば工業/, typed);
    }
    for (const typed of [
      'aoba01',
      'AOBA01',
      '青葉',
      '青葉太郎',
      '青葉　太郎',
      'アオバタロウ',
      'ｱｵﾊﾞ ﾀﾛｳ',
    ]) {
      assert.match(await textOf(operator, typed), /青葉 太郎/, typed);
    }
  });

  test('a certificate is found by its serial number in any notation', async () => {
    const hex = Buffer.from(suzuki.certificate.serial).toString('hex').replace(/^00/, '');
    for (const typed of [
      hex,
      hex.toUpperCase(),
      hex.replaceAll(/..(?=.)/g, '$&:'),
      `0x${hex}`,
      `00${hex}`,
      BigInt(`0x${hex}`).toString(),
    ]) {
      assert.match(await textOf(operator, typed), /00012345678 suzuki01 1394/, typed);
    }
    assert.match(await textOf(operator, `${hex.slice(0, -2)}00`), /見つかりませんでした/);
  });

  test('nothing of another institution is found, shown or counted', async () => {
    assert.doesNotMatch(await textOf(operator, 'suzuki01'), /別人/);
    assert.match(await textOf(approver, 'suzuki01'), /別人/);
    assert.doesNotMatch(await textOf(operator, '00055544433'), /べつの会社/);
    const other = `/console/institutions/1395/contracts/${TEST_CONTRACT}/users/suzuki01`;
    assert.equal((await look(operator, other)).status, 403);
    assert.equal((await look(approver, other)).status, 200);
    assert.equal((await look(auditor, '/console/institutions/1394/contracts/1')).status, 404);
    assert.match(await textOf(operator, '%_'), /見つかりませんでした/);
    assert.match(await textOf(operator, '   '), /検索/);
  });

  test('a person’s page shows certificates, logins, notices and every entry in words', async () => {
    await loggedIn(koshin, suzuki);
    const path = `/console/institutions/1394/contracts/${TEST_CONTRACT}/users/suzuki01`;
    const { text } = await look(auditor, path);
    for (const part of ['利用中', 'ファイルまたはカード', 'ログインしました', '継続中']) {
      assert.ok(text.includes(part), `${part}: ${text}`);
    }
    assert.match(text, /電子証明書を発行しました/);
    assert.doesNotMatch(text, /\$argon2|pin_hash|undefined|\[object/);
    const latest = await koshin.house.db
      .selectFrom('audit_entry')
      .select('entry')
      .where('user_id', '=', 'suzuki01')
      .orderBy('entry', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const older = await look(auditor, `${path}?before=${latest.entry}`);
    assert.ok(!older.text.includes(`#${latest.entry} `));
  });

  test('an inquiry number tells what was tried, what was shown, why, and what to say', async () => {
    const revoked = await makeCustomer('mukou01', koshin, { name: '無効 花子' });
    await koshin.house.db
      .updateTable('certificate')
      .set({ state: 'revoked', ended_at: koshin.clock.now() })
      .where('sha256', '=', revoked.certificate.sha256)
      .execute();
    const shown = await enter(visitorOf(koshin, revoked.shows), koshin.mihon, koshin);
    assert.equal(shown.status, 403);
    const number = shown.inquiry ?? '';
    const { text, status } = await look(operator, `/console/inquiries/${number.toLowerCase()}`);
    assert.equal(status, 200);
    for (const part of ['無効 花子', '失効', shown.heading, '使える電子証明書がありません']) {
      assert.ok(text.replaceAll(/\s/g, '').includes(part.replaceAll(/\s/g, '')), part);
    }
    assert.match(
      await textOf(operator, `${number.slice(0, 4)}-${number.slice(4)}`),
      new RegExp(number),
    );
    const foreign = await staffAt(koshin, 'tanto09', { role: 'operator', scope: ['1395'] });
    assert.match((await look(foreign, `/console/inquiries/${number}`)).text, /記録はありません/);
    const person = await look(
      operator,
      `/console/institutions/1394/contracts/${TEST_CONTRACT}/users/mukou01`,
    );
    assert.ok(person.body.includes(`/console/inquiries/${number}`));
  });

  test('the audit log is narrowed by event, person and day, and its export verifies', async () => {
    const filtered = await look(
      auditor,
      '/console/audit?institution=1394&event=contract-opened&contract=00055544433',
    );
    assert.match(filtered.text, /ご契約先を登録しました/);
    assert.doesNotMatch(filtered.text.split('内容').at(-1) ?? '', /ログインしました/);
    const before = await look(auditor, '/console/audit?institution=1394&until=2020-01-01');
    assert.match(before.text, /ありません/);
    assert.equal(
      (await look(auditor, '/console/audit?institution=1394&from=2027-02-30')).status,
      400,
    );
    const house = await look(auditor, '/console/audit?institution=0000');
    assert.match(house.text, /役割と担当範囲を決めました/);
    const { house: own, clock, folder } = koshin;
    const signer = checkpointSigner(await openCheckpointKey(own.keysFolder, own.secrets));
    await new AuditSequencer({ db: own.db, signer, clock, anchorFolder: folder }).sequence();
    const exported = await look(auditor, '/console/audit/export?institution=1394');
    assert.match(exported.headers['content-disposition'] ?? '', /attachment/);
    const report = await verifyExport(
      () => createInterface({ input: Readable.from([exported.body]) }),
      { key: signer.key, anchorFolder: folder, retentionDays: null, clock, onProgress: () => {} },
    );
    assert.deepEqual(report.findings, []);
    assert.ok(report.size > 10);
  });

  test('switching the language keeps what was asked for', async () => {
    const { body } = await look(operator, '/console/search?q=aoba01');
    const switched = /<nav class="languages".*?href="([^"]+)"/s.exec(body)?.[1] ?? '';
    const english = await look(
      operator,
      `/console/search${switched.replaceAll('&#38;', '&').replaceAll('&#61;', '=')}`,
    );
    assert.match(english.text, /Staff console/);
    assert.match(english.text, /青葉 太郎/);
  });

  test('a staff member whose certificate ends soon is told at the console, and renews as everybody', async () => {
    const { clock } = koshin;
    const ends = operator.holding.certificate.notAfter.getTime();
    clock.set(new Date(ends - 20 * 24 * 60 * 60 * 1000));
    const back = await arriveAt(koshin, 'tanto01', operator.holding);
    const home = await look(back, '/console');
    const notice = /href="(\/notices\/[^"]+)">電子証明書の更新をお願いします/.exec(home.body)?.[1];
    assert.ok(notice, home.text);
    assert.match((await look(back, notice)).text, /電子証明書の更新はこちら/);
    const renewal = await look(back, '/renewal');
    assert.equal(renewal.status, 200);
    assert.match(renewal.text, /業務コンソール/);
  });
});

async function textOf(staff: AtConsole, typed: string): Promise<string> {
  const answer = await look(
    staff,
    `/console/search?${new URLSearchParams({ q: typed }).toString()}`,
  );
  assert.equal(answer.status, 200, typed);
  return answer.text;
}
