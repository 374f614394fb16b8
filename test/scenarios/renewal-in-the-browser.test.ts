// The renewal in a real Chromium, interrupted in every way that a browser and its person can: nothing is
// lost, nothing is doubled, and the database says so.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import { SIGNED_IN } from '../../src/words/frame.ts';
import { LOGGED_OFF, METHODS, PIN, TOP } from '../../src/words/login.ts';
import { NOTICES, RENEWAL_NOTICE } from '../../src/words/notices.ts';
import {
  AGAIN,
  COMPLETED,
  DELIVERY,
  FAILED,
  PENDING,
  PROOF,
  RENEWAL,
} from '../../src/words/renewal.ts';
import { REQUEST_REFUSALS } from '../../src/words/request-refusals.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { pressOn } from '../browsers/keyboard.ts';
import {
  confirmNew,
  delivered,
  heading,
  issuedOf,
  openRenewal,
  openRenewingPerson,
  type RenewingPerson,
  saveAndImport,
  statesOf,
} from '../browsers/renewing-person.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { visitorOf } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { ClientIdentity } from '../system/visitor.ts';

const skip = unlessPolicies || unlessInstalled('pk12util') || unlessInstalled('openssl');

/** A PC so slow that the key is never made. */
const SLOW_PC = 'crypto.subtle.generateKey = () => new Promise(() => {})';

let koshin: TestKoshin;
let policies: AsyncDisposable;

