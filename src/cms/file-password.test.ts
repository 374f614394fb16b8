import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { FILE_PASSWORD_RANDOM_OCTETS, makeFilePassword } from './file-password.ts';

test('a password is five groups of four ASCII characters, none of which look alike', () => {
  for (let i = 0; i < 200; i++) {
    const password = makeFilePassword(new Uint8Array(randomBytes(FILE_PASSWORD_RANDOM_OCTETS)));
    assert.match(password, /^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){4}$/);
  }
});

test('every character is as likely as every other', () => {
  const counts = new Map<string, number>();
  for (let octet = 0; octet < 256; octet++) {
    // An octet that is passed over leaves the twenty of the filling alone.
    const random = new Uint8Array(21).fill(0);
    random[0] = octet;
    const first = makeFilePassword(random).charAt(0);
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  const [filler] = makeFilePassword(new Uint8Array(20));
  assert.equal(counts.size, 31);
  for (const [character, count] of counts) assert.equal(count, character === filler ? 16 : 8);
  const characters = makeFilePassword(new Uint8Array(20)).replaceAll('-', '').length;
  assert.ok(characters * Math.log2(counts.size) >= 80, 'a password has at least 80 bits');
});

test('too few random octets are refused, passed-over ones not counted', () => {
  assert.throws(() => makeFilePassword(new Uint8Array(19)), RangeError);
  assert.throws(() => makeFilePassword(new Uint8Array(48).fill(255)), RangeError);
});
