// Another CA, as a bank has used one before: made with openssl, with certificates of all kinds. No test itself.
import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import { encodeTbsCertificate, parseCertificate } from '../../src/x509/certificate.ts';
import type { Extension } from '../../src/x509/extension.ts';
import { makeName } from '../../src/x509/name.ts';
import { decodePem, encodePem } from '../../src/x509/pem.ts';
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithm.ts';
import { assembleSigned } from '../../src/x509/signed.ts';
import { openssl } from '../openssl.ts';
import type { ClientIdentity } from './visitor.ts';

/** A certificate of the other CA, and what a connection needs to show it. */
export type FormerHolding = {
  readonly der: Uint8Array;
  readonly shows: ClientIdentity;
  readonly serial: string;
  readonly notAfter: Date;
};

const SUBJECT = '/C=JP/O=Kyu Ninsho Service/CN=Kyu Ninsho CA G2';
const RSA_SHA256 = encodeSignatureAlgorithm({ scheme: 'rsa-pkcs1', hash: 'SHA-256' });
const USUAL = 'keyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n';

/** A CA made with openssl, in a folder that removes itself. */
export class FormerCa {
  readonly folder: string;
  readonly certificateFile: string;
  readonly certificatePem: string;
  readonly #keyFile: string;
  readonly #key: KeyObject;
  #made = 0;

  private constructor(folder: string, pems: { certificate: string; key: string }) {
    this.folder = folder;
    this.certificateFile = join(folder, 'ca.pem');
    this.#keyFile = join(folder, 'ca.key');
    this.certificatePem = pems.certificate;
    this.#key = createPrivateKey(pems.key);
  }

  /** Makes the CA; another one of the same name has another key. */
  static async open(more: readonly string[] = ['-newkey', 'rsa:2048']): Promise<FormerCa> {
    const folder = await mkdtemp(join(tmpdir(), 'koshin-former-'));
    const [certificate, key] = [join(folder, 'ca.pem'), join(folder, 'ca.key')];
    openssl([
      ...['req', '-x509', '-noenc', '-days', '3650', '-subj', SUBJECT, '-out', certificate],
      ...['-keyout', key, '-addext', 'keyUsage=critical,keyCertSign,cRLSign', ...more],
    ]);
    const pems = {
      certificate: await readFile(certificate, 'utf8'),
      key: await readFile(key, 'utf8'),
    };
    return new FormerCa(folder, pems);
  }

  get der(): Uint8Array {
    return decodePem(this.certificatePem, 'CERTIFICATE');
  }

  /** A certificate by openssl, as that CA made them for its people. */
  async issue(
    subject: string,
    choice: {
      readonly extensions?: string;
      readonly key?: string;
      readonly more?: readonly string[];
      readonly serial?: string;
    } = {},
  ): Promise<FormerHolding> {
    const stem = join(this.folder, `one-${this.#made++}`);
    const { extensions = USUAL, key = 'rsa:2048', more = [] } = choice;
    const serial = choice.serial ?? randomBytes(16).toString('hex');
    await writeFile(`${stem}.cnf`, extensions);
    const newKey = key.startsWith('ec:')
      ? ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${key.slice(3)}`]
      : ['-newkey', key];
    openssl([
      ...['req', '-new', '-noenc', '-subj', subject, '-keyout', `${stem}.key`],
      ...['-out', `${stem}.csr`, ...newKey],
    ]);
    openssl([
      ...[
        'x509',
        '-req',
        '-in',
        `${stem}.csr`,
        '-CA',
        this.certificateFile,
        '-CAkey',
        this.#keyFile,
      ],
      ...['-days', '300', '-set_serial', `0x${serial}`],
      ...['-extfile', `${stem}.cnf`, '-out', `${stem}.pem`, ...more],
    ]);
    const pem = await readFile(`${stem}.pem`, 'utf8');
    return holdingOf(decodePem(pem, 'CERTIFICATE'), await readFile(`${stem}.key`, 'utf8'));
  }

  /** One of the many, whose key nobody needs again. */
  stamp(commonName: string): FormerHolding {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const now = Math.floor(Date.now() / 1000) * 1000;
    const tbs = encodeTbsCertificate({
      serialNumber: new Uint8Array([0x4b, ...randomBytes(15)]),
      signatureAlgorithmDer: RSA_SHA256,
      issuerDer: parseCertificate(this.der).subject.der,
      notBefore: new Date(now - 86_400_000),
      notAfter: new Date(now + 300 * 86_400_000),
      subjectDer: makeName([{ type: OID.commonName, value: commonName }]).der,
      subjectPublicKeyInfoDer: publicKey.export({ type: 'spki', format: 'der' }),
      extensions: NONE,
    });
    const der = assembleSigned(tbs, RSA_SHA256, sign('sha256', tbs, this.#key));
    return holdingOf(der, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }

  /** A CRL by openssl over these certificates. */
  async revocationList(
    revoked: readonly { readonly of: FormerHolding; readonly reason: string }[],
  ): Promise<string> {
    const database = revoked.map(({ of, reason }) => {
      const ends = `${of.notAfter.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`;
      return `R\t${ends}\t261101000000Z,${reason}\t${of.serial.toUpperCase()}\tunknown\t/CN=x\n`;
    });
    const [config, index] = [join(this.folder, 'ca.cnf'), join(this.folder, 'index.txt')];
    await writeFile(index, database.join(''));
    await writeFile(`${index}.attr`, 'unique_subject = no\n');
    await writeFile(
      config,
      `[ca]\ndefault_ca=d\n[d]\ndatabase=${index}\ndefault_md=sha256\ndefault_crl_days=30\n`,
    );
    const files = ['-cert', this.certificateFile, '-keyfile', this.#keyFile];
    return openssl(['ca', '-gencrl', '-config', config, ...files]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

const NONE: readonly Extension[] = [];

function holdingOf(der: Uint8Array, key: string): FormerHolding {
  const { serialNumber, notAfter } = parseCertificate(der);
  const serial = Buffer.from(serialNumber).toString('hex');
  return { der, notAfter, serial, shows: { cert: encodePem(der, 'CERTIFICATE'), key } };
}
