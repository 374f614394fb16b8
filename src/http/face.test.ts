import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { get, post } from '../../test/raw-requests.ts';
import { client, closeAll, front, lines, MEMBERS, OWN, PORT, send } from '../../test/test-front.ts';

after(closeAll);

test('a page is served on the public host without, and on a members host with a certificate', async () => {
  assert.equal((await send(get('/'))).body, '127.0.0.1 none');
  assert.equal((await send(get('/'), MEMBERS)).body, '127.0.0.1 none');
  const shown = { cert: client.certificatePem, key: client.privateKeyPem };
  assert.equal((await send(get('/'), MEMBERS, front.port, shown)).body, '127.0.0.1 shown');
});

test('a route learns its site', async () => {
  const { body } = await send(get('/site'), MEMBERS);
  assert.deepEqual(JSON.parse(body), {
    institution: '1394',
    kind: 'members',
    host: MEMBERS,
    label: 'm-0001',
    authority: `${MEMBERS}:${PORT}`,
    origin: `https://${MEMBERS}:${PORT}`,
  });
});

test('headers that proxies set are not believed', async () => {
  const forged = [
    'X-Forwarded-For: 192.0.2.1',
    'X-Forwarded-Host: evil.test',
    'Forwarded: for=192.0.2.1',
  ];
  assert.equal((await send(get('/', ...forged))).body, '127.0.0.1 none');
});

const METHODS: readonly { raw: string; want: number; allow: string | null }[] = [
  { raw: get('/nowhere'), want: 404, allow: null },
  { raw: get('/%zz'), want: 400, allow: null },
  { raw: get('/form'), want: 405, allow: 'POST' },
  { raw: get('/only-put'), want: 405, allow: 'PUT' },
  { raw: post('/', '', OWN), want: 405, allow: 'GET, HEAD' },
  { raw: get('/').replace('GET', 'OPTIONS'), want: 405, allow: 'GET, HEAD' },
  { raw: get('/').replace('GET', 'PROPFIND'), want: 403, allow: null },
  { raw: get('*').replace('GET', 'OPTIONS'), want: 405, allow: 'GET, HEAD' },
];
for (const { raw, want, allow } of METHODS) {
  test(`${raw.slice(0, raw.indexOf('HTTP'))}is answered with ${want}`, async () => {
    const answer = await send(raw);
    assert.deepEqual([answer.status, answer.headers.get('allow')], [want, allow]);
    assert.match(answer.body, new RegExp(`<p>${want} [a-z-]* [0-9A-Z]{8}</p>`));
  });
}

test('a method that a page does not know leaves a line under the number on the page', async () => {
  lines.length = 0;
  const { body } = await send(get('/form'));
  assert.equal(lines[0]?.fields['status'], 405);
  assert.match(body, new RegExp(String(lines[0]?.fields['inquiryNumber'])));
});

test('a body in a coding that is not read is answered with 415', async () => {
  const answer = await send(post('/form', 'a=b', OWN, 'Content-Encoding: gzip'));
  assert.equal(answer.status, 415);
});

test('HEAD has the headers of GET and no body', async () => {
  const answer = await send(get('/').replace('GET', 'HEAD'));
  assert.deepEqual(
    [answer.status, answer.headers.get('content-length'), answer.body],
    [200, '14', ''],
  );
});

const EVERYWHERE = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'strict-origin',
  'strict-transport-security': 'max-age=600',
  'x-content-type-options': 'nosniff',
  'alt-svc': null,
  server: null,
  'x-powered-by': null,
};
for (const raw of [
  get('/'),
  get('/nowhere'),
  get('/%zz'),
  get('/defect'),
  get('/form'),
  'x\r\n\r\n',
]) {
  test(`${raw.split('\r\n')[0]} is answered with the headers of every answer`, async () => {
    const { headers } = await send(raw);
    const found = Object.keys(EVERYWHERE).map((name) => [name, headers.get(name)]);
    assert.deepEqual(Object.fromEntries(found), EVERYWHERE);
    assert.match(headers.get('permissions-policy') ?? '', /camera=\(\)/);
    assert.match(
      headers.get('content-security-policy') ?? '',
      /^default-src 'none'; base-uri 'none'/,
    );
  });
}

test('the content policy allows script only to routes that ask, and forms only to own targets', async () => {
  const policyOf = async (path: string, host?: string) =>
    (await send(get(path), host)).headers.get('content-security-policy') ?? '';
  assert.doesNotMatch(await policyOf('/'), /script-src|connect-src/);
  assert.match(await policyOf('/script'), /script-src 'self'; connect-src 'self'/);
  assert.match(await policyOf('/'), /form-action 'self'; style-src 'sha256-abc'$/);
  assert.match(
    await policyOf('/', MEMBERS),
    /form-action 'self' https:\/\/\*\.login\.mihon\.test;/,
  );
  assert.match(await policyOf('/nowhere'), /style-src 'sha256-abc'/);
  assert.match(await policyOf('/%zz'), /style-src 'sha256-abc'/);
});

test('an asset may be kept, a page never', async () => {
  assert.equal((await send(get('/asset'))).headers.get('cache-control'), 'max-age=60');
});

test('a refusal gets its status, its page and a line in the log', async () => {
  lines.length = 0;
  const answer = await send(get('/refused'));
  const [, number] = /<p>418 revoked ([0-9A-Z]{8})<\/p>/.exec(answer.body) ?? [];
  assert.deepEqual(
    [answer.status, lines[0]?.level, lines[0]?.fields['inquiryNumber']],
    [418, 'info', number],
  );
});

test('a defect is answered generically and logged in full under its number', async () => {
  lines.length = 0;
  const answer = await send(get('/defect?secret=1'));
  const [, number] = /<p>500 {2}([0-9A-Z]{8})<\/p>/.exec(answer.body) ?? [];
  assert.equal(answer.status, 500);
  assert.equal(lines[0]?.fields['inquiryNumber'], number);
  assert.match(JSON.stringify(lines[0]), /secret internals.*test-front\.ts/);
  assert.doesNotMatch(JSON.stringify(lines[0]), /secret=1/);
});

test('a problem page that fails becomes a line of text', async () => {
  const answer = await send(get('/broken-page'));
  assert.equal(answer.status, 500);
  assert.match(answer.body, /^Internal Server Error\n[0-9A-Z]{8}\n$/);
});
