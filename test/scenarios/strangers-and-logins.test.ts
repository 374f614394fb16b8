// A flood of attempts to acquire, from many addresses: what does not fit into the strangers' own queue is told to come
// back, and every login is taken as if nobody else were there.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { enter, makeCustomer, submitPin, visitorOf } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import { type Answer, Visitor } from '../system/visitor.ts';

const ATTEMPTS = 80;
const ADDRESSES = 40;

let koshin: TestKoshin;

suite('strangers and logins', { concurrency: false }, () => {
  before(async () => {
    // Hashes that take their time, so that a queue of them forms.
    koshin = await openTestKoshin({ pinCost: { memory: 16_384, passes: 1, lanes: 1 } });
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('attempts to acquire never turn a login away, and are bounded themselves', async () => {
    const people = await Promise.all(
      Array.from({ length: 4 }, async (_, i) => await makeCustomer(`u${i}`, koshin)),
    );
    const pages = await Promise.all(
      people.map(async ({ shows }) => {
        const visitor = visitorOf(koshin, shows);
        return { visitor, page: await enter(visitor, koshin.mihon, koshin) };
      }),
    );
    const flood = Array.from({ length: ATTEMPTS }, async (_, i) => await attempt(i));
    const logins = await Promise.all(
      pages.map(async ({ visitor, page }) => await submitPin(visitor, page, TEST_PIN)),
    );
    assert.deepEqual(
      logins.map(({ status, location }) => [status, location]),
      people.map(() => [303, '/notices']),
    );
    const answers = await Promise.all(flood);
    const away = answers.filter(({ status }) => status === 503);
    assert.ok(away.length > 0, 'nobody was told to come back');
    for (const { headers } of away) assert.match(headers['retry-after'] ?? '', /^\d+$/);
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([403, 503]));
  });
});

async function attempt(i: number): Promise<Answer> {
  // Elsewhere than on Linux the other loopback addresses have to be set up first; one address then pays for all.
  const localAddress =
    process.platform === 'linux' ? `127.0.0.${2 + (i % ADDRESSES)}` : '127.0.0.1';
  const visitor = new Visitor(koshin, undefined, { localAddress });
  const url = `https://${koshin.mihon.publicHost}:${koshin.port}/acquire`;
  const entered = { user: `nobody${i}`, pin: 'wrong123', code: '0000-0000' };
  return await visitor.post(url, { contract: contractOf(i), ...entered });
}

/** The contract's own limit is another matter. */
function contractOf(i: number): string {
  return i % 2 === 0 ? TEST_CONTRACT : String(10_000_000_000 + i);
}
