// Every answer of the running system, of pages, redirects, scripts, refusals, errors and of the parser beneath,
// carries the headers that keep browsers from doing harm, and its cookies are those of one host alone.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { LOGIN_PATHS, MEMBER_PATHS, PUBLIC_PATHS } from '../../src/frame/paths.ts';
import { exchange, get, post } from '../raw-requests.ts';
import {
  enter,
  type Holding,
  loggedIn,
  makeCustomer,
  submitPin,
  visitorOf,
} from '../system/customers.ts';
import { headerFaults } from '../system/header-faults.ts';
import { beginProof, newKey, presentProof, renew } from '../system/renewal-client.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer, Visitor } from '../system/visitor.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT'];

let koshin: TestKoshin;
let own: Holding;

const originOf = (host: string) => `https://${host}:${koshin.port}`;

function assertSound(answer: Pick<Answer, 'headers'>, what: string): void {
  assert.deepEqual(headerFaults(answer.headers), [], what);
}

/** Every path of a kind of host, with every method and both languages, one that is not there too. */
async function assertAllSound(
  visitor: Visitor,
  host: string,
  paths: Readonly<Record<string, string>>,
) {
  const statuses = new Set<number>();
  for (const path of [...Object.values(paths), '/nowhere', '/%zz', '/?lang=en', '/?lang=xx']) {
    for (const method of METHODS) {
      const hasBody = ['POST', 'PUT'].includes(method);
      const answer = await visitor.send(originOf(host) + path, {
        method,
        ...(hasBody && { form: {} }),
      });
      assertSound(answer, `${method} ${host}${path}: ${answer.status}`);
      statuses.add(answer.status);
    }
  }
  return statuses;
}

suite('headers and cookies', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ now: ISSUED });
    own = await makeCustomer('suzuki01', koshin);
    koshin.clock.set(IN_WINDOW);
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('what would be missing is found', () => {
    const faults = headerFaults(
      new Headers([
        ['content-security-policy', "default-src 'none'; script-src 'unsafe-inline'"],
        ['set-cookie', 'session=1; Path=/; Secure; HttpOnly; SameSite=Strict'],
        ['set-cookie', '__Host-session=1; Path=/; Secure; SameSite=Strict'],
      ]),
    );
    assert.equal(faults.length, 8 + 1 + 2, faults.join('\n'));
  });

  test('every path of every host, by every method, of strangers', async () => {
    const { publicHost, membersDomain } = koshin.mihon;
    const visitor = visitorOf(koshin);
    const statuses = [
      ...(await assertAllSound(visitor, publicHost, PUBLIC_PATHS)),
      ...(await assertAllSound(visitor, membersDomain, { ...LOGIN_PATHS, ...MEMBER_PATHS })),
      ...(await assertAllSound(visitor, `m-0001.${membersDomain}`, MEMBER_PATHS)),
    ];
    for (const status of [200, 303, 400, 403, 404, 405]) {
      assert.ok(statuses.includes(status), `no answer was ${status}`);
    }
  });

  test('every page and step of a login and a renewal, with its scripts and cookies', async () => {
    const { visitor, origin } = await loggedIn(koshin, own);
    const page = await enter(visitorOf(koshin, own.shows), koshin.mihon, koshin);
    assertSound(page, 'PIN page');
    assertSound(await submitPin(visitorOf(koshin, own.shows), page, 'wrong123'), 'wrong PIN');
    assertSound(await submitPin(visitorOf(koshin, own.shows), page, TEST_PIN), 'login');
    await assertAllSound(visitor, new URL(origin).hostname, MEMBER_PATHS);
    const session = await loggedIn(koshin, own);
    const start = await session.visitor.get(`${session.origin}/renewal`);
    assertSound(start, 'renewal page');
    const scripts = [...start.body.matchAll(/<script[^>]* src="([^"]*)"/g)];
    assert.ok(scripts.length > 0);
    for (const [, path = ''] of scripts) {
      const script = await session.visitor.get(session.origin + path);
      assert.equal(script.status, 200);
      assert.deepEqual(headerFaults(script.headers, 'kept'), [], path);
    }
    const renewed = await renew(session, newKey());
    assertSound(renewed.answer, 'certificate');
    assertSound((await renew(session, newKey())).answer, 'refused renewal');
    const begun = await beginProof(session);
    assertSound(begun.answer, 'way to the proof');
    const proved = await presentProof(koshin, begun, {
      origin: session.origin,
      shows: renewed.shows,
    });
    assertSound(proved.answer, 'proof');
    const completed = await proved.visitor.get(`${proved.origin}/renewal/completed`);
    assertSound(completed, 'completed');
    assertSound(await session.visitor.get(`${session.origin}/notices`), 'superseded');
    const form = { 'form-token': completed.formToken ?? '' };
    const left = await proved.visitor.post(`${proved.origin}/log-off`, form);
    assertSound(left, 'log off');
    assert.match(String(left.headers['set-cookie']), /__Host-session=; .*Max-Age=0/i);
  });

  const RAW: readonly { readonly name: string; readonly raw: string; readonly want: number }[] = [
    { name: 'broken HTTP', raw: 'x\r\n\r\n', want: 400 },
    { name: 'two lengths', raw: post('/pin', 'a=b', 'Content-Length: 4'), want: 400 },
    { name: 'headers too long', raw: get('/', `X: ${'a'.repeat(40_000)}`), want: 431 },
    { name: 'a wonder expected', raw: get('/', 'Expect: wonders'), want: 417 },
    { name: 'another host', raw: get('/').replace('{host}', 'evil.test'), want: 421 },
    { name: 'a foreign origin', raw: post('/pin', 'a=b', 'Origin: https://evil.test'), want: 403 },
    {
      name: 'a body too large',
      raw: post('/pin', `a=${'b'.repeat(70_000)}`, 'Origin: https://{host}'),
      want: 413,
    },
    {
      name: 'a wrong type',
      raw: post('/pin', 'a', 'Origin: https://{host}', 'Content-Type: text/plain'),
      want: 415,
    },
  ];
  for (const { name, raw, want } of RAW) {
    test(`the answer to ${name}`, async () => {
      const serverName = `m-0002.${koshin.mihon.membersDomain}`;
      const authority = `${serverName}:${koshin.port}`;
      const answer = await exchange(raw, { port: koshin.port, serverName, authority });
      assert.equal(answer.status, want);
      assertSound({ headers: Object.fromEntries(answer.headers) }, name);
    });
  }
});
