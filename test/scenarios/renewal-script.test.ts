// The script of the renewal page in a real browser, with a small bank behind it: what it makes, what it shows, and
// that nothing is lost or doubled.
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type BrowserScript, bundleBrowserScripts } from '../../src/frame/browser-bundle.ts';
import type { NewKey } from '../../src/portal/renewal-progress.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { decodePem } from '../../src/x509/pem.ts';
import { openssl } from '../openssl.ts';
import { hasChromium, openBrowser } from '../pages/page-browser.ts';
import { openRenewal, type Reply } from '../pages/renewal-server.ts';
import { sampleCertificate } from '../sample-certificate.ts';

const EC: NewKey = { kind: 'EC', curve: 'P-256' };
const skip = hasChromium ? false : 'Chromium is not installed';
let browser: Browser | undefined;
let page: Page;
let script: BrowserScript;

before(async () => {
  if (skip) return;
  browser = await openBrowser();
  page = await browser.newPage({ acceptDownloads: true });
  script = (await bundleBrowserScripts()).renewal;
});
after(async () => {
  await browser?.close();
});

const open = async (replies: readonly Reply[], key: NewKey = EC) =>
  await openRenewal(page, { key, script, replies });

const KINDS: readonly { key: NewKey; made: string; details: object }[] = [
  {
    key: { kind: 'RSA', bits: 3072 },
    made: '新しいRSA鍵(3072ビット)を作成しました',
    details: { modulusLength: 3072, publicExponent: 65_537n },
  },
  { key: EC, made: '新しい楕円曲線鍵(P-256)を作成しました', details: { namedCurve: 'prime256v1' } },
];

for (const { key, made, details } of KINDS) {
  test(`更新 gives two files that openssl opens: ${made}`, { skip }, async () => {
    const { posts, tokens, complaints } = await open(['issue'], key);
    await page.getByRole('button', { name: '更新', exact: true }).click();
    await page.locator('#renewal-delivery').waitFor();
    assert.ok(await page.locator('#renewal-delivery').getByText(made).isVisible());
    assert.equal(posts.length, 1);
    assert.equal(posts[0]?.get('unproven'), 'keep');
    assert.deepEqual(tokens, ['form-token-of-the-test']);
    const password = await page.locator('#file-password').textContent();
    assert.match(password ?? '', /^[2-9a-z]{4}(-[2-9a-z]{4}){4}$/);
    const files = [
      { link: '#download-standard', name: 'みほん信用金庫_suzuki01_2027-12.p12', mac: 'sha256' },
      {
        link: '#download-compatible',
        name: 'みほん信用金庫_suzuki01_2027-12-compatible.p12',
        mac: 'sha1',
      },
    ];
    for (const { link, name, mac } of files) {
      const pem = await download(link, name, password ?? '');
      const privateKey = createPrivateKey(pem);
      assert.deepEqual(privateKey.asymmetricKeyDetails, details, mac);
      const { subjectPublicKeyInfo } = parseCertificate(decodePem(pem, 'CERTIFICATE'));
      const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
      assert.equal(spki.toHex(), subjectPublicKeyInfo.der.toHex());
    }
    assert.equal(await page.locator('#renewal-delivery').getAttribute('data-step'), 'prove');
    assert.deepEqual(complaints, []);
    assert.deepEqual(await stored(), []);
  });
}

test('a lost answer is asked for again with the same key', { skip }, async () => {
  const { posts } = await open(['lose', { status: 502, body: '<p>proxy</p>' }, 'issue']);
  await page.locator('#renew').click();
  for (let lost = 1; lost <= 2; lost++) {
    await page.locator('#failed-connection').waitFor();
    assert.equal(posts.length, lost);
    await page.locator('#retry').click();
  }
  await page.locator('#renewal-delivery').waitFor();
  assert.equal(new Set(posts.map((post) => post.get('request'))).size, 1);
});