suite('renewal in the browser', { skip, concurrency: false }, () => {
  before(async () => {
    // Browsers go by the machine's clock.
    koshin = await openTestKoshin({ now: new Date(Date.now() - 500 * 24 * 60 * 60 * 1000) });
    koshin.clock.set(new Date());
    const { membersDomain, issuingName } = koshin.mihon;
    policies = await selectAutomatically(`[*.]${membersDomain}:${koshin.port}`, issuingName);
  });
  after(async () => {
    await policies[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  test('更新 clicked twice makes one certificate, which is proved', async () => {
    await using person = await openRenewingPerson(koshin);
    const { page } = person;
    await openRenewal(page);
    await button(page, RENEWAL.renew.ja).dblclick();
    await delivered(page);
    assert.deepEqual(await statesOf(person), ['current', 'issued']);
    await saveAndImport(page, person);
    await confirmNew(page);
    assert.deepEqual(await statesOf(person), ['superseded', 'current']);
    assert.equal(await issuedOf(person), 2);
  });

  test('the whole journey by keyboard alone, from the login to the login with the new certificate', async () => {
    await using person = await openRenewingPerson(koshin);
    const { page } = person;
    await pressOn(page, RENEWAL_NOTICE.title.ja);
    await heading(page, RENEWAL_NOTICE.title.ja);
    await pressOn(page, RENEWAL_NOTICE.link.ja);
    await heading(page, RENEWAL.title.ja);
    await pressOn(page, button(page, RENEWAL.renew.ja));
    await delivered(page);
    const download = page.getByRole('link', { name: DELIVERY.download.ja, exact: true });
    await saveAndImport(page, person, async () => await pressOn(page, download));
    await pressOn(page, button(page, PROOF.button.ja));
    await heading(page, COMPLETED.title.ja);
    assert.deepEqual(await statesOf(person), ['superseded', 'current']);
    await pressOn(page, SIGNED_IN.logOff.ja);
    await heading(page, LOGGED_OFF.title.ja);
    await page.goto(`https://${koshin.mihon.publicHost}:${koshin.port}/`);
    await pressOn(page, TOP.logIn.ja);
    await heading(page, METHODS.title.ja);
    await pressOn(page, METHODS.method.ja);
    await heading(page, PIN.title.ja);
    await page.keyboard.type(TEST_PIN);
    await page.keyboard.press('Enter');
    await heading(page, NOTICES.important.ja);
  });

  test('Back after the delivery, and forward again: 確認 is still there and works', async () => {
    await using person = await openRenewingPerson(koshin);
    const { page } = person;
    await openRenewal(page);
    await button(page, RENEWAL.renew.ja).click();
    await delivered(page);
    await saveAndImport(page, person);
    await page.goBack();
    await heading(page, RENEWAL_NOTICE.title.ja);
    assert.deepEqual(await statesOf(person), ['current', 'issued']);
    await page.goForward();
    await pending(page);
    await confirmNew(page);
    assert.deepEqual(await statesOf(person), ['superseded', 'current']);
    await page.goBack();
    assert.deepEqual(await statesOf(person), ['superseded', 'current']);
  });

  test('reloaded at every page the renewal goes on where it stood', async () => {
    await using person = await openRenewingPerson(koshin);
    const { page } = person;
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('link', { name: RENEWAL_NOTICE.title.ja, exact: true }).click();
    await page.reload();
    await heading(page, RENEWAL_NOTICE.title.ja);
    await page.getByRole('link', { name: RENEWAL_NOTICE.link.ja, exact: true }).click();
    await page.reload();
    await page.evaluate(SLOW_PC);
    await button(page, RENEWAL.renew.ja).click();
    await page.locator('#progress-key[data-state=busy]').waitFor();
    await page.reload();
    await button(page, RENEWAL.renew.ja).waitFor();
    assert.deepEqual(await statesOf(person), ['current']);

    await button(page, RENEWAL.renew.ja).click();
    await delivered(page);
    await saveAndImport(page, person);
    await page.reload();
    await pending(page);
    await page.reload();
    await pending(page);
    assert.deepEqual(await statesOf(person), ['current', 'issued']);
    await confirmNew(page);
    await page.reload();
    await heading(page, COMPLETED.title.ja);
    assert.deepEqual(await statesOf(person), ['superseded', 'current']);
    assert.equal(await issuedOf(person), 2);
  });

  test('two tabs at once: one delivers, the other says that one waits, and both go on', async () => {
    await using person = await openRenewingPerson(koshin);
    const { page, context } = person;
    await openRenewal(page);
    const other = await context.newPage();
    await other.goto(page.url());
    await Promise.all(
      [page, other].map(async (tab) => await button(tab, RENEWAL.renew.ja).click()),
    );
    const [first, second] = await Promise.all([outcomeOf(page), outcomeOf(other)]);
    assert.deepEqual([first, second].toSorted(), ['delivery', 'failed']);
    const [winner, loser] = first === 'delivery' ? [page, other] : [other, page];
    const said = (await loser.locator('#failed-reason').textContent()) ?? '';
    assert.ok(said.includes(REQUEST_REFUSALS['unproven-exists'].reason.ja.join('')), said);
    assert.deepEqual(await statesOf(person), ['current', 'issued']);
    await loser.getByRole('link', { name: FAILED.reopen.ja, exact: true }).click();
    await pending(loser);
    await saveAndImport(winner, person);
    await confirmNew(loser);
    assert.deepEqual(await statesOf(person), ['superseded', 'current']);
  });

  test('the answer lost after the issue: もう一度試す brings the same certificate', async () => {
    await using person = await openRenewingPerson(koshin);
    const { page, context } = person;
    await openRenewal(page);
    const wire = await context.newCDPSession(page);
    await loseAnswer(wire);
    await button(page, RENEWAL.renew.ja).click();
    await page.locator('#failed-connection').filter({ visible: true }).waitFor();
    assert.deepEqual(await statesOf(person), ['current', 'issued']);
    await wire.send('Fetch.disable');
    await button(page, FAILED.retry.ja).click();
    await delivered(page);
    assert.equal(await issuedOf(person), 2);
    await saveAndImport(page, person);
    await confirmNew(page);
    assert.deepEqual(await statesOf(person), ['superseded', 'current']);
  });

  test('without a network nothing is issued, and it goes on when there is one again', async () => {
    await using person = await openRenewingPerson(koshin);
    const { page, context } = person;
    await openRenewal(page);
    await context.setOffline(true);
    await button(page, RENEWAL.renew.ja).click();
    await page.locator('#failed-connection').filter({ visible: true }).waitFor();
    assert.deepEqual(await statesOf(person), ['current']);
    await context.setOffline(false);
    await button(page, FAILED.retry.ja).click();
    await delivered(page);
    assert.deepEqual(await statesOf(person), ['current', 'issued']);
    assert.equal(await issuedOf(person), 2);
  });

  test('the tab closed before the file was saved: 取得し直す replaces what nobody has', async () => {
    await using person = await openRenewingPerson(koshin);
    const { page, context } = person;
    await openRenewal(page);
    await button(page, RENEWAL.renew.ja).click();
    await delivered(page);
    const again = await context.newPage();
    const address = page.url();
    await page.close();
    await again.goto(address);
    await pending(again);
    await again.getByRole('link', { name: AGAIN.button.ja, exact: true }).click();
    await heading(again, AGAIN.title.ja);
    await button(again, AGAIN.button.ja).click();
    await delivered(again);
    assert.deepEqual((await statesOf(person)).toSorted(), ['current', 'issued', 'replaced']);
    await saveAndImport(again, person);
    await confirmNew(again);
    assert.deepEqual((await statesOf(person)).toSorted(), ['current', 'replaced', 'superseded']);
  });

  test('every link of every page fetched ahead changes nothing', async () => {
    await using person = await openRenewingPerson(koshin);
    const { page, own } = person;
    const fetched = new Set<string>();
    const fetchAll = async (shows: ClientIdentity) => {
      for (const link of await prefetch(page, shows, person)) fetched.add(link);
    };
    await fetchAll(own.shows);
    await openRenewal(page);
    await fetchAll(own.shows);
    await button(page, RENEWAL.renew.ja).click();
    await delivered(page);
    await fetchAll(own.shows);
    const renewed = await saveAndImport(page, person);
    await page.reload();
    await pending(page);
    await fetchAll(own.shows);
    // Whoever has the new certificate and yesterday's cookie is no further with it either.
    await fetchAll(renewed);
    await confirmNew(page);
    await fetchAll(renewed);
    assert.ok(fetched.has('/renewal/again'), [...fetched].join());
    assert.deepEqual(await statesOf(person), ['superseded', 'current']);
  });
});

function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true });
}

