// What a thief or a foreign page could send: cookies, tokens, marks, hosts and origins that do not
// belong together. Each is refused, and none changes anything.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { REFUSALS, type RefusalKind } from '../../src/words/refusals.ts';
import { enter, type Holding, loggedIn, makeCustomer, visitorOf } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer, Fields, Visitor } from '../system/visitor.ts';

const SESSION = '__Host-session';
const LOGGED_IN_AT = '2027-01-05T03:00:00Z';

let koshin: TestKoshin;
/** The user whose things are stolen, logged in on `origin`. */
let mine: Holding;
let owner: Visitor;
let origin: string;
let token: string;
/** Another user of the same institution, and one of another institution; neither is logged in. */
let other: Holding;
let elsewhere: Holding;

type Want = { readonly status: number; readonly kind?: RefusalKind; readonly leadsTo?: string };
type Case = Want & { readonly name: string; readonly send: () => Promise<Answer> };

const REFUSED_COOKIES: readonly Case[] = [
  {
    name: 'a stolen cookie on the connection of another certificate',
    send: async () => await withCookies(visitorOf(koshin, other.shows), token),
    status: 403,
    kind: 'certificate-changed',
  },
  {
    name: 'a stolen cookie without a certificate',
    send: async () => await withCookies(visitorOf(koshin), token),
    status: 403,
    kind: 'no-certificate',
  },
  {
    name: 'a cookie of one institution on a host of another, with that one’s certificate',
    send: async () =>
      await withCookies(visitorOf(koshin, elsewhere.shows), token, membersOrigin('betsu')),
    status: 403,
    kind: 'session-ended',
  },
  {
    name: 'cookie and certificate of one institution on a host of another',
    send: async () =>
      await withCookies(visitorOf(koshin, mine.shows), token, membersOrigin('betsu')),
    status: 403,
    kind: 'unknown-issuer',
  },
  {
    name: 'a session cookie that comes twice',
    send: async () => {
      const cookie = `${SESSION}=${token}; ${SESSION}=${token}`;
      return await visitorOf(koshin, mine.shows).get(`${origin}/notices`, { cookie });
    },
    status: 403,
    kind: 'session-ended',
  },
  {
    name: 'a session cookie with one character changed',
    send: async () => {
      const forged = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
      return await withCookies(visitorOf(koshin, mine.shows), forged);
    },
    status: 403,
    kind: 'session-ended',
  },
  {
    name: 'the session’s cookie under a name without its prefix',
    send: async () =>
      await visitorOf(koshin, mine.shows).get(`${origin}/notices`, { cookie: `session=${token}` }),
    status: 403,
    kind: 'session-ended',
  },
];

const REFUSED_HOSTS: readonly Case[] = [
  ['the public host', () => `mihon.localhost:${koshin.port}`],
  ['another members’ host', () => `m-9999.login.mihon.localhost:${koshin.port}`],
  ['another institution', () => `betsu.localhost:${koshin.port}`],
  ['a host that nobody knows', () => 'evil.example'],
  ['the right host at another port', () => `${new URL(origin).hostname}:1`],
  ['the address', () => `127.0.0.1:${koshin.port}`],
].map(([name, host]) => ({
  name: `Host names ${String(name)}`,
  send: async () => await owner.get(`${origin}/notices`, { host: (host as () => string)() }),
  status: 421,
  kind: 'wrong-host',
}));

const FOREIGN_ORIGINS: readonly (readonly [string, () => Fields])[] = [
  ['Origin is missing', () => ({ origin: null })],
  ['Origin is null', () => ({ origin: 'null' })],
  ['Origin is another site', () => ({ origin: 'https://evil.example' })],
  ['Origin is the public host', () => ({ origin: publicOrigin() })],
  ['Origin is another members’ host', () => ({ origin: membersOrigin('mihon', 'm-9999') })],
  ['Origin is another institution', () => ({ origin: membersOrigin('betsu') })],
  ['Origin is this host without TLS', () => ({ origin: origin.replace('https:', 'http:') })],
  [
    'Origin is this host at another port',
    () => ({ origin: `https://${new URL(origin).hostname}` }),
  ],
  ['Origin ends like this host', () => ({ origin: origin.replace('https://', 'https://x') })],
  ['Sec-Fetch-Site contradicts Origin', () => ({ 'sec-fetch-site': 'cross-site' })],
];

const REFUSED_ORIGINS: readonly Case[] = FOREIGN_ORIGINS.flatMap(([name, fields]) =>
  ['/log-off', '/pin'].map((path) => ({
    name: `${name} on POST ${path}`,
    send: async () => {
      const form = { 'form-token': await ownToken(path), pin: TEST_PIN };
      return await owner.post(origin + path, form, fields());
    },
    status: 403,
    kind: 'foreign-origin',
  })),
);

