// Troubles of docs/troubles.md that no other test goes through to the end: each by its number, through the public routes as
// people have them, against what the row says.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { openContract } from '../../src/operations/register-person.ts';
import { COMPANY_REFUSALS } from '../../src/words/company-refusals.ts';
import { NO_CERTIFICATE_CAUSES } from '../../src/words/help.ts';
import { ACTIONS, REASON_NOTES, REASONS } from '../../src/words/member-actions.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { enter, loggedIn, makeCustomer, submitPin, visitorOf } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer, Visitor } from '../system/visitor.ts';

const NEW_CONTRACT = '00098765432';

type At = { readonly visitor: Visitor; readonly origin: string };

let koshin: TestKoshin;
let admin: At;

suite('troubles', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
    const kanri = await makeCustomer('kanri01', koshin, { role: 'administrator' });
    admin = await loggedIn(koshin, kanri);
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('6, 41: one person in two companies on one PC: each page says of which the certificate is', async () => {
    const needs = { ...koshin.house, clock: koshin.clock };
    const { code: institution } = koshin.mihon;
    await openContract({ institution, contract: NEW_CONTRACT, name: '株式会社あたらしい' }, needs);
    const old = await makeCustomer('two01', koshin);
    const now = await makeCustomer('two01', koshin, { contract: NEW_CONTRACT });
    for (const [held, contract, company] of [
      [old, TEST_CONTRACT, '株式会社さくら商事'],
      [now, NEW_CONTRACT, '株式会社あたらしい'],
    ] as const) {
      const visitor = visitorOf(koshin, held.shows);
      const page = await enter(visitor, koshin.mihon, koshin);
      assert.match(page.text, new RegExp(contract));
      const session = await loggedIn(koshin, held);
      const notices = await session.visitor.get(`${session.origin}/notices`);
      assert.match(notices.text, new RegExp(company));
    }
    // The old contract is over: its certificate is named as what was shown.
    await act('two01', 'revoke');
    const refused = await enter(visitorOf(koshin, old.shows), koshin.mihon, koshin);
    assert.equal(refused.heading, REFUSALS.revoked.title.ja);
    assert.match(refused.text, new RegExp(`${TEST_CONTRACT} two01`));
    const session = await loggedIn(koshin, now);
    assert.equal((await session.visitor.get(`${session.origin}/notices`)).status, 200);
  });

  test('12: where the old one is to be revoked first, the page offers 失効, and then the code', async () => {
    await using other = await openTestKoshin({ policy: { revokeFirst: true } });
    await makeCustomer('first01', other);
    other.clock.set('2028-01-20T03:00:00Z');
    const kanri = await makeCustomer('kanri01', other, { role: 'administrator' });
    const at = await loggedIn(other, kanri);
    const offered = async (): Promise<readonly boolean[]> => {
      const page = await at.visitor.get(`${at.origin}/company/users/first01`);
      return [ACTIONS.offer, ACTIONS.revoke].map(({ label }) => page.text.includes(label.ja));
    };
    assert.deepEqual(await offered(), [false, true]);
    await act('first01', 'revoke', { at });
    assert.deepEqual(await offered(), [true, false]);
    const page = await act('first01', 'offer', { at });
    assert.equal(page.heading, ACTIONS.offer.done.ja);
  });

  test('13: a forgotten user ID stands in the certificate’s name and in the administrator’s list', async () => {
    const { certificate } = await makeCustomer('forgot01', koshin, { name: '山口 直樹' });
    assert.match(certificate.commonName, /^00012345678 forgot01 /);
    const list = await admin.visitor.get(`${admin.origin}/company`);
    assert.match(list.text, /山口 直樹 forgot01/);
  });

  for (const { how, action, more, heading } of [
    { how: 'suspended', action: 'suspend', more: {}, heading: REFUSALS.suspended.title.ja },
    { how: 'revoked', action: 'revoke', more: {}, heading: REFUSALS.revoked.title.ja },
    {
      how: 'reissued for theft',
      action: 'reissue',
      more: { reason: 'theft' },
      heading: REFUSALS.revoked.title.ja,
    },
  ]) {
    test(`19: a stolen PC, ${how}: the open login ends with the next click, and the certificate opens no other`, async () => {
      const user = `stolen${action}`;
      const held = await makeCustomer(user, koshin);
      const thief = await loggedIn(koshin, held);
      assert.equal((await thief.visitor.get(`${thief.origin}/notices`)).status, 200);
      await act(user, action, { more });
      const next = await thief.visitor.get(`${thief.origin}/notices`);
      assert.deepEqual([next.status, next.heading], [403, heading]);
      const again = await enter(visitorOf(koshin, held.shows), koshin.mihon, koshin);
      assert.equal(again.heading, heading);
    });
  }

  test('23: who shows none on another PC or over remote desktop finds that among the causes, with the way on', async () => {
    const page = await enter(visitorOf(koshin), koshin.mihon, koshin);
    assert.equal(page.heading, REFUSALS['no-certificate'].title.ja);
    for (const { title } of NO_CERTIFICATE_CAUSES)
      assert.ok(page.text.includes(title.ja), title.ja);
    assert.match(page.text, /取り込んだパソコンの、取り込んだときと同じアカウント/);
  });

  test('32: whatever was entered wrongly the page is the same to the letter, and nobody is locked', async () => {
    const held = await makeCustomer('right01', koshin);
    const right = { contract: TEST_CONTRACT, user: 'right01', pin: TEST_PIN, code: '0000-0000' };
    const pages: string[] = [];
    for (const wrong of [
      {},
      { contract: '99999999999' },
      { user: 'nobody' },
      { pin: 'wrong123' },
      { code: '7777-7777' },
    ]) {
      const entered = { ...right, ...wrong };
      const page = await beginOnPage(entered);
      assert.match(page.inquiry ?? '', /^[0-9A-Z]{8}$/);
      const varying = [page.inquiry ?? '', entered.contract, entered.user];
      pages.push(varying.reduce((text, one) => text.replaceAll(one, ''), page.body));
    }
    assert.equal(new Set(pages).size, 1);
    await loggedIn(koshin, held);
  });

  test('33: who has a code that serves no more is told why that can be, and to log in or to ask for another', async () => {
    await makeCustomer('done01', koshin);
    const first = codeIn(await act('done01', 'reissue', { more: { reason: 'lost' } }));
    const ended = COMPANY_REFUSALS['acquisition-ended'];
    await act('done01', 'offer');
    const page = await beginOnPage({ user: 'done01', pin: TEST_PIN, code: first });
    assert.equal(page.heading, ended.title.ja);
    for (const text of [...ended.reason.ja, ...ended.steps.ja]) {
      assert.ok(page.text.includes(text), text);
    }
  });

  test('40: a change of person: the new user comes in, the old one is out with the next click', async () => {
    const old = await makeCustomer('leaves01', koshin);
    const session = await loggedIn(koshin, old);
    const url = `${admin.origin}/company/register`;
    const { formToken = '' } = await admin.visitor.get(url);
    const form = { 'form-token': formToken, user: 'comes01', name: '新井 春香' };
    assert.match((await admin.visitor.post(url, form)).body, /id="acquisition-code"/);
    await act('leaves01', 'stop');
    const next = await session.visitor.get(`${session.origin}/notices`);
    assert.equal(next.status, 403);
    const visitor = visitorOf(koshin, old.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    const refused = page.status === 200 ? await submitPin(visitor, page, TEST_PIN) : page;
    assert.equal(refused.heading, REFUSALS['user-stopped'].title.ja);
    const list = await admin.visitor.get(`${admin.origin}/company`);
    assert.match(list.text, /新井 春香/);
  });

  test('42: the reissue asks why, and warns of the malware that waits for it', async () => {
    await makeCustomer('vanish01', koshin);
    const page = await admin.visitor.get(`${admin.origin}/company/users/vanish01/reissue`);
    assert.ok(page.text.includes(REASONS.vanished.ja), page.text);
    assert.ok(page.text.includes(REASON_NOTES.vanished.ja), page.text);
    // Without a reason nothing is reissued.
    assert.equal((await act('vanish01', 'reissue')).status, 400);
    const given = await act('vanish01', 'reissue', { more: { reason: 'vanished' } });
    assert.equal(given.heading, ACTIONS.reissue.done.ja);
  });
});

async function act(
  user: string,
  action: string,
  {
    at = admin,
    more = {},
  }: { readonly at?: At; readonly more?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const token = (await at.visitor.get(`${at.origin}/company/register`)).formToken ?? '';
  const form = { 'form-token': token, slot: '1', ...more };
  return await at.visitor.post(`${at.origin}/company/users/${user}/${action}`, form);
}

async function beginOnPage(
  entered: Readonly<Record<'user' | 'pin' | 'code', string>>,
): Promise<Answer> {
  const url = `https://${koshin.mihon.publicHost}:${koshin.port}/acquire`;
  return await visitorOf(koshin).post(url, { contract: TEST_CONTRACT, ...entered });
}

function codeIn({ body }: Answer): string {
  const [, code = ''] = /id="acquisition-code"[^>]*>([^<]+)</.exec(body) ?? [];
  return code;
}
