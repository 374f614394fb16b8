// Staff look at what ends when: the glance, the list behind a bar and its pages, the CSV.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { countEndings } from '../../src/operations/count-endings.ts';
import { ENDINGS } from '../../src/words/endings.ts';
import { makeCustomer, renewOf } from '../system/customers.ts';
import { type AtConsole, look, staffAt } from '../system/staff.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

// First certificates end on 2028-01-05, 23:59:59 in Tokyo.
const LAST_DAY = '2028-01-05';
const LIST = `/console/endings/list?institution=1394&from=${LAST_DAY}&until=${LAST_DAY}`;
let koshin: TestKoshin;
let desk: AtConsole;

suite('what ends when', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    for (const user of ['suzuki01', 'tanaka01']) await makeCustomer(user, koshin);
    const begun = await makeCustomer('begun01', koshin, { name: '=1+1' });
    koshin.clock.set('2028-01-04T03:00:00Z');
    await renewOf(begun, koshin);
    desk = await staffAt(koshin, 'tanto01', { role: 'operator', scope: ['1394'] });
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('before the first count the page says so, and still tells whom tomorrow concerns', async () => {
    const page = await look(desk, '/console/endings');
    assert.ok(page.text.includes(ENDINGS.notCounted.ja), page.text);
    for (const user of ['suzuki01', 'tanaka01', 'begun01']) assert.ok(page.text.includes(user));
  });

  test('each bar leads to its list', async () => {
    await countEndings({ db: koshin.house.db, clock: koshin.clock });
    const page = await look(desk, '/console/endings?institution=1394');
    const hrefs = [...page.body.matchAll(/href="([^"]*)"/g)].map(([, href = '']) =>
      href.replaceAll('&#61;', '=').replaceAll('&#38;', '&'),
    );
    const href = hrefs.find((one) => one.includes(`from=${LAST_DAY}&until=${LAST_DAY}`)) ?? '';
    assert.notEqual(href, '', page.body.slice(page.body.indexOf('<h1')));
    const list = await look(desk, href);
    assert.equal(list.status, 200, list.text);
    for (const user of ['suzuki01', 'tanaka01', 'begun01']) assert.ok(list.text.includes(user));
  });

  test('a list is narrowed by how far the renewals are', async () => {
    const begun = await look(desk, `${LIST}&standing=started`);
    assert.ok(begun.text.includes('begun01'));
    assert.ok(!begun.text.includes('suzuki01'));
  });

  test('the CSV has a line for each, and no formula in it', async () => {
    const csv = await look(desk, LIST.replace('/list?', '/list.csv?'));
    assert.match(csv.headers['content-type'] ?? '', /text\/csv/);
    const lines = csv.body.trimEnd().split('\r\n');
    assert.equal(lines.length, 4);
    assert.ok(csv.body.includes(`"'=1+1"`), csv.body);
  });

  for (const wrong of ['from=x', 'until=2028-13-01', 'after=1.2']) {
    test(`a place that is none is refused: ${wrong}`, async () => {
      const answer = await look(desk, `/console/endings/list?institution=1394&${wrong}`);
      assert.equal(answer.status, 400);
    });
  }

  test('nothing of another institution is told', async () => {
    for (const path of ['/console/endings', '/console/endings/list', '/console/endings/list.csv']) {
      assert.equal((await look(desk, `${path}?institution=1395`)).status, 403, path);
    }
  });
});
