import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baselineHeaders, styleHash } from './security-headers.ts';

test('the hash of a style sheet is what CSP wants', () => {
  assert.equal(styleHash(''), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
});

test('Strict-Transport-Security is left out where its life is 0', () => {
  const names = (hstsSeconds: number) =>
    Object.keys(baselineHeaders({ styleSources: [], hstsSeconds }));
  assert.ok(names(1).includes('strict-transport-security'));
  assert.ok(!names(0).includes('strict-transport-security'));
});
