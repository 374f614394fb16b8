import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseFounding } from './parse-founding.ts';

const DOCUMENT = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const EXAMPLE = /^```json\n([\s\S]*?)^```$/m.exec(DOCUMENT)?.[1] ?? '';
const GOOD = JSON.parse(EXAMPLE) as Readonly<Record<string, unknown>>;

test('the example in docs/operations.md is a founding, and each field is explained', () => {
  const { institution, rootName, issuingName } = parseFounding(EXAMPLE);
  const defaults = {
    kind: 'bank',
    passkeyDomain: 'mihon.example',
    certificatePolicy: '2.999.1394.1',
  };
  assert.deepEqual({ ...institution, rootName, issuingName }, { ...GOOD, ...defaults });
  for (const name of Object.keys(institution)) {
    assert.match(DOCUMENT, new RegExp(String.raw`^\| [^|]*\`${name}\``, 'm'), name);
  }
});

for (const name of Object.keys(GOOD).filter((one) => one !== 'passkeyDomain')) {
  test(`a file without ${name} is refused, and the field is named`, () => {
    const { [name]: _left, ...rest } = GOOD;
    assert.throws(() => parseFounding(JSON.stringify(rest)), {
      code: 'invalid-input',
      message: new RegExp(`^institution file: ${name} is `),
    });
  });
}

for (const { publicHost, membersDomain, passkeyDomain, want } of [
  { publicHost: 'mihon.jp', membersDomain: 'login.mihon.jp', want: 'mihon.jp' },
  { publicHost: 'www.mihon.jp', membersDomain: 'login.mihon.jp', want: 'login.mihon.jp' },
  {
    publicHost: 'www.mihon.jp',
    membersDomain: 'login.mihon.jp',
    passkeyDomain: 'mihon.jp',
    want: 'mihon.jp',
  },
]) {
  test(`passkeys of ${publicHost} belong to ${want}, where ${passkeyDomain ?? 'nothing'} is said`, () => {
    const file = { ...GOOD, publicHost, membersDomain, passkeyDomain };
    assert.equal(parseFounding(JSON.stringify(file)).institution.passkeyDomain, want);
  });
}

for (const passkeyDomain of ['other.jp', 'x.login.mihon.example', 'ihon.example', 'example', '']) {
  test(`a passkey domain ${passkeyDomain} that is not above the logins is refused`, () => {
    assert.throws(() => parseFounding(JSON.stringify({ ...GOOD, passkeyDomain })), {
      message: /^institution file: passkeyDomain is /,
    });
  });
}

test('an unknown field and a text that is not JSON are refused', () => {
  assert.throws(() => parseFounding(JSON.stringify({ ...GOOD, policies: {} })), {
    message: 'institution file: unknown fields: policies',
  });
  assert.throws(() => parseFounding('{'), { message: 'the file is not JSON' });
});

for (const publicationBase of [
  'http://a b<c>',
  'http://',
  'http://-..bad:99999',
  'http://pki.example/a b',
  'http://pki.example/"x"',
  'http://user@pki.example',
  'http://pki.example?x',
  'http://pki.example/',
  'https://pki.example',
  'HTTP://pki.example',
]) {
  test(`publicationBase ${publicationBase} is refused`, () => {
    assert.throws(() => parseFounding(JSON.stringify({ ...GOOD, publicationBase })), {
      code: 'invalid-input',
      message: 'institution file: publicationBase is missing or wrong',
    });
  });
}

for (const publicationBase of ['http://pki.example', 'http://pki.example:8080/ca']) {
  test(`publicationBase ${publicationBase} is taken as it is`, () => {
    const { institution } = parseFounding(JSON.stringify({ ...GOOD, publicationBase }));
    assert.equal(institution.publicationBase, publicationBase);
  });
}

for (const field of ['name', 'rootName', 'issuingName']) {
  for (const { why, value } of [
    { why: '65 characters', value: '信'.repeat(65) },
    { why: 'NUL', value: 'みほん\0' },
    { why: 'a mark that turns the reading round', value: 'みほん\u202e金庫' },
    { why: 'a space of no width', value: 'みほん\u200b金庫' },
    { why: 'a line separator', value: 'みほん\u2028金庫' },
    { why: 'half a character', value: 'みほん\ud842' },
    { why: 'a space in front', value: ' みほん' },
    { why: 'a wide space behind', value: 'みほん\u3000' },
  ]) {
    test(`${field} with ${why} gets into no certificate`, () => {
      assert.throws(() => parseFounding(JSON.stringify({ ...GOOD, [field]: value })), {
        code: 'invalid-input',
        message: new RegExp(`^institution file: ${field} has `),
      });
    });
  }

  test(`${field} may have 64 characters, of two units each`, () => {
    assert.doesNotThrow(() => parseFounding(JSON.stringify({ ...GOOD, [field]: '𠮷'.repeat(64) })));
  });
}

test('publicationBase is short enough for a certificate', () => {
  const publicationBase = `http://pki.example/${'a'.repeat(200)}`;
  assert.throws(() => parseFounding(JSON.stringify({ ...GOOD, publicationBase })), {
    message: 'institution file: publicationBase has more than 200 characters',
  });
});

test('certificatePolicy is an object identifier that every reader takes', () => {
  const founding = (certificatePolicy: unknown) =>
    parseFounding(JSON.stringify({ ...GOOD, certificatePolicy })).institution.certificatePolicy;
  for (const policy of ['1.2.392.200091.100.1', '2.999.1', '1.3.2147483647']) {
    assert.equal(founding(policy), policy);
  }
  for (const policy of [
    '1',
    '3.1',
    '1.40.1',
    '1.2.',
    '1.02',
    '1.2.2147483648',
    '2.2147483568',
    7,
  ]) {
    assert.throws(() => founding(policy), {
      code: 'invalid-input',
      message: /^institution file: certificatePolicy /,
    });
  }
  // Of a UUID (X.667).
  assert.throws(() => founding('2.25.187046530478265110253706123811840726539'));
});
