import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clearCookie, readCookie, setCookie } from './cookies.ts';

const NAME = '__Host-session';

test('a cookie is set for exactly one host, out of reach of script', () => {
  assert.equal(
    setCookie(NAME, 'abc', { sameSite: 'strict' }),
    '__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Strict',
  );
  assert.equal(
    setCookie('__Host-step', '7', { sameSite: 'lax', lifeSeconds: 60 }),
    '__Host-step=7; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60',
  );
  assert.match(clearCookie(NAME), /^__Host-session=; Path=\/; Secure; .*Max-Age=0$/);
});

for (const value of ['', 'a b', 'a;b', 'a,b', 'a"b', 'a\\b', 'a\r\nb', '鈴']) {
  test(`the value ${JSON.stringify(value)} cannot be set`, () => {
    assert.throws(() => setCookie(NAME, value, { sameSite: 'strict' }), TypeError);
  });
}

const READ: readonly { header: string | undefined; want: string | undefined }[] = [
  { header: undefined, want: undefined },
  { header: '', want: undefined },
  { header: '__Host-session=abc', want: 'abc' },
  { header: 'a=b; __Host-session=abc; c=d', want: 'abc' },
  { header: '__Host-session=abc==', want: 'abc==' },
  { header: '__Host-session=abc; __Host-session=abc', want: undefined },
  { header: '__Host-session=abc; __Host-session=evil', want: undefined },
  { header: '__Host-session=abc; __Host-session=', want: undefined },
  { header: '__Host-session=abc; __Host-session', want: undefined },
  { header: '__Host-session=abc;__Host-session=evil', want: undefined },
  { header: '__Host-session=abc; \t__Host-session=evil', want: undefined },
  { header: '__Host-session', want: undefined },
  { header: '__Host-session=', want: undefined },
  { header: '__Host-session="abc"', want: undefined },
  { header: '__Host-session=a b', want: undefined },
  { header: '__Host-sessionx=abc', want: undefined },
  { header: '__host-session=abc', want: undefined },
  { header: 'session=abc', want: undefined },
  { header: 'x=__Host-session=abc', want: undefined },
];
for (const { header, want } of READ) {
  test(`Cookie: ${header} is read as ${want}`, () => {
    assert.equal(readCookie(header, NAME), want);
  });
}