async function pending(page: Page): Promise<void> {
  await heading(page, RENEWAL.title.ja);
  await page.getByText(PENDING.lead.ja, { exact: true }).waitFor();
}

async function outcomeOf(tab: Page): Promise<'delivery' | 'failed'> {
  const delivery = tab.locator('#renewal-delivery');
  await delivery.or(tab.locator('#renewal-failed')).filter({ visible: true }).waitFor();
  return (await delivery.isVisible()) ? 'delivery' : 'failed';
}

/** The server's answer to 更新 is thrown away when it arrives: what it did is done. */
async function loseAnswer(wire: CDPSession): Promise<void> {
  wire.on('Fetch.requestPaused', ({ requestId }) => {
    void wire.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' });
  });
  const patterns = [{ urlPattern: '*/renewal', requestStage: 'Response' as const }];
  await wire.send('Fetch.enable', { patterns });
}

/** Fetches every link of the page with the browser's cookies; the paths, when nothing has changed. */
async function prefetch(
  page: Page,
  shows: ClientIdentity,
  person: RenewingPerson,
): Promise<readonly string[]> {
  const links = await page.evaluate<string[]>('[...document.links].map(({ href }) => href)');
  const visitor = visitorOf(koshin, shows);
  for (const { domain, name, value } of await person.context.cookies()) {
    visitor.putCookie(`https://${domain}/`, name, value);
  }
  const stood = await standing(person);
  const ours = links.filter((link) => new URL(link).port === String(koshin.port));
  for (const link of ours) await visitor.get(link);
  assert.deepEqual(await standing(person), stood, page.url());
  return ours.map((link) => new URL(link).pathname);
}

/** What the database holds of the person, but for the time at which the session was last seen. */
async function standing({ own }: RenewingPerson) {
  const { db } = koshin.house;
  const { user } = own.certificate.identity;
  const ofPerson = (table: 'certificate' | 'notice' | 'person') =>
    db.selectFrom(table).selectAll().where('user_id', '=', user).execute();
  return {
    certificates: await ofPerson('certificate'),
    notices: await ofPerson('notice'),
    person: await ofPerson('person'),
    sessions: await db
      .selectFrom('session')
      .select(['token_hash', 'certificate', 'ended_at'])
      .where('user_id', '=', user)
      .orderBy('token_hash')
      .execute(),
    tokens: await db.selectFrom('proof_token').selectAll().execute(),
  };
}
