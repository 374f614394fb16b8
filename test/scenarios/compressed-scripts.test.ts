// The scripts as they travel: compressed for who takes that, and nothing else compressed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type BrowserScript, bundleBrowserScripts } from '../../src/frame/browser-bundle.ts';
import { visitorOf } from '../system/customers.ts';
import { loginOrigin } from '../system/device-client.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const MAX_OCTETS = 25_000;
const BROWSERS = 'gzip, deflate, br, zstd';

let koshin: TestKoshin;
let scripts: readonly BrowserScript[];

const get = async (path: string, acceptEncoding: string | null) =>
  await visitorOf(koshin).get(`${loginOrigin(koshin, koshin.mihon)}${path}`, {
    'accept-encoding': acceptEncoding,
  });
const integrityOf = (octets: Uint8Array) =>
  `sha384-${createHash('sha384').update(octets).digest('base64')}`;

suite('scripts on the wire', () => {
  before(async () => {
    koshin = await openTestKoshin();
    scripts = Object.values(await bundleBrowserScripts());
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('take at most 25 kB each for a browser, and are the source with its digest', async () => {
    assert.ok(scripts.length > 0);
    for (const { path, source, integrity } of scripts) {
      const { headers, octets } = await get(path, BROWSERS);
      assert.ok(octets.length <= MAX_OCTETS, `${path}: ${octets.length} octets`);
      assert.equal(headers['content-encoding'], 'gzip');
      assert.equal(headers['content-length'], String(octets.length));
      assert.equal(headers['vary'], 'accept-encoding');
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
      const decoded = gunzipSync(octets);
      assert.equal(decoded.toString(), source);
      assert.equal(integrityOf(decoded), integrity);
    }
  });

  test('come as they are for who takes nothing else', async () => {
    for (const { path, integrity } of scripts) {
      for (const accepted of [null, 'identity', 'gzip;q=0']) {
        const { headers, octets } = await get(path, accepted);
        assert.equal(headers['content-encoding'], undefined);
        assert.equal(headers['content-length'], String(octets.length));
        assert.equal(headers['vary'], 'accept-encoding');
        assert.equal(integrityOf(octets), integrity);
      }
    }
  });

  test('are all that is compressed: no page is, whose tokens its length could betray', async () => {
    const page = await get('/', BROWSERS);
    assert.match(page.body, /<html/);
    assert.equal(page.headers['content-encoding'], undefined);
  });
});
