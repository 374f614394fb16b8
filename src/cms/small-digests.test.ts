import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha1, sha256 } from './small-digests.ts';

const EXAMPLES = [
  { digest: sha1, text: 'abc', want: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
  {
    digest: sha256,
    text: 'abc',
    want: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  {
    digest: sha256,
    text: 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    want: '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  },
];

for (const { digest, text, want } of EXAMPLES) {
  test(`${digest.name} of ${text} is the example of FIPS 180-4`, () => {
    assert.equal(digest(new TextEncoder().encode(text)).toHex(), want);
  });
}

for (const { name, digest } of [
  { name: 'sha1', digest: sha1 },
  { name: 'sha256', digest: sha256 },
]) {
  test(`${name} of every length up to three blocks is what OpenSSL computes`, () => {
    for (let length = 0; length <= 192; length++) {
      const message = Uint8Array.from({ length }, (_, i) => (i * 151 + length) & 0xff);
      assert.equal(digest(message).toHex(), createHash(name).update(message).digest('hex'));
    }
  });
}
