// A person at a headless Chromium who acquires a certificate or manages others, and how often they have to do something:
// each click, field, program and page counts, as in docs/journey.md. The managed policy answers the picker, whose
// two actions are counted all the same. No test itself.

import type { Page } from 'playwright-core';
import { importWizardActions } from '../../demo/import-wizard.ts';
import { ACQUIRE } from '../../src/words/acquisition.ts';
import { PIN, TOP } from '../../src/words/login.ts';
import { NOTICES } from '../../src/words/notices.ts';
import { OWN_CODE } from '../../src/words/own-code.ts';
import { DEVICE, PASSKEY_LOGIN } from '../../src/words/passkey.ts';
import type { TestKoshin } from '../system/test-koshin.ts';
import type { ClientIdentity } from '../system/visitor.ts';
import { BrowserHome } from './browser-home.ts';
import { openChromium } from './chromium.ts';
import { press } from './press.ts';
import { delivered, heading, saveAndImport } from './renewing-person.ts';

/** What is entered on the page of acquisition. */
export type Given = {
  readonly contract: string;
  readonly user: string;
  readonly pin: string;
  readonly code: string;
};

/** The picker: the row, and OK. */
const PICKER = 2;
/** The file's password is noted; afterwards the file is deleted and the bin emptied. */
const FILE_HANDLING = 3;

/** The mail program, and the mail in it. */
const MAIL = 2;

/** One person at one browser. */
export class AcquiringPerson implements AsyncDisposable {
  readonly page: Page;
  readonly home: BrowserHome;
  readonly #koshin: TestKoshin;
  readonly #dispose: () => Promise<void>;
  /** How often they had to do something so far. */
  actions = 0;

  private constructor(
    of: { readonly page: Page; readonly home: BrowserHome; readonly koshin: TestKoshin },
    dispose: () => Promise<void>,
  ) {
    this.page = of.page;
    this.home = of.home;
    this.#koshin = of.koshin;
    this.#dispose = dispose;
  }

  /** Opens a browser with what the person has in its store. */
  static async open(
    koshin: TestKoshin,
    shows: readonly ClientIdentity[] = [],
  ): Promise<AcquiringPerson> {
    await using opened = new AsyncDisposableStack();
    const home = opened.use(await BrowserHome.open(koshin.serverAuthorityFile));
    for (const [i, one] of shows.entries()) await home.import(`own ${i}`, one);
    const { page } = opened.use(await openChromium(home));
    const kept = opened.move();
    return new AcquiringPerson({ page, home, koshin }, async () => await kept.disposeAsync());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispose();
  }

  /** Opens the browser and the institution's page there. */
  async openTop(): Promise<void> {
    const { mihon, port } = this.#koshin;
    await this.page.goto(`https://${mihon.publicHost}:${port}/`);
    this.actions += 2;
  }

  async follow(name: string): Promise<void> {
    await this.page.getByRole('link', { name, exact: true }).filter({ visible: true }).click();
    this.actions += 1;
  }

  async press(name: string): Promise<void> {
    await press(this.page, name);
    this.actions += 1;
  }

  async fill(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text);
    this.actions += 1;
  }

  async choose(label: string): Promise<void> {
    await this.page.getByLabel(label).check();
    this.actions += 1;
  }

  /** From the top page to the page that makes the key. */
  async enter(given: Given): Promise<void> {
    await this.openTop();
    await this.follow(TOP.acquire.ja);
    await heading(this.page, ACQUIRE.title.ja);
    for (const name of ['contract', 'user', 'pin', 'code'] as const) {
      await this.page.locator(`#${name}`).fill(given[name]);
      this.actions += 1;
    }
    await this.press(ACQUIRE.next.ja);
    await this.page.getByRole('button', { name: ACQUIRE.get.ja, exact: true }).waitFor();
  }

  /** From the top page to a code by mail. */
  async askForCode(given: Pick<Given, 'contract' | 'user'>): Promise<void> {
    await this.openTop();
    await this.follow(TOP.acquire.ja);
    await this.follow(OWN_CODE.link.ja);
    for (const name of ['contract', 'user'] as const) {
      await this.page.locator(`#${name}`).fill(given[name]);
      this.actions += 1;
    }
    await this.press(OWN_CODE.button.ja);
    await heading(this.page, OWN_CODE.accepted.ja);
  }

  /** Opens the mail, and goes on in the page that stayed open. */
  async useCode(given: Pick<Given, 'pin' | 'code'>): Promise<void> {
    this.actions += MAIL;
    for (const name of ['pin', 'code'] as const) {
      await this.page.locator(`#${name}`).fill(given[name]);
      this.actions += 1;
    }
    await this.press(ACQUIRE.next.ja);
    await this.page.getByRole('button', { name: ACQUIRE.get.ja, exact: true }).waitFor();
  }

  async choosePin(pin: string): Promise<void> {
    await this.fill(ACQUIRE.ownPin.ja, pin);
    await this.fill(ACQUIRE.again.ja, pin);
  }

  /** Gets the certificate in a file, imports it as on Windows, and deletes the file. */
  async getInFile(): Promise<void> {
    await this.press(ACQUIRE.get.ja);
    await delivered(this.page);
    await saveAndImport(this.page, this);
    this.actions += 1 + (await importWizardActions()).length + FILE_HANDLING;
    await this.follow(ACQUIRE.confirmButton.ja);
    this.actions += PICKER;
  }

  /** Gets it over a key of the device: one touch now, and one at the login. */
  async getOnDevice(): Promise<void> {
    await this.choose(DEVICE.onDevice.ja);
    await this.press(ACQUIRE.get.ja);
    this.actions += 1;
    await this.page.locator('#device-done').filter({ visible: true }).waitFor();
    await this.follow(ACQUIRE.confirmButton.ja);
    await this.press(PASSKEY_LOGIN.method.ja);
    this.actions += 1;
  }

  /** The PIN, and 重要なお知らせ. */
  async logIn(pin: string): Promise<void> {
    await this.givePin(pin);
    await heading(this.page, NOTICES.important.ja);
  }

  async givePin(pin: string): Promise<void> {
    await heading(this.page, PIN.title.ja);
    await this.page.getByLabel(PIN.field.ja).fill(pin);
    await this.page.getByRole('button', { name: PIN.logIn.ja }).click();
    this.actions += 2;
  }

  /** To the PIN page with the certificate in the store. */
  async startLogin(): Promise<void> {
    const { mihon, port } = this.#koshin;
    await this.page.goto(`https://${mihon.publicHost}:${port}/login`);
  }
}
