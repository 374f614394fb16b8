import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { FORM, get, post } from '../../test/raw-requests.ts';
import { closeAll, OWN, send } from '../../test/test-front.ts';

after(closeAll);

const FORMS: readonly {
  name: string;
  body: string;
  want: number;
  fields?: object;
  type?: string;
}[] = [
  {
    name: 'fields',
    body: 'pin=Ab1%2B&name=%E9%88%B4%E6%9C%A8+x',
    want: 200,
    fields: { pin: 'Ab1+', name: '鈴木 x' },
  },
  { name: 'an empty field', body: 'pin=', want: 200, fields: { pin: '' } },
  { name: 'a field called __proto__', body: '__proto__=x', want: 200 },
  { name: 'a charset', body: 'a=b', type: `${FORM}; charset=UTF-8`, want: 200, fields: { a: 'b' } },
  { name: 'another charset', body: 'a=b', type: `${FORM}; charset=shift_jis`, want: 422 },
  { name: 'a field twice', body: 'pin=1&pin=2', want: 422 },
  { name: 'a field twice, once escaped', body: 'pin=1&%70in=2', want: 422 },
  { name: 'broken UTF-8', body: 'a=%E9%88', want: 422 },
  { name: 'overlong UTF-8', body: 'a=%C0%80', want: 422 },
  { name: 'a raw byte beyond ASCII', body: 'a=\xe9', want: 422 },
  { name: 'a broken escape', body: 'a=%4', want: 422 },
  { name: 'a NUL', body: 'a=%00', want: 422 },
  { name: 'a nameless field', body: '=b', want: 422 },
  { name: 'a field without value', body: 'a', want: 422 },
  {
    name: 'too many fields',
    body: Array.from({ length: 201 }, (_, i) => `a${i}=`).join('&'),
    want: 422,
  },
  {
    name: 'JSON where forms are read',
    body: '{}',
    type: 'Content-Type: application/json',
    want: 415,
  },
  {
    name: 'a multipart body',
    body: 'x',
    type: 'Content-Type: multipart/form-data; boundary=a',
    want: 415,
  },
  { name: 'text', body: 'a=b', type: 'Content-Type: text/plain', want: 415 },
  { name: 'no media type', body: 'a=b', type: 'Content-Type:', want: 415 },
  { name: 'too much', body: `a=${'b'.repeat(70_000)}`, want: 413 },
];
for (const { name, body, want, fields, type = FORM } of FORMS) {
  test(`a form with ${name} is answered with ${want}`, async () => {
    const answer = await send(post('/form', body, OWN, type));
    assert.equal(answer.status, want, answer.body);
    if (fields !== undefined) assert.deepEqual(JSON.parse(answer.body), fields);
  });
}

test('JSON is read where a route asked for it, and nowhere else', async () => {
  const json = (body: string) => post('/json', body, OWN, 'Content-Type: application/json');
  assert.equal((await send(json('{"a":1}'))).body, '{"a":1}');
  assert.equal((await send(json('{"a":'))).status, 400);
  assert.equal((await send(json('"\xe9"'))).status, 422);
  assert.equal((await send(json('{"__proto__":{}}'))).status, 400);
});

test('a query that no page of ours makes counts as none', async () => {
  assert.equal((await send(get('/query?a=b'))).body, '{"a":"b"}');
  for (const query of ['a=1&a=2', 'a=%E9', 'a=%zz']) {
    assert.equal((await send(get(`/query?${query}`))).body, '{}');
  }
});
