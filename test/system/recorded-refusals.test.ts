// What a holder of a certificate of ours is refused is on record, and cannot fill the record.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { enter, type Holding, makeCustomer, visitorOf } from './customers.ts';
import { entriesOf } from './refusals.ts';
import { openTestKoshin, type TestKoshin } from './test-koshin.ts';
import type { Fields, Visitor } from './visitor.ts';

suite('a refused request is on record', () => {
  let koshin: TestKoshin;
  let holder: Holding;
  let visitor: Visitor;
  let origin: string;
  before(async () => {
    koshin = await openTestKoshin();
    holder = await makeCustomer('suzuki01', koshin);
    visitor = visitorOf(koshin, holder.shows);
    await enter(visitor, koshin.mihon, koshin);
    origin = `https://m-0001.${koshin.mihon.membersDomain}:${koshin.port}`;
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  const long = 'x'.repeat(13_000);
  const evil: Fields = { origin: 'https://evil.example' };
  const cases: readonly {
    name: string;
    path: string;
    fields?: Fields;
    method?: string;
    body?: Readonly<Record<string, string>>;
    want: { code: string; asked: string };
  }[] = [
    {
      name: 'with its code and the route',
      path: '/pin?a=b',
      fields: evil,
      want: { code: 'foreign-origin', asked: 'POST /pin' },
    },
    {
      name: 'with the beginning of a path that is nobody’s',
      path: `/${long}`,
      fields: evil,
      want: { code: 'foreign-origin', asked: `POST /${'x'.repeat(99)}` },
    },
    {
      name: 'with its status where the path is broken',
      path: '/%zz',
      method: 'GET',
      want: { code: '400', asked: 'GET /%zz' },
    },
    {
      name: 'with its status where the method is not for the page',
      path: '/log-off',
      method: 'DELETE',
      body: {},
      want: { code: '405', asked: 'DELETE /log-off' },
    },
    {
      name: 'with its status where the body is of another kind',
      path: '/pin',
      fields: { 'content-type': 'text/plain' },
      want: { code: '415', asked: 'POST /pin' },
    },
    {
      name: 'where the body is too large',
      path: '/pin',
      body: { pin: 'x'.repeat(70_000) },
      want: { code: 'too-large', asked: 'POST /pin' },
    },
  ];
  for (const { name, path, fields, method = 'POST', body = { a: 'b' }, want } of cases) {
    test(name, async () => {
      const form = method === 'GET' ? {} : { form: body };
      const answer = await visitor.send(`${origin}${path}`, { method, fields, ...form });
      const entries = await entriesOf(answer, koshin);
      assert.deepEqual(entries, [{ event: 'request-refused', user_id: 'suzuki01', detail: want }]);
    });
  }

  test('fifty times an hour, and the fiftieth says that no more follow', async () => {
    const other = visitorOf(koshin, (await makeCustomer('tanaka02', koshin)).shows);
    for (let sent = 0; sent < 52; sent += 1) await other.post(`${origin}/pin`, {}, evil);
    const entries = await refusalsOf('tanaka02');
    assert.equal(entries.length, 50);
    const said = entries.map(({ detail }) => detail['furtherRefusals']);
    assert.deepEqual(said, [...Array.from({ length: 49 }, () => undefined), 'not recorded']);
    koshin.clock.set(new Date(koshin.clock.now().getTime() + 61 * 60_000));
    await other.post(`${origin}/pin`, {}, evil);
    assert.equal((await refusalsOf('tanaka02')).length, 51);
  });

  async function refusalsOf(user: string) {
    return await koshin.house.db
      .selectFrom('audit_entry')
      .select('detail')
      .where('user_id', '=', user)
      .where('event', '=', 'request-refused')
      .orderBy('entry')
      .execute();
  }
});
