// What happens to a company's certificates, in real Chromiums: users and an administrator each at their own. What the pages
// say is held against the database; and how often a person has to do something against docs/journey.md.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import type { Administrator } from '../../src/operations/administrator.ts';
import { offerAcquisition, reissueCertificate } from '../../src/operations/offer-acquisition.ts';
import { registerMember } from '../../src/operations/register-member.ts';
import { COMPANY } from '../../src/words/company.ts';
import { ACTIONS, REASONS } from '../../src/words/member-actions.ts';
import { NOTICES } from '../../src/words/notices.ts';
import { PC_CHANGE, PC_CHANGE_KINDS } from '../../src/words/pc-change.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { AcquiringPerson } from '../browsers/acquiring-person.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { heading } from '../browsers/renewing-person.ts';
import { addVirtualDevice } from '../browsers/virtual-authenticator.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { administratorAt, companyNeeds } from '../system/company-people.ts';
import { type Holding, makeCustomer } from '../system/customers.ts';
import { sendAll } from '../system/mail-sending.ts';
import { openMailServer } from '../system/mail-server.ts';
import { decoded } from '../system/read-mail.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import {
  TEST_CONTRACT as contract,
  openTestKoshin,
  type TestKoshin,
} from '../system/test-koshin.ts';

const skip = unlessPolicies || unlessInstalled('pk12util') || unlessInstalled('openssl');
const OWN_PIN = 'sakura2027';
const DAY_MS = 24 * 60 * 60 * 1000;
const JOURNEY = new URL('../../docs/journey.md', import.meta.url);

let koshin: TestKoshin;
let policies: AsyncDisposable;
/** Who vouches, and another one who sits at a browser. */
let by: Administrator;
let other: Holding;

