// Files that Koshin writes, imported into the stores of stock browsers and used: the browser shows the
// file's certificate to the running system and proves that it holds its key, and the person logs in.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { friendlyNameOf } from '../../src/cms/file-names.ts';
import { FILE_PASSWORD_RANDOM_OCTETS, makeFilePassword } from '../../src/cms/file-password.ts';
import { makePkcs12, type Pkcs12Variant } from '../../src/cms/make-pkcs12.ts';
import { makeNewKey } from '../../src/cms/new-key.ts';
import { readRequest } from '../../src/operations/read-request.ts';
import { PIN } from '../../src/words/login.ts';
import { NOTICES } from '../../src/words/notices.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { BrowserHome } from '../browsers/browser-home.ts';
import { openChromium } from '../browsers/chromium.ts';
import { heading, openFirefox, press, textOf, unlessFirefox } from '../browsers/firefox.ts';
import { makeCustomer } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import { unlessInstalled } from './programs.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const CASES = (['standard', 'compatible'] as const).flatMap((variant) =>
  ['RSA-3072', 'P-256'].map((kind) => ({ variant, kind })),
);

/** A person's file with its password. */
type PersonalFile = { readonly user: string; readonly file: Uint8Array; readonly password: string };

let koshin: TestKoshin;
let policies: AsyncDisposable | undefined;
let users = 0;

suite('PKCS#12 files in browsers', { skip: unlessInstalled('pk12util') }, () => {
  before(async () => {
    // Browsers go by the machine's clock: what they hide as expired has expired.
    const now = new Date();
    koshin = await openTestKoshin({ now: new Date(now.getTime() - DAY_MS) });
    koshin.clock.set(now);
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  suite('Chromium', { skip: unlessPolicies }, () => {
    before(async () => {
      const { membersDomain, issuingName } = koshin.mihon;
      policies = await selectAutomatically(`[*.]${membersDomain}:${koshin.port}`, issuingName);
    });
    after(async () => await policies?.[Symbol.asyncDispose]());

    for (const { variant, kind } of CASES) {
      test(`a ${variant} file, ${kind}, logs its person in`, async () => {
        const person = await makeFile(variant, kind);
        await using home = await BrowserHome.open(koshin.serverAuthorityFile);
        await importInto(home, person);
        await using browser = await openChromium(home);
        const { page } = browser;
        await page.goto(loginAddress());
        const shown = await page.locator('dd.strong').last().textContent();
        assert.equal(shown, person.user);
        await page.getByLabel(PIN.field.ja).fill(TEST_PIN);
        await page.getByRole('button', { name: PIN.logIn.ja }).click();
        await page.getByRole('heading', { level: 1, name: NOTICES.important.ja }).waitFor();
      });
    }
  });

  suite('Firefox', { skip: unlessFirefox }, () => {
    for (const { variant, kind } of CASES) {
      test(`a ${variant} file, ${kind}, logs its person in`, async () => {
        const person = await makeFile(variant, kind);
        await using home = await BrowserHome.open(koshin.serverAuthorityFile, {
          browser: 'firefox',
        });
        await importInto(home, person);
        await using firefox = await openFirefox(home, { certificates: 'takes-the-first' });
        const { page } = firefox;
        await page.goto(loginAddress());
        await heading(PIN.title.ja, page);
        assert.equal(await textOf('div:nth-of-type(2) > dd.strong', page), person.user);
        await page.locator('input[name=pin]').fill(TEST_PIN);
        await press(PIN.logIn.ja, page);
        await heading(NOTICES.important.ja, page);
      });
    }
  });
});

/** A person with a certificate of a key of this kind, and both in a file as the renewal page makes it. */
async function makeFile(variant: Pkcs12Variant, kind: string): Promise<PersonalFile> {
  users += 1;
  const user = `user${users}`;
  const { request, privateKeyPkcs8 } = await makeNewKey(kind);
  const key = Buffer.from(privateKeyPkcs8);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const { der } = await makeCustomer(user, koshin, {
    request: { csr: readRequest(request), privateKey },
  });
  const password = makeFilePassword(
    crypto.getRandomValues(new Uint8Array(FILE_PASSWORD_RANDOM_OCTETS)),
  );
  const file = await makePkcs12({
    privateKeyPkcs8,
    certificate: der,
    chain: [koshin.mihon.issuingCertificate],
    friendlyName: friendlyNameOf({ institution: koshin.mihon.name, user, end: '2027-12' }),
    password,
    variant,
  });
  return { user, file, password };
}

async function importInto(home: BrowserHome, { file, password }: PersonalFile): Promise<void> {
  const path = join(home.folder, 'person.p12');
  await writeFile(path, file, { mode: 0o600 });
  await home.importFile(path, password);
}

function loginAddress(): string {
  return `https://${koshin.mihon.publicHost}:${koshin.port}/login`;
}
