// Debian's Firefox ESR driven by Marionette, its own protocol: only this one can give it a device that holds
// passkeys. No test itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../system/free-port.ts';
import type { BrowserHome } from './browser-home.ts';
import { personsEnvironment } from './persons-environment.ts';

const PROGRAM = '/usr/bin/firefox-esr';
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

const PREFERENCES: Readonly<Record<string, string | boolean>> = {
  // Firefox's own passkeys in software, in place of a security key.
  'security.webauth.webauthn_enable_softtoken': true,
  'security.webauth.webauthn_enable_usbtoken': false,
  'security.default_personal_cert': 'Select Automatically',
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
};

type Reply = { readonly value?: unknown };

/** A browser with one window, whose device holds passkeys. */
export class MarionetteFirefox implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, PromiseWithResolvers<Reply>>();
  #received = Buffer.alloc(0);
  #sent = 0;

  private constructor(process: ChildProcess, socket: Socket) {
    this.#process = process;
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    // It ends with the browser, and every command that waits fails then.
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox has ended'));
    });
  }

  /** Starts the browser of a home that was opened for Firefox. */
  static async open(home: BrowserHome): Promise<MarionetteFirefox> {
    const port = await freePort();
    const lines = Object.entries({ ...PREFERENCES, 'marionette.port': port }).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    await appendFile(join(home.storeFolder, 'user.js'), lines.join(''));
    const process = spawn(
      PROGRAM,
      ['--headless', '--marionette', '--no-remote', '--profile', home.storeFolder],
      { stdio: 'ignore', env: personsEnvironment(home) },
    );
    const firefox = new MarionetteFirefox(process, await connectTo(port));
    await firefox.#command('WebDriver:NewSession', {});
    await firefox.#command('WebAuthn:AddVirtualAuthenticator', {
      protocol: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserConsenting: true,
      isUserVerified: true,
    });
    return firefox;
  }

  /** Opens a page. */
  async goto(url: string): Promise<void> {
    await this.#command('WebDriver:Navigate', { url });
  }

  /** Presses the link or button that reads exactly so, or chooses what it labels. */
  async press(label: string): Promise<void> {
    const path = `//*[self::a or self::button or self::label][normalize-space()=${quoted(label)}]`;
    await this.#once(path, 'element.click()');
  }

  /** Writes into the field of this name. */
  async fill(name: string, text: string): Promise<void> {
    await this.#once(`//input[@name=${quoted(name)}]`, `element.value = ${JSON.stringify(text)}`);
  }

  /** Chooses a radio button. */
  async choose(name: string, value: string): Promise<void> {
    const path = `//input[@name=${quoted(name)} and @value=${quoted(value)}]`;
    await this.#once(path, 'element.checked = true');
  }

  /** Waits for the page with this heading; the address it has. */
  async heading(title: string): Promise<string> {
    return String(await this.#once(`//h1[normalize-space()=${quoted(title)}]`, 'location.href'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
    this.#socket.destroy();
  }

  /** Does something with an element as soon as it is there. */
  async #once(path: string, work: string): Promise<unknown> {
    const script = `const element = document.evaluate(${JSON.stringify(path)}, document, null,
        XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue;
      if (element === null || document.readyState !== 'complete') return null;
      return [${work}];`;
    const until = performance.now() + PATIENCE_MS;
    while (performance.now() < until) {
      const { value } = await this.#command('WebDriver:ExecuteScript', { script, args: [] });
      if (Array.isArray(value)) return value[0];
      await delay(LOOK_EVERY_MS);
    }
    const text = 'return document.body.innerText';
    const { value } = await this.#command('WebDriver:ExecuteScript', { script: text, args: [] });
    throw new Error(`no ${path} on the page: ${String(value)}`);
  }

  async #command(name: string, parameters: object): Promise<Reply> {
    this.#sent += 1;
    const reply = Promise.withResolvers<Reply>();
    this.#waiting.set(this.#sent, reply);
    const message = JSON.stringify([0, this.#sent, name, parameters]);
    this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    return await reply.promise;
  }

  /** Messages are their length in digits, a colon, and JSON. */
  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      const end = colon + 1 + Number(this.#received.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || this.#received.length < end) return;
      const message: unknown = JSON.parse(this.#received.subarray(colon + 1, end).toString());
      this.#received = this.#received.subarray(end);
      // The first message is a greeting.
      if (Array.isArray(message)) this.#settle(message);
    }
  }

  #settle([, id, fault, reply]: readonly unknown[]): void {
    const waiting = this.#waiting.get(Number(id));
    this.#waiting.delete(Number(id));
    if (fault === null) waiting?.resolve((reply ?? {}) as Reply);
    else waiting?.reject(new Error(JSON.stringify(fault)));
  }
}

async function connectTo(port: number): Promise<Socket> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return socket;
    } catch (fault) {
      if (performance.now() > until) throw fault;
      await delay(LOOK_EVERY_MS);
    }
  }
}

function quoted(text: string): string {
  return `"${text}"`;
}