suite('the life of certificates in the browser', { skip, concurrency: false }, () => {
  before(async () => {
    // Browsers go by the machine's clock.
    koshin = await openTestKoshin({ now: new Date(Date.now() - 600 * DAY_MS) });
    koshin.clock.set(new Date());
    const { membersDomain, issuingName } = koshin.mihon;
    policies = await selectAutomatically(`[*.]${membersDomain}:${koshin.port}`, issuingName);
    by = await administratorAt(koshin, 'kanri01');
    other = await makeCustomer('kanri02', koshin, { role: 'administrator', name: '佐々木 恵子' });
  });
  after(async () => {
    await policies[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  test('acquiring in a file and in the device costs as many actions as the docs say', async () => {
    await using one = await AcquiringPerson.open(koshin);
    const given = await registerMember({ by, user: 'new01', name: '鈴木 太郎' }, needs());
    await one.enter({ contract, user: 'new01', ...given });
    await one.choosePin(OWN_PIN);
    await one.getInFile();
    await one.logIn(OWN_PIN);
    await using two = await AcquiringPerson.open(koshin);
    await addVirtualDevice(two.page);
    const also = await registerMember({ by, user: 'new02', name: '田中 美咲' }, needs());
    await two.enter({ contract, user: 'new02', ...also });
    await two.choosePin(OWN_PIN);
    await two.getOnDevice();
    await two.logIn(OWN_PIN);
    assert.deepEqual(
      [await statesOf('new01'), await statesOf('new02')],
      [['current'], ['current']],
    );
    const documented = await documentedActions();
    assert.deepEqual(
      [one.actions, two.actions],
      [documented.get('first certificate, file'), documented.get('first certificate, device')],
    );
  });

  test('expired in grace, by oneself: from "none was shown" over the mail to the login, with nobody else', async () => {
    await using server = await openMailServer();
    const mail = 'late02@mail.example';
    const old = await inThePast(380, async () => await makeCustomer('late02', koshin, { mail }));
    await using person = await AcquiringPerson.open(koshin, [old.shows]);
    await person.startLogin();
    await heading(person.page, REFUSALS['no-certificate'].title.ja);
    await person.askForCode({ contract, user: 'late02' });
    await sendAll(koshin, server.place);
    const [letter] = server.received.filter(({ to }) => to === mail).map(decoded);
    const [, code = ''] = /取得コード: ([0-9A-Z-]{9})/.exec(letter?.body ?? '') ?? [];
    await person.useCode({ pin: TEST_PIN, code });
    await person.getInFile();
    await person.logIn(TEST_PIN);
    assert.deepEqual(await statesOf('late02'), ['current', 'superseded']);
    assert.deepEqual(await marksOf('late02'), { isFrozen: false, isLocked: false });
    const documented = await documentedActions();
    assert.equal(person.actions, documented.get('expired, by mail, file'));
  });

  test('after grace: none is offered, it counts as a reissue, and rights wait until another administrator confirms', async () => {
    const old = await inThePast(500, async () => await makeCustomer('late01', koshin));
    await using person = await AcquiringPerson.open(koshin, [old.shows]);
    await person.startLogin();
    await heading(person.page, REFUSALS['no-certificate'].title.ja);
    const { code } = await offerAcquisition({ by, user: 'late01', slot: 1 }, needs());
    await person.enter({ contract, user: 'late01', pin: TEST_PIN, code });
    assert.match((await person.page.locator('#acquisition-case').textContent()) ?? '', /再発行/);
    await person.getInFile();
    await person.logIn(TEST_PIN);
    await person.page.locator('#rights-frozen').waitFor();
    // It had ended by time: nothing had to be revoked.
    assert.deepEqual(await statesOf('late01'), ['current', 'superseded']);
    assert.deepEqual(await marksOf('late01'), { isFrozen: true, isLocked: false });
    await confirmAtBrowser('late01');
    assert.deepEqual(await marksOf('late01'), { isFrozen: false, isLocked: false });
    await person.page.reload();
    await heading(person.page, NOTICES.important.ja);
    assert.equal(await person.page.locator('#rights-frozen').count(), 0);
    const events = await eventsOf('late01');
    assert.ok(events.indexOf('rights-frozen') < events.indexOf('rights-confirmed'));
  });

  test('a reissue by an administrator at the browser, acquired by the user, confirmed by another', async () => {
    await makeCustomer('lost01', koshin);
    await using administrator = await AcquiringPerson.open(koshin, [other.shows]);
    await administrator.startLogin();
    await administrator.logIn(TEST_PIN);
    await administrator.follow(COMPANY.title.ja);
    const began = administrator.actions;
    await openMember(administrator, 'lost01');
    await administrator.follow(ACTIONS.reissue.label.ja);
    await administrator.choose(REASONS.lost.ja);
    await administrator.press(ACTIONS.reissue.label.ja);
    const sheet = administrator.page.locator('#acquisition-code');
    const code = (await sheet.textContent()) ?? '';
    const reissuing = administrator.actions - began;
    assert.deepEqual(await statesOf('lost01'), ['suspended']);

    await using person = await AcquiringPerson.open(koshin);
    await person.enter({ contract, user: 'lost01', pin: TEST_PIN, code });
    await person.getInFile();
    await person.logIn(TEST_PIN);
    assert.deepEqual(await statesOf('lost01'), ['current', 'revoked']);
    assert.deepEqual(await marksOf('lost01'), { isFrozen: true, isLocked: false });

    // Who vouched is not offered the confirmation.
    await administrator.page.goto(`${originOf(administrator)}/company`);
    await openMember(administrator, 'lost01');
    await administrator.page.getByText(COMPANY.frozen.ja.slice(0, 12)).waitFor();
    const link = { name: ACTIONS['confirm-rights'].label.ja, exact: true };
    assert.equal(await administrator.page.getByRole('link', link).count(), 0);
    const third = await makeCustomer('kanri03', koshin, { role: 'administrator' });
    const confirming = await confirmAtBrowser('lost01', third);
    assert.deepEqual(await marksOf('lost01'), { isFrozen: false, isLocked: false });
    const documented = await documentedActions();
    assert.deepEqual(
      [reissuing, person.actions, confirming],
      [
        documented.get('reissue, the administrator who offers'),
        documented.get('reissue, file'),
        documented.get('reissue, the administrator who confirms'),
      ],
    );
  });

  test('six wrong PINs lock; the administrator unlocks; the same PIN logs in', async () => {
    const locked = await makeCustomer('lock01', koshin);
    await using person = await AcquiringPerson.open(koshin, [locked.shows]);
    await person.startLogin();
    for (let i = 1; i <= 6; i += 1) await person.givePin(`wrong12${i}`);
    await heading(person.page, REFUSALS['pin-locked'].title.ja);
    assert.deepEqual(await marksOf('lock01'), { isFrozen: false, isLocked: true });
    await actAtBrowser('lock01', 'unlock');
    assert.deepEqual(await marksOf('lock01'), { isFrozen: false, isLocked: false });
    await person.startLogin();
    await person.logIn(TEST_PIN);
  });

  test('an administrator revokes a user who is logged in: the next click is refused', async () => {
    const revoked = await makeCustomer('gone01', koshin);
    await using person = await AcquiringPerson.open(koshin, [revoked.shows]);
    await person.startLogin();
    await person.logIn(TEST_PIN);
    await actAtBrowser('gone01', 'revoke');
    await person.follow('マイページ');
    await heading(person.page, REFUSALS.revoked.title.ja);
    assert.deepEqual(await statesOf('gone01'), ['revoked']);
    const open = await koshin.house.db
      .selectFrom('session')
      .select('token_hash')
      .where('user_id', '=', 'gone01')
      .where('ended_at', 'is', null)
      .execute();
    assert.deepEqual(open, []);
  });

  test('a change of PC: ended by the user on the old one, reissued, acquired on the new one', async () => {
    const held = await makeCustomer('move01', koshin);
    await using onOld = await AcquiringPerson.open(koshin, [held.shows]);
    await onOld.startLogin();
    await onOld.logIn(TEST_PIN);
    await onOld.follow('マイページ');
    await onOld.follow(PC_CHANGE.title.ja);
    await onOld.choose(PC_CHANGE_KINDS.suspend.label.ja);
    await onOld.fill(PC_CHANGE.pin.ja, TEST_PIN);
    await onOld.press(PC_CHANGE.submit.ja);
    await onOld.page.waitForURL('**/suspended');
    assert.deepEqual(await statesOf('move01'), ['suspended']);
    await onOld.startLogin();
    await heading(onOld.page, REFUSALS.suspended.title.ja);

    const asked = { by, user: 'move01', slot: 1, reason: 'new-pc' } as const;
    const { code } = await reissueCertificate(asked, needs());
    await using next = await AcquiringPerson.open(koshin);
    await next.enter({ contract, user: 'move01', pin: TEST_PIN, code });
    await next.getInFile();
    await next.logIn(TEST_PIN);
    assert.deepEqual(await statesOf('move01'), ['current', 'revoked']);
    await onOld.startLogin();
    await heading(onOld.page, REFUSALS.revoked.title.ja);
  });
});

function needs() {
  const { house, clock } = koshin;
  return companyNeeds({ ...house, clock });
}

async function inThePast<T>(days: number, work: () => Promise<T>): Promise<T> {
  koshin.clock.set(new Date(Date.now() - days * DAY_MS));
  const done = await work();
  koshin.clock.set(new Date());
  return done;
}

/** From the list of users to the page of one. */
async function openMember(person: AcquiringPerson, user: string): Promise<void> {
  const { page } = person;
  await page.locator('.members li').filter({ hasText: user }).getByRole('link').first().click();
  person.actions += 1;
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** The administrator who has vouched for nobody here, or another, does it at a browser; how many actions after the list. */
async function actAtBrowser(
  user: string,
  action: 'unlock' | 'revoke' | 'confirm-rights',
  who: Holding = other,
): Promise<number> {
  await using person = await AcquiringPerson.open(koshin, [who.shows]);
  await person.startLogin();
  await person.logIn(TEST_PIN);
  await person.follow(COMPANY.title.ja);
  const began = person.actions;
  await openMember(person, user);
  await person.follow(ACTIONS[action].label.ja);
  await person.press(ACTIONS[action].label.ja);
  await person.page.getByText(ACTIONS[action].done.ja).waitFor();
  return person.actions - began;
}

async function confirmAtBrowser(user: string, who?: Holding): Promise<number> {
  return await actAtBrowser(user, 'confirm-rights', who);
}

function originOf({ page }: AcquiringPerson): string {
  return new URL(page.url()).origin;
}

async function statesOf(user: string): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('certificate')
    .select('state')
    .where('institution', '=', koshin.mihon.code)
    .where('user_id', '=', user)
    .execute();
  return rows.map(({ state }) => state).toSorted((a, b) => a.localeCompare(b));
}

async function marksOf(user: string) {
  const { frozen_at: frozenAt, pin_locked_at: lockedAt } = await koshin.house.db
    .selectFrom('person')
    .select(['frozen_at', 'pin_locked_at'])
    .where('institution', '=', koshin.mihon.code)
    .where('user_id', '=', user)
    .executeTakeFirstOrThrow();
  return { isFrozen: frozenAt !== null, isLocked: lockedAt !== null };
}

async function eventsOf(user: string): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('audit_entry')
    .select('event')
    .where('user_id', '=', user)
    .orderBy('entry')
    .execute();
  return rows.map(({ event }) => event);
}

test('the renewals in that table are those that the demo counted', async () => {
  const text = await readFile(JOURNEY, 'utf8');
  const documented = await documentedActions();
  const [, sheet, file, device] = /together +(\d+) +(\d+) +(\d+)/.exec(text) ?? [];
  const renewals = ['renewal by the sheet, for comparison', 'renewal, file', 'renewal, device'];
  assert.deepEqual(
    renewals.map((way) => documented.get(way)),
    [sheet, file, device].map(Number),
  );
});

/** The table of the docs, by its first column. */
async function documentedActions(): Promise<ReadonlyMap<string, number>> {
  const [, section = ''] = (await readFile(JOURNEY, 'utf8')).split('## Acquiring and reissuing\n');
  const rows = section.matchAll(/^\| ([^|]+?) +\| +(\d+) +\|/gm);
  return new Map(Array.from(rows, ([, name = '', count]) => [name, Number(count)]));
}
