import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptsGzip } from './accepts-gzip.ts';

for (const header of [
  'gzip',
  'gzip, deflate, br, zstd',
  'br;q=1.0, GZIP;q=0.8, *;q=0.1',
  'deflate;q=0, *',
  'x-gzip',
  'gzip ; q=0.001',
]) {
  test(`gzip is taken by "${header}"`, () => assert.ok(acceptsGzip(header)));
}

for (const header of [
  undefined,
  '',
  'identity',
  'br',
  'gzip;q=0',
  'gzip;q=0.000, *',
  '*;q=0',
  'gzip;q=-1',
  'gzip;q=many',
  'notgzip',
]) {
  test(`gzip is not taken by ${JSON.stringify(header)}`, () => assert.ok(!acceptsGzip(header)));
}
