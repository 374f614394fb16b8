import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../errors.ts';
import { readMultipart } from './multipart-body.ts';

const TYPE = 'multipart/form-data; boundary=----X';

test('fields and a file are read as a browser sends them', async () => {
  const form = new FormData();
  form.set('per', 'file');
  form.set('name', '髙﨑\r\n①');
  const octets = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
  form.set('file', new Blob([octets]), '利用者 "1".csv');
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const type = request.headers.get('content-type') ?? '';
  const read = readMultipart(new Uint8Array(await request.arrayBuffer()), type);
  assert.deepEqual(read.fields, { per: 'file', name: '髙﨑\r\n①' });
  const file = read.files.get('file');
  assert.equal(file?.name, '利用者 "1".csv');
  assert.deepEqual(new Uint8Array(file?.octets ?? []), octets);
});

const HEAD = 'Content-Disposition: form-data; name="a"\r\n\r\n';
const BAD = [
  { name: 'no boundary', type: 'multipart/form-data', body: '' },
  { name: 'an empty body', type: TYPE, body: '' },
  { name: 'a part without an end', type: TYPE, body: `------X\r\n${HEAD}1` },
  { name: 'a part without a head', type: TYPE, body: '------X\r\n1\r\n------X--\r\n' },
  {
    name: 'a part of another kind',
    type: TYPE,
    body: '------X\r\nContent-Disposition: attachment\r\n\r\n1\r\n------X--\r\n',
  },
  {
    name: 'a field twice',
    type: TYPE,
    body: `------X\r\n${HEAD}1\r\n------X\r\n${HEAD}2\r\n------X--\r\n`,
  },
  { name: 'a boundary that goes on', type: TYPE, body: `------XY\r\n${HEAD}1\r\n------XY--\r\n` },
  { name: 'text that is not UTF-8', type: TYPE, body: `------X\r\n${HEAD}\xFF\r\n------X--\r\n` },
  {
    name: 'too many parts',
    type: TYPE,
    body: `${Array.from({ length: 21 }, (_, i) => `------X\r\nContent-Disposition: form-data; name="${i}"\r\n\r\n1\r\n`).join('')}------X--\r\n`,
  },
] as const;

for (const { name, type, body } of BAD) {
  test(`${name} is refused`, () => {
    assert.throws(
      () => readMultipart(Buffer.from(body, 'latin1'), type),
      (error: unknown) => error instanceof Refusal && error.code === 'invalid-input',
    );
  });
}
