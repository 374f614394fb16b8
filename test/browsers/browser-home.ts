// A home folder for a stock browser: its NSS data base holds the certificates that its person has
// and the authority of our pages. No test itself.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ClientIdentity } from '../system/visitor.ts';

const run = promisify(execFile);
const FILE_PASSWORD = 'file-password';

/** Where a browser looks for certificates: Chromium in the home, Firefox in the profile. */
const STORES = { chromium: '.pki/nssdb', firefox: 'firefox-profile' } as const;

/** Whose home it is, and the password of its key store; empty for none. */
type HomeChoice = { readonly browser: keyof typeof STORES; readonly keysPassword: string };

/** A home folder that removes itself. */
export class BrowserHome {
  readonly folder: string;
  /** The folder of the NSS data base; for Firefox this is its profile. */
  readonly storeFolder: string;
  readonly #keysPassword: string;

  private constructor(folder: string, { browser, keysPassword }: HomeChoice) {
    this.folder = folder;
    this.storeFolder = join(folder, STORES[browser]);
    this.#keysPassword = keysPassword;
  }

  /** Makes a home whose browser trusts pages of this authority (a PEM file). */
  static async open(
    serverAuthorityFile: string,
    choice: Partial<HomeChoice> = {},
  ): Promise<BrowserHome> {
    const { browser = 'chromium', keysPassword = '' } = choice;
    const folder = await mkdtemp(join(tmpdir(), 'koshin-home-'));
    const home = new BrowserHome(folder, { browser, keysPassword });
    await mkdir(home.storeFolder, { recursive: true });
    const passwordFile = join(folder, 'keys-password');
    await writeFile(passwordFile, `${keysPassword}\n`, { mode: 0o600 });
    await run('certutil', ['-N', '-f', passwordFile, ...home.#store()]);
    await run('certutil', [
      ...['-A', ...home.#store(), '-n', 'server authority', '-t', 'C,,'],
      ...['-i', serverAuthorityFile, '-f', passwordFile],
    ]);
    await rm(passwordFile);
    return home;
  }

  /** Imports certificate and key, as a person does with the file they were given. */
  async import(name: string, { cert, key }: ClientIdentity): Promise<void> {
    const pem = join(this.folder, 'import.pem');
    const file = join(this.folder, 'import.p12');
    await writeFile(pem, cert + key, { mode: 0o600 });
    await run('openssl', [
      ...['pkcs12', '-export', '-in', pem, '-name', name, '-out', file],
      ...['-passout', `pass:${FILE_PASSWORD}`],
    ]);
    await this.importFile(file, FILE_PASSWORD);
    await Promise.all([rm(pem), rm(file)]);
  }

  /** Imports a PKCS#12 file; a browser that runs finds its certificate at the next host. */
  async importFile(file: string, password: string): Promise<void> {
    const passwords = ['-W', password, '-K', this.#keysPassword];
    await run('pk12util', ['-i', file, ...this.#store(), ...passwords]);
  }

  #store(): string[] {
    return ['-d', `sql:${this.storeFolder}`];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
