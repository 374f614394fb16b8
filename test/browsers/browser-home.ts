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

/** A home folder that removes itself. */
export class BrowserHome {
  readonly folder: string;
  readonly #store: string;
  readonly #password: string;

  private constructor(folder: string, password: string) {
    this.folder = folder;
    this.#password = password;
    this.#store = `sql:${join(folder, '.pki/nssdb')}`;
  }

  /** Makes a home whose browsers trust pages of this authority (a PEM file); its keys may have a password. */
  static async open(serverAuthorityFile: string, keysPassword = ''): Promise<BrowserHome> {
    const home = new BrowserHome(await mkdtemp(join(tmpdir(), 'koshin-home-')), keysPassword);
    await mkdir(join(home.folder, '.pki/nssdb'), { recursive: true });
    const passwordFile = join(home.folder, 'keys-password');
    await writeFile(passwordFile, `${keysPassword}\n`, { mode: 0o600 });
    await run('certutil', ['-N', '-f', passwordFile, '-d', home.#store]);
    await run('certutil', [
      ...['-A', '-d', home.#store, '-n', 'server authority', '-t', 'C,,'],
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
    await run('pk12util', ['-i', file, '-d', this.#store, '-W', password, '-K', this.#password]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