test('a refusal is shown in its words with its number', { skip }, async () => {
  const body = JSON.stringify({
    code: 'unproven-exists',
    message: '理由です。',
    inquiry: 'ABCD1234',
  });
  const { posts } = await open([{ status: 409, body }]);
  await page.locator('#renew').click();
  for (const text of [
    /^電子証明書を発行できませんでした/,
    '理由です。',
    'お問い合わせ番号 ABCD1234',
  ]) {
    await page.locator('#renewal-failed').getByText(text).waitFor();
  }
  assert.ok(await page.locator('#reopen').isVisible());
  assert.ok(await page.locator('#retry').isHidden());
  assert.equal(posts.length, 1);
});

test('where the bank answers that it is busy, its words are shown, and the same key may try again', {
  skip,
}, async () => {
  const body = JSON.stringify({
    code: 'overloaded',
    message: '混み合っています。',
    inquiry: 'ABCD1234',
  });
  const { posts } = await open([{ status: 503, body }, 'issue']);
  await page.locator('#renew').click();
  await page.locator('#renewal-failed').getByText('混み合っています。').waitFor();
  assert.ok(await page.locator('#failed-connection').isHidden());
  await page.locator('#retry').click();
  await page.locator('#renewal-delivery').waitFor();
  assert.equal(new Set(posts.map((post) => post.get('request'))).size, 1);
});

test('a certificate of another key is not put into a file', { skip }, async () => {
  await open([{ certificate: sampleCertificate() }]);
  await page.locator('#renew').click();
  await page.locator('#failed-refused').waitFor();
  assert.ok(await page.locator('#renewal-delivery').isHidden());
});

test('a double click asks once', { skip }, async () => {
  const { posts } = await open(['issue', 'issue']);
  await page.locator('#renew').dblclick();
  await page.locator('#renewal-delivery').waitFor();
  assert.equal(posts.length, 1);
});

test('取得し直す asks for the waiting certificate to be replaced', { skip }, async () => {
  const { posts } = await openRenewal(page, { key: EC, script, isAgain: true, replies: ['issue'] });
  await page.getByRole('button', { name: '取得し直す' }).click();
  await page.locator('#renewal-delivery').waitFor();
  assert.equal(posts[0]?.get('unproven'), 'replace');
});

test('leaving warns until a file was saved, not before 更新 and not after', { skip }, async () => {
  const warnings = async () => {
    let count = 0;
    page.once('dialog', (dialog) => {
      count += dialog.type() === 'beforeunload' ? 1 : 0;
      void dialog.dismiss();
    });
    await page.reload({ timeout: 2000 }).catch(() => undefined);
    return count;
  };
  await open(['issue']);
  assert.equal(await warnings(), 0);
  await open(['issue']);
  await page.locator('#renew').click();
  await page.locator('#download-standard').waitFor();
  assert.equal(await warnings(), 1);
  await Promise.all([page.waitForEvent('download'), page.locator('#download-standard').click()]);
  assert.equal(await warnings(), 0);
});

test('a browser that makes no key is told so, with the way on', { skip }, async () => {
  const other = (await browser?.newPage()) ?? assert.fail();
  await other.addInitScript(() => {
    Object.defineProperty(crypto, 'subtle', { value: undefined });
  });
  await openRenewal(other, { key: EC, script, replies: [] });
  await other.locator('#renew').click();
  await other.locator('#failed-browser').waitFor();
  assert.ok(await other.locator('#reopen').isVisible());
  await other.close();
});

async function download(link: string, name: string, password: string): Promise<string> {
  const shown = page.locator(link);
  if (!(await shown.isVisible()))
    await page.locator('details', { has: shown }).locator('summary').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), shown.click()]);
  assert.equal(saved.suggestedFilename(), name);
  const file = await readFile(await saved.path());
  return openssl(['pkcs12', '-noenc', '-passin', `pass:${password}`], file);
}

/** What the page has left behind in the browser. */
async function stored(): Promise<unknown[]> {
  return await page.evaluate(`Promise.all([indexedDB.databases(), caches.keys()]).then((lists) =>
    [...lists.flat(), ...Object.keys(localStorage), ...Object.keys(sessionStorage)])`);
}
