// A former CA at the console: a CA officer asks to accept it and to switch it off, another approves, and both see what it
// is about and how many people hold nothing else.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { sha256 } from '../../src/operations/certify.ts';
import { hexOf } from '../../src/operations/former-authority.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { FormerCa, type FormerHolding } from '../system/former-ca.ts';
import {
  importLines,
  pageFor,
  register,
  sessionFor,
  untilNamed,
  wholeLine,
} from '../system/moving.ts';
import { beginProof, newKey, presentProof, renew } from '../system/renewal-client.ts';
import { type AtConsole, approve, look, orderAt, send, staffAt } from '../system/staff.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

let koshin: TestKoshin;
let former: FormerCa;
let officer: AtConsole;
let approver: AtConsole;
let key: string;
const people: FormerHolding[] = [];

const ACCEPT = '/console/orders/new/accept-former-authority';
const END = '/console/orders/new/end-former-authority';

suite('a former CA at the console', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    former = await FormerCa.open();
    key = hexOf(sha256(parseCertificate(former.der).subjectPublicKeyInfo.der));
    officer = await staffAt(koshin, 'ninsho01', { role: 'ca-officer', scope: 'all' });
    approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: ['1394'] });
  });
  after(async () => {
    await former[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  test('the page shows the institution’s own authorities, and no other', async () => {
    const page = await look(officer, '/console/authorities?institution=1394');
    assert.match(page.text, /みほん信用金庫 利用者認証局/);
    assert.match(page.text, /以前の認証局の電子証明書は、受け付けていません。/);
    assert.match(page.body, new RegExp(`href="${ACCEPT}`));
    const others = await look(approver, '/console/authorities?institution=1394');
    assert.doesNotMatch(
      others.body,
      new RegExp(`href="${ACCEPT}`),
      'only who may ask is led there',
    );
  });

  for (const [name, certificate] of [
    ['no certificate', 'これは証明書ではありません'],
    ['a person’s certificate', ''],
  ] as const) {
    test(`${name} is corrected in the form`, async () => {
      const wrong = certificate === '' ? former.stamp('kyu').shows.cert : certificate;
      const answer = await send(officer, ACCEPT, form({ certificate: wrong }));
      assert.equal(answer.status, 400);
      assert.match(answer.text, /入力内容をお確かめください/);
    });
  }

  test('accepted by two: both see its name, key and last day; it holds from the approval on', async () => {
    const order = orderAt(await send(officer, ACCEPT, form({})));
    const page = await look(approver, order);
    for (const text of ['Kyu Ninsho CA G2', key, '2027-12-31', '取り込んだときから']) {
      assert.ok(page.text.includes(text), text);
    }
    assert.equal((await approve(officer, order)).status, 403, 'nobody decides their own');
    assert.equal((await approve(approver, order)).status, 303);
    await untilNamed(true, koshin);
    assert.equal((await send(officer, ACCEPT, form({}))).status, 400, 'once');
  });

  test('who has not moved is counted and listed, and whoever moves leaves the list', async () => {
    for (const user of ['saki01', 'ato02', 'ato03']) {
      await register(user, koshin);
      people.push(former.stamp(`kyu-${user}`));
    }
    const [first, second, third] = people as [FormerHolding, FormerHolding, FormerHolding];
    const lines = [
      wholeLine('saki01', first),
      wholeLine('ato02', second),
      wholeLine('ato03', third),
    ];
    await importLines(lines, {}, koshin);
    const session = await sessionFor(first, koshin);
    const { shows } = await renew(session, newKey());
    const begun = await beginProof(session);
    const proved = await presentProof(koshin, begun, { origin: session.origin, shows });
    assert.equal(proved.answer.location, '/renewal/completed');
    const list = await look(officer, '/console/authorities?institution=1394');
    assert.match(list.text, /Kyu Ninsho CA G2 受け付け中 .* 3件 1件 2件/);
    const page = await look(officer, `/console/authorities/1394/${key}`);
    assert.match(page.text, /ato02/);
    assert.match(page.text, /ato03/);
    assert.doesNotMatch(page.text, /saki01/);
    const after = await look(officer, `/console/authorities/1394/${key}?after=00012345678.ato02.1`);
    assert.doesNotMatch(after.text, /ato02/);
    assert.match(after.text, /ato03/);
  });

  test('to switch it off is asked for with the number of those who hold nothing else', async () => {
    const asking = await look(officer, `${END}?institution=1394&key=${key}`);
    assert.match(asking.text, /Kyu Ninsho CA G2/);
    assert.match(asking.text, /まだ切り替えていない 2件/);
    const sent = await send(officer, END, { institution: '1394', key, reason: '移行の完了' });
    const order = orderAt(sent);
    const page = await look(approver, order);
    assert.match(page.text, /まだ切り替えていなかった電子証明書 2件/);
    assert.match(page.body, new RegExp(`href="/console/authorities/1394/${key}"`));
    assert.equal((await approve(approver, order)).status, 303);
    const [, second] = people as [FormerHolding, FormerHolding];
    const refused = await pageFor(second, koshin);
    assert.equal(refused.heading, 'この電子証明書の受け付けは、終わりました');
    await untilNamed(false, koshin);
    const shown = await look(officer, `/console/authorities/1394/${key}`);
    assert.match(shown.text, /終了/);
    const again = await send(officer, END, { institution: '1394', key, reason: '移行の完了' });
    assert.equal(again.status, 400);
  });
});

function form(more: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    institution: '1394',
    certificate: former.certificatePem,
    until: '2027-12-31',
    'renew-from': 'at-once',
    reason: '移行',
    ...more,
  };
}
