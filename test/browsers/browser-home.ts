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

/** A home folder that removes itself. */
export class BrowserHome {
  readonly folder: string;
  /** The folder of the NSS data base; for Firefox this is its profile. */
  readonly storeFolder: string;

  private constructor(folder: string, store: string) {
    this.folder = folder;
    this.storeFolder = join(folder, store);
  }

  /** Makes a home whose browser trusts pages of this authority (a PEM file). */
  static async open(
    serverAuthorityFile: string,
    browser: keyof typeof STORES = 'chromium',
  ): Promise<BrowserHome> {
    const folder = await mkdtemp(join(tmpdir(), 'koshin-home-'));
    const home = new BrowserHome(folder, STORES[browser]);
    await mkdir(home.storeFolder, { recursive: true });
    await run('certutil', ['-N', '--empty-password', ...home.#store()]);
    await run('certutil', [
      ...['-A', ...home.#store(), '-n', 'server authority', '-t', 'C,,'],
      ...['-i', serverAuthorityFile],
    ]);
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

  /** Imports a PKCS#12 file; the browser may be running. */
  async importFile(file: string, password: string): Promise<void> {
    await run('pk12util', ['-i', file, ...this.#store(), '-W', password, '-K', '']);
  }

  #store(): string[] {
    return ['-d', `sql:${this.storeFolder}`];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