const REFUSED_FORMS: readonly Case[] = [
  { name: 'no form token', form: async () => ({ pin: TEST_PIN }) },
  { name: 'an empty form token', form: async () => ({ 'form-token': '', pin: TEST_PIN }) },
  {
    name: 'the form token of another user’s PIN page',
    form: async () => ({
      'form-token': await pinToken(visitorOf(koshin, other.shows)),
      pin: TEST_PIN,
    }),
  },
  {
    name: 'the form token of a PIN page on another host',
    form: async () => {
      const page = await enter(visitorOf(koshin, mine.shows), koshin.mihon, koshin);
      assert.notEqual(new URL(page.url).origin, origin);
      return { 'form-token': page.formToken ?? '', pin: TEST_PIN };
    },
  },
  {
    name: 'the form token of the session in the PIN form',
    form: async () => ({ 'form-token': await ownToken('/log-off'), pin: TEST_PIN }),
  },
].map(({ name, form }) => ({
  name,
  send: async () => await owner.post(`${origin}/pin`, await form()),
  status: 403,
  kind: 'missing-token',
}));

const REFUSED_SHAPES: readonly Case[] = [
  {
    name: 'a form that is sent as text',
    send: async () =>
      await owner.post(`${origin}/pin`, { pin: TEST_PIN }, { 'content-type': 'text/plain' }),
    status: 415,
    kind: 'malformed',
  },
  {
    name: 'a form that is sent as JSON',
    send: async () =>
      await owner.post(`${origin}/pin`, { pin: TEST_PIN }, { 'content-type': 'application/json' }),
    status: 415,
    kind: 'malformed',
  },
];

const REFUSED_TARGETS: readonly Case[] = [
  {
    name: 'a path with a broken escape',
    send: async () => await owner.get(`${origin}/%zz`),
    status: 400,
    kind: 'malformed',
  },
  {
    name: 'a path that is not there',
    send: async () => await owner.get(`${origin}/x`),
    status: 404,
    kind: 'not-found',
  },
];

const HARMLESS_METHODS: readonly Case[] = [
  ...['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].map((method) => ({
    name: `${method} /log-off`,
    send: async () => {
      const form = ['GET', 'HEAD', 'OPTIONS'].includes(method) ? undefined : {};
      return await owner.send(`${origin}/log-off`, { method, ...(form && { form }) });
    },
    status: 405,
  })),
  {
    name: 'GET /pin with token and PIN in the query',
    send: async () => {
      const query = new URLSearchParams({ 'form-token': await ownToken('/pin'), pin: TEST_PIN });
      return await owner.get(`${origin}/pin?${query.toString()}`);
    },
    status: 303,
    leadsTo: '/',
  },
  { name: 'HEAD of the notices', send: async () => await head('/notices'), status: 200 },
  { name: 'HEAD of a members’ host', send: async () => await head('/'), status: 303 },
  {
    name: 'POST to the top page',
    send: async () => await owner.post(`${publicOrigin()}/`, {}),
    status: 405,
  },
  {
    name: 'POST to /login',
    send: async () => await owner.post(`${publicOrigin()}/login`, {}),
    status: 405,
  },
];

const STALE_MARKS: readonly Case[] = [
  ['no mark', async () => ''],
  ['a made-up mark', async () => `?mark=${Buffer.alloc(16).toString('base64url')}`],
  ['an empty mark', async () => '?mark='],
  ['the mark of another label', async () => new URL(await entrance('mihon')).search],
  ['a mark of another institution', async () => new URL(await entrance('betsu')).search],
].map(([name, query]) => ({
  name: `${String(name)} on a members’ host`,
  send: async () => {
    const search = await (query as () => Promise<string>)();
    return await visitorOf(koshin, mine.shows).get(`${membersOrigin('mihon', 'm-9999')}/${search}`);
  },
  status: 303,
  leadsTo: '/',
}));

