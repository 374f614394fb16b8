import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseFounding } from './parse-founding.ts';

const DOCUMENT = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const EXAMPLE = /^```json\n([\s\S]*?)^```$/m.exec(DOCUMENT)?.[1] ?? '';
const GOOD = JSON.parse(EXAMPLE) as Readonly<Record<string, unknown>>;

test('the example in docs/operations.md is a founding, and each field is explained', () => {
  const { institution, rootName, issuingName } = parseFounding(EXAMPLE);
  assert.deepEqual({ ...institution, rootName, issuingName }, GOOD);
  for (const name of Object.keys(GOOD)) {
    assert.match(DOCUMENT, new RegExp(String.raw`^\| [^|]*\`${name}\``, 'm'), name);
  }
});

for (const name of Object.keys(GOOD)) {
  test(`a file without ${name} is refused, and the field is named`, () => {
    const { [name]: _left, ...rest } = GOOD;
    assert.throws(() => parseFounding(JSON.stringify(rest)), {
      code: 'invalid-input',
      message: new RegExp(`^institution file: ${name} is `),
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
