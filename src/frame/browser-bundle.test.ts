import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bundleBrowserScripts } from './browser-bundle.ts';

const MAX_COMPRESSED_OCTETS = 25_000;

test('the script of the renewal page is at most 25 kB compressed', async () => {
  const { source } = (await bundleBrowserScripts()).renewal;
  const octets = gzipSync(source, { level: 9 }).length;
  assert.ok(octets <= MAX_COMPRESSED_OCTETS, `${octets} octets`);
});

test('the script needs nothing that its page does not allow', async () => {
  for (const { source } of Object.values(await bundleBrowserScripts())) {
    const forbidden = /\b(?:eval|Function|import)\(|innerHTML|localStorage|indexedDB/.exec(source);
    assert.equal(forbidden, null);
    assert.doesNotMatch(source, /^import\b|require\(/m);
  }
});

test('nothing but the secret of a touch and its time is kept in the tab', async () => {
  for (const { source } of Object.values(await bundleBrowserScripts())) {
    const kept = [...source.matchAll(/sessionStorage\.setItem\((?<name>[^,]+),/g)];
    for (const { groups } of kept) {
      // The bundler's short names may hold a `$`.
      const name = RegExp.escape(groups?.['name'] ?? '');
      assert.match(source, new RegExp(`[\\s,;]${name}="koshin-fresh(?:-at)?"`));
    }
  }
});

test('path and integrity are those of the text', async () => {
  const { path, source, integrity } = (await bundleBrowserScripts()).renewal;
  const digest = createHash('sha384').update(source).digest();
  assert.equal(integrity, `sha384-${digest.toString('base64')}`);
  assert.ok(path.includes(digest.toString('hex').slice(0, 16)));
});