suite('stolen and forged things', () => {
  before(async () => {
    koshin = await openTestKoshin({ now: LOGGED_IN_AT });
    mine = await makeCustomer('suzuki01', koshin);
    other = await makeCustomer('tanaka02', koshin);
    elsewhere = await makeCustomer('suzuki01', koshin, { bank: koshin.betsu });
    ({ visitor: owner, origin } = await loggedIn(koshin, mine));
    token = owner.cookie(origin, SESSION) ?? '';
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  const cases = [
    ...REFUSED_COOKIES,
    ...REFUSED_HOSTS,
    ...REFUSED_ORIGINS,
    ...REFUSED_FORMS,
    ...REFUSED_SHAPES,
    ...REFUSED_TARGETS,
    ...HARMLESS_METHODS,
    ...STALE_MARKS,
  ];
  for (const { name, send, ...want } of cases) {
    test(`${name}: ${want.kind ?? want.status}, and nothing changes`, async () => {
      const earlier = await standing();
      assertAnswer(await send(), want);
      assert.deepEqual(await standing(), earlier);
      assert.equal((await owner.get(`${origin}/notices`)).status, 200);
    });
  }

  test('a mark older than ten minutes leads to the top page', async () => {
    const address = await entrance('mihon');
    koshin.clock.set(new Date(new Date(LOGGED_IN_AT).getTime() + 10 * 60_000));
    assertAnswer(await visitorOf(koshin, mine.shows).get(address), { status: 303, leadsTo: '/' });
    koshin.clock.set(LOGGED_IN_AT);
  });

  test('a form token older than two hours is refused', async () => {
    const form = { 'form-token': await ownToken('/pin'), pin: TEST_PIN };
    koshin.clock.set(new Date(new Date(LOGGED_IN_AT).getTime() + 2 * 60 * 60_000));
    const answer = await owner.post(`${origin}/pin`, form);
    assertAnswer(answer, { status: 403, kind: 'missing-token' });
    koshin.clock.set(LOGGED_IN_AT);
  });

  test('a refusal of someone who showed a certificate of ours is on record under its number', async () => {
    const page = await owner.post(`${origin}/log-off`, {}, { origin: 'https://evil.example' });
    const entries = await koshin.house.db
      .selectFrom('audit_entry')
      .select(['event', 'user_id', 'detail'])
      .where('inquiry', '=', page.inquiry ?? '')
      .execute();
    assert.deepEqual(entries, [
      {
        event: 'request-refused',
        user_id: 'suzuki01',
        detail: { code: 'foreign-origin', asked: 'POST /log-off' },
      },
    ]);
  });

  test('after log off the cookie opens nothing, and log off says so to anybody', async () => {
    const { visitor, origin: host } = await loggedIn(koshin, other);
    const cookie = visitor.cookie(host, SESSION) ?? '';
    const loggedOff = `${publicOrigin()}/logged-off`;
    const first = await visitor.post(`${host}/log-off`, {});
    assert.deepEqual([first.status, first.location], [303, loggedOff]);
    assert.equal(visitor.cookie(host, SESSION), undefined);
    visitor.putCookie(host, SESSION, cookie);
    const page = await visitor.get(`${host}/notices`);
    assertAnswer(page, { status: 403, kind: 'session-ended' });
    for (const again of [visitor, visitorOf(koshin, other.shows), visitorOf(koshin)]) {
      assert.equal((await again.post(`${host}/log-off`, {})).location, loggedOff);
    }
  });
});

function assertAnswer(answer: Answer, { status, kind, leadsTo }: Want): void {
  if (kind !== undefined) assert.equal(answer.heading, REFUSALS[kind].title.ja);
  assert.equal(answer.status, status);
  if (leadsTo !== undefined) assert.equal(answer.location, publicOrigin() + leadsTo);
  if (kind !== undefined) assert.match(answer.inquiry ?? '', /^[0-9A-Z]{8}$/);
  assert.equal(answer.headers['set-cookie'], undefined);
}

/** Everything that a request could change; refusals themselves are on record, and are left out. */
async function standing(): Promise<unknown> {
  const { db } = koshin.house;
  return [
    await db.selectFrom('session').selectAll().orderBy('token_hash').execute(),
    await db.selectFrom('certificate').selectAll().orderBy('sha256').execute(),
    await db.selectFrom('person').selectAll().orderBy('user_id').orderBy('institution').execute(),
    await db.selectFrom('notice').selectAll().orderBy('notice').execute(),
    await db
      .selectFrom('audit_entry')
      .select('entry')
      .where('event', 'not in', ['request-refused', 'certificate-refused'])
      .orderBy('entry')
      .execute(),
  ];
}

async function withCookies(visitor: Visitor, value: string, host = origin): Promise<Answer> {
  visitor.putCookie(host, SESSION, value);
  return await visitor.get(`${host}/notices`);
}

async function head(path: string): Promise<Answer> {
  const answer = await owner.send(origin + path, { method: 'HEAD' });
  assert.equal(answer.body, '');
  return answer;
}

/** The token that belongs into a form of the owner's, as their own page has it. */
async function ownToken(path: string): Promise<string> {
  if (path === '/log-off') return (await owner.get(`${origin}/notices`)).formToken ?? '';
  return await pinToken(owner);
}

/** The token of the PIN page on the owner's host, for whoever asks. */
async function pinToken(visitor: Visitor): Promise<string> {
  const page = await visitor.get(await entranceTo(origin));
  assert.ok(page.formToken);
  return page.formToken;
}

/** Follows /login until it leads to this members' host: the step cookie tells which comes next. */
async function entranceTo(host: string): Promise<string> {
  const visitor = visitorOf(koshin);
  const step = Number(/m-([0-9]+)/.exec(host)?.[1]);
  visitor.putCookie(publicOrigin(), '__Host-step', String(step === 0 ? 4095 : step - 1));
  const { location } = await visitor.get(`${publicOrigin()}/login`);
  assert.equal(new URL(location).origin, host);
  return location;
}

async function entrance(bank: 'mihon' | 'betsu'): Promise<string> {
  const { location } = await visitorOf(koshin).get(`${publicOrigin(bank)}/login`);
  return location;
}

function publicOrigin(bank: 'mihon' | 'betsu' = 'mihon'): string {
  return `https://${koshin[bank].publicHost}:${koshin.port}`;
}

function membersOrigin(bank: 'mihon' | 'betsu', label = 'm-0001'): string {
  return `https://${label}.${koshin[bank].membersDomain}:${koshin.port}`;
}
