// Throw-away keys and certificates for tests, made by openssl in a folder of their own.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate and its key: PEM texts, and the file names for programs that want files. */
export type TestIdentity = {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly certificateFile: string;
  readonly keyFile: string;
};

/** A folder that makes identities and removes itself. */
export class CertificateMaker {
  readonly #folder: string;
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder. */
  static async open(): Promise<CertificateMaker> {
    return new CertificateMaker(await mkdtemp(join(tmpdir(), 'koshin-test-')));
  }

  /** A self-signed authority. */
  async authority(commonName: string): Promise<TestIdentity> {
    return await this.#issue(`/CN=${commonName}`, [
      ...extension('basicConstraints=critical,CA:TRUE'),
      ...extension('keyUsage=critical,keyCertSign,cRLSign'),
    ]);
  }

  /** An authority below another. */
  async subordinate(commonName: string, above: TestIdentity): Promise<TestIdentity> {
    return await this.#issue(`/CN=${commonName}`, [
      ...signedBy(above),
      ...extension('basicConstraints=critical,CA:TRUE,pathlen:0'),
    ]);
  }

  /** A certificate for TLS clients. */
  async client(commonName: string, by: TestIdentity): Promise<TestIdentity> {
    return await this.#issue(`/CN=${commonName}`, [
      ...signedBy(by),
      ...extension('extendedKeyUsage=clientAuth'),
    ]);
  }

  /** A self-signed certificate for a TLS server. */
  async server(...hostNames: readonly string[]): Promise<TestIdentity> {
    const names = hostNames.map((name) => `DNS:${name}`).join(',');
    return await this.#issue('/CN=server', extension(`subjectAltName=${names}`));
  }

  /** A file in the folder. */
  async file(name: string, content: string): Promise<string> {
    const path = join(this.#folder, name);
    await writeFile(path, content);
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  async #issue(subject: string, more: readonly string[]): Promise<TestIdentity> {
    const stem = join(this.#folder, `identity-${this.#count++}`);
    const [certificateFile, keyFile] = [`${stem}.pem`, `${stem}.key`];
    const key = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 30'.split(' ');
    const files = ['-out', certificateFile, '-keyout', keyFile];
    await run('openssl', [...key, '-subj', subject, ...files, ...more]);
    return {
      certificatePem: await readFile(certificateFile, 'utf8'),
      privateKeyPem: await readFile(keyFile, 'utf8'),
      certificateFile,
      keyFile,
    };
  }
}

const extension = (value: string): readonly string[] => ['-addext', value];

const signedBy = (authority: TestIdentity): readonly string[] => [
  '-CA',
  authority.certificateFile,
  '-CAkey',
  authority.keyFile,
];
