import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../errors.ts';
import { checkFormToken, makeFormToken } from './form-token.ts';

const BINDING = {
  key: Buffer.alloc(32, 1),
  boundTo: ['log-in', 'a1b2', 'm-0001.login.mihon.test'],
};
const NOON = new Date('2026-11-25T03:00:00Z');
const after = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
const TOKEN = makeFormToken(BINDING, NOON);

for (const minutes of [0, 59, 61, 119]) {
  test(`a token is good ${minutes} minutes after it was made`, () => {
    checkFormToken(TOKEN, BINDING, after(minutes));
  });
}

const REFUSED = [
  { name: 'none', token: undefined },
  { name: 'an empty one', token: '' },
  { name: 'one cut short', token: TOKEN.slice(0, -1) },
  { name: 'one changed', token: `${TOKEN.startsWith('A') ? 'B' : 'A'}${TOKEN.slice(1)}` },
  { name: 'one two hours old', token: TOKEN, now: after(120) },
  { name: 'one from the future', token: makeFormToken(BINDING, after(60)) },
  {
    name: "another session's",
    token: TOKEN,
    binding: { ...BINDING, boundTo: ['log-in', 'c3d4', ''] },
  },
  {
    name: 'one whose binding only reads the same when joined',
    token: TOKEN,
    binding: { ...BINDING, boundTo: ['log-ina1b2', 'm-0001.login.mihon.test'] },
  },
  { name: "another key's", token: TOKEN, binding: { ...BINDING, key: Buffer.alloc(32, 2) } },
];
for (const { name, token, binding = BINDING, now = NOON } of REFUSED) {
  test(`${name} is refused as missing`, () => {
    assert.throws(
      () => checkFormToken(token, binding, now),
      (error) => error instanceof Refusal && error.code === 'missing-token',
    );
  });
}
