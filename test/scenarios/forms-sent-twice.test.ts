// An administrator's form that is sent twice, by a double click or a page sent again: it is done once, and what is to be
// handed over is shown again. And what the pages say before: only what can be done, and as policy has it.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { REGISTER } from '../../src/words/company.ts';
import { COMPANY_REFUSALS } from '../../src/words/company-refusals.ts';
import { ACTIONS } from '../../src/words/member-actions.ts';
import { isPinOf } from '../system/acquiring.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer, Visitor } from '../system/visitor.ts';

let koshin: TestKoshin;
let admin: { readonly visitor: Visitor; readonly origin: string };

suite('forms sent twice', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
    const kanri = await makeCustomer('kanri01', koshin, { role: 'administrator' });
    admin = await loggedIn(koshin, kanri);
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('registering twice at once registers once, and both answers hold the same sheets', async () => {
    const url = `${admin.origin}/company/register`;
    const form = { ...hiddenIn(await admin.visitor.get(url)), user: 'new01', name: '鈴木 太郎' };
    const send = async (): Promise<Answer> => await admin.visitor.post(url, form);
    const [one, other] = await Promise.all([send(), send()]);
    const again = await send();
    for (const answer of [one, other, again]) {
      assert.equal(answer.heading, REGISTER.done.ja, answer.text);
      assert.deepEqual(sheetsIn(answer), sheetsIn(one));
    }
    assert.deepEqual(await eventsOf('new01'), ['acquisition-offered', 'person-registered']);
    const { pin } = sheetsIn(again);
    assert.equal(await isPinOf('new01', pin, koshin), true);
    // Another form is another registration: the ID is taken.
    const fresh = { ...hiddenIn(await admin.visitor.get(url)), user: 'new01', name: '鈴木 太郎' };
    assert.equal((await admin.visitor.post(url, fresh)).status, 400);
  });

  for (const { action, more } of [
    { action: 'offer', more: {} },
    { action: 'reissue', more: { reason: 'lost' } },
    { action: 'reissue', more: { reason: 'theft' } },
  ]) {
    test(`${action} ${Object.values(more).join()} twice at once: one code, and both answers hold it`, async () => {
      const user = `${action}${Object.values(more).join()}`;
      if (action === 'reissue') await makeCustomer(user, koshin);
      else await register(user);
      const url = `${admin.origin}/company/users/${user}/${action}`;
      const form = { ...hiddenIn(await admin.visitor.get(url)), ...more };
      const send = async (): Promise<Answer> => await admin.visitor.post(url, form);
      const answers = [...(await Promise.all([send(), send()])), await send()];
      const codes = new Set(answers.map((answer) => sheetsIn(answer).code));
      assert.equal(codes.size, 1, answers.map(({ heading }) => heading).join());
      assert.match([...codes][0] ?? '', /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
      const offered = (await eventsOf(user)).filter((event) => event === 'acquisition-offered');
      assert.equal(offered.length, action === 'offer' ? 2 : 1);
    });
  }

  test('a form of before, sent again after its code was used up, gives another code', async () => {
    await register('again01');
    const url = `${admin.origin}/company/users/again01/offer`;
    const form = hiddenIn(await admin.visitor.get(url));
    const first = sheetsIn(await admin.visitor.post(url, form)).code;
    await admin.visitor.post(url, hiddenIn(await admin.visitor.get(url)));
    assert.notEqual(sheetsIn(await admin.visitor.post(url, form)).code, first);
  });

  test('a new first PIN twice is one PIN', async () => {
    await makeCustomer('pin01', koshin);
    const url = `${admin.origin}/company/users/pin01/reset-pin`;
    const form = hiddenIn(await admin.visitor.get(url));
    const answers = await Promise.all([
      admin.visitor.post(url, form),
      admin.visitor.post(url, form),
    ]);
    for (const answer of answers) assert.equal(answer.status, 200, answer.text);
    const pins = new Set(answers.map((answer) => sheetsIn(answer).pin));
    assert.equal(pins.size, 1);
    assert.equal(await isPinOf('pin01', [...pins][0] ?? '', koshin), true);
  });

  test('what cannot be done now has no page, and says why in words for administrators', async () => {
    await makeCustomer('calm01', koshin);
    const lift = await admin.visitor.get(`${admin.origin}/company/users/calm01/lift`);
    assert.deepEqual(
      [lift.status, lift.heading],
      [409, COMPANY_REFUSALS['not-for-member'].title.ja],
    );
    assert.equal(
      (await admin.visitor.get(`${admin.origin}/company/users/kanri01/stop`)).status,
      403,
    );
    const suspend = await admin.visitor.get(`${admin.origin}/company/users/calm01/suspend`);
    assert.equal(suspend.heading, ACTIONS.suspend.label.ja);
  });

  test('the page of a reissue says what this bank does: suspend or revoke, freeze or not', async () => {
    await makeCustomer('words01', koshin);
    const words = await admin.visitor.get(`${admin.origin}/company/users/words01/reissue`);
    assert.match(words.text, /すぐに使えなくなります \(利用停止\)/);
    assert.match(words.text, /権限は止まります/);
    const other = await openTestKoshin({
      policy: { revokeFirst: true, freezesAfterReissue: false },
    });
    await using _ = other;
    const kanri = await loggedIn(
      other,
      await makeCustomer('kanri01', other, { role: 'administrator' }),
    );
    await makeCustomer('words01', other);
    const strict = await kanri.visitor.get(`${kanri.origin}/company/users/words01/reissue`);
    assert.match(strict.text, /今の電子証明書は、すぐに失効します/);
    assert.doesNotMatch(strict.text, /利用停止|権限は止まります/);
  });
});

/** The hidden fields of the page's last form. */
function hiddenIn({ body }: Answer): Readonly<Record<string, string>> {
  const fields = body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries(Array.from(fields, ([, name = '', value = '']) => [name, value]));
}

function sheetsIn({ body }: Answer): { readonly pin: string; readonly code: string } {
  const [, pin = ''] = /id="first-pin"[^>]*>([^<]+)</.exec(body) ?? [];
  const [, code = ''] = /id="acquisition-code"[^>]*>([^<]+)</.exec(body) ?? [];
  return { pin, code };
}

async function register(user: string): Promise<void> {
  const url = `${admin.origin}/company/register`;
  const form = hiddenIn(await admin.visitor.get(url));
  const answer = await admin.visitor.post(url, { ...form, user, name: '鈴木 太郎' });
  assert.equal(answer.status, 200, answer.text);
}

async function eventsOf(user: string): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('audit_entry')
    .select('event')
    .where('user_id', '=', user)
    .orderBy('event')
    .execute();
  return rows.map(({ event }) => event);
}
