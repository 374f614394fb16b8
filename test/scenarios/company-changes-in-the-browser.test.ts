// What changes in a company, in real Chromiums: a user is called otherwise, the bank corrects the administrator's own
// name while somebody else does too, and the company leaves.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { COMPANY, MEMBER_NAMES } from '../../src/words/company.ts';
import { ACTIONS } from '../../src/words/member-actions.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { CONSOLE, ORDER_NAMES, ORDERS } from '../../src/words/staff.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { logInAt, openWindow, staffWindow, type Window } from '../browsers/console-windows.ts';
import { press } from '../browsers/press.ts';
import { heading } from '../browsers/renewing-person.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { makeCustomer } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';

const skip = unlessPolicies || unlessInstalled('pk12util');
const DAY_MS = 24 * 60 * 60 * 1000;
/** Browsers go by the machine's clock. */
const YESTERDAY = new Date(Date.now() - DAY_MS);

let koshin: TestKoshin;
let opened: AsyncDisposableStack;
let chief: Page;
let asking: Page;
let deciding: Page;

suite('changes of a company in the browser', { skip, concurrency: false }, () => {
  before(async () => {
    await using opening = new AsyncDisposableStack();
    koshin = opening.use(await openTestKoshin({ now: YESTERDAY, withStaff: true }));
    const { mihon, staffHouse, port } = koshin;
    assert.ok(staffHouse);
    const staff = [`[*.]${staffHouse.membersDomain}:${port}`, staffHouse.issuingName] as const;
    const bank = `[*.]${mihon.membersDomain}:${port}`;
    opening.use(await selectAutomatically(bank, mihon.issuingName, [staff]));
    const windowOf = async (made: Promise<Window>) => opening.use(await made).page;
    chief = await windowOf(administrator());
    const tanto = { user: 'tanto01', role: 'operator', since: YESTERDAY } as const;
    asking = await windowOf(staffWindow(koshin, tanto));
    const shonin = { user: 'shonin01', role: 'approver', since: YESTERDAY } as const;
    deciding = await windowOf(staffWindow(koshin, shonin));
    opened = opening.move();
  });
  after(async () => {
    await opened.disposeAsync();
  });

  test('an administrator enters another name of a user, and is asked again where it is none', async () => {
    await chief.getByRole('link', { name: COMPANY.title.ja, exact: true }).click();
    await chief.getByRole('link', { name: '佐藤 花子' }).click();
    await chief.getByRole('link', { name: ACTIONS['change-name'].label.ja, exact: true }).click();
    await chief.getByLabel(MEMBER_NAMES.name.ja, { exact: true }).fill('鈴木 花子');
    await chief.getByLabel(MEMBER_NAMES.kana.ja, { exact: true }).fill('鈴木');
    await press(chief, ACTIONS['change-name'].label.ja);
    await chief.getByRole('alert').getByText('カナはひらがなかカタカナで').waitFor();
    const kana = chief.getByLabel(MEMBER_NAMES.kana.ja, { exact: true });
    assert.equal(await kana.inputValue(), '鈴木');
    await kana.fill('すずき はなこ');
    await press(chief, ACTIONS['change-name'].label.ja);
    await heading(chief, '鈴木 花子');
    await chief.getByRole('status').getByText(ACTIONS['change-name'].done.ja).waitFor();
  });

  test('a form whose record changed meanwhile keeps what was typed and opens as it is now', async () => {
    await openPerson(asking);
    await asking.getByText(CONSOLE.possible.ja).click();
    await asking.getByRole('link', { name: ACTIONS['change-name'].label.ja, exact: true }).click();
    await heading(asking, ORDER_NAMES['change-person'].ja);
    await renamedMeanwhile('森 二郎');
    await asking.locator('#name').fill('森 三郎');
    await asking.locator('#reason').fill('変更届');
    await press(asking, ORDERS.send.ja);
    await asking.getByRole('alert').getByText('登録内容が変わりました').waitFor();
    assert.equal(await asking.locator('#name').inputValue(), '森 三郎');
    const [anew] = await Promise.all([
      asking.context().waitForEvent('page'),
      asking.getByRole('link', { name: ORDERS.openAnew.ja }).click(),
    ]);
    await heading(anew, ORDER_NAMES['change-person'].ja);
    assert.equal(await anew.locator('#name').inputValue(), '森 二郎');
    await anew.close();
  });

  test('the company leaves: two close it, and its administrator’s next click ends their session', async () => {
    await asking.goto(new URL(contractPath(), asking.url()).href);
    await asking.getByRole('link', { name: ORDERS.closeContract.ja, exact: true }).click();
    await asking.locator('#reason').fill('解約届');
    await press(asking, ORDERS.send.ja);
    await asking.getByText(ORDERS.sent.ja).waitFor();
    await approveLast('close-contract');
    await deciding.goto(new URL(contractPath(), deciding.url()).href);
    await deciding.getByText(CONSOLE.closed.ja).waitFor();
    await chief.getByRole('link', { name: COMPANY.back.ja }).click();
    await heading(chief, REFUSALS.revoked.title.ja);
  });
});

async function administrator(): Promise<Window> {
  const holding = await makeCustomer('kanri01', koshin, { role: 'administrator', name: '森 一郎' });
  await makeCustomer('hanako02', koshin, { name: '佐藤 花子' });
  koshin.clock.set(new Date());
  const window = await openWindow(koshin);
  await window.home.import('own', holding.shows);
  await logInAt(window.page, `https://${koshin.mihon.publicHost}:${koshin.port}`, TEST_PIN);
  return window;
}

function contractPath(): string {
  return `/console/institutions/1394/contracts/${TEST_CONTRACT}`;
}

async function openPerson(page: Page): Promise<void> {
  await page.goto(new URL(`${contractPath()}/users/kanri01`, page.url()).href);
}

/** The same staff member in another window, and the approver, are faster. */
async function renamedMeanwhile(name: string): Promise<void> {
  const other = await asking.context().newPage();
  await other.goto(asking.url());
  await other.locator('#name').fill(name);
  await other.locator('#reason').fill('変更届');
  await press(other, ORDERS.send.ja);
  await other.getByText(ORDERS.sent.ja).waitFor();
  await other.close();
  await approveLast('change-person');
}

/** The one that waits. */
async function approveLast(kind: 'change-person' | 'close-contract'): Promise<void> {
  await deciding.goto(new URL('/console/orders', deciding.url()).href);
  await deciding.getByRole('link', { name: ORDER_NAMES[kind].ja, exact: true }).first().click();
  await press(deciding, ORDERS.approve.ja);
  await deciding.getByText(ORDERS.done.ja).waitFor();
}
