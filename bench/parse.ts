// How many certificates are read per second with all their extensions, beside other readers.
// The certificates are NIST's where the outside corpora lie beside the project, else generated.
import 'reflect-metadata';
import { X509Certificate as NodeCertificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as peculiar from '@peculiar/x509';
import * as pkijs from 'pkijs';
import { parseCertificate } from '../src/x509/certificate.ts';
import { corpusFolder } from '../test/conformance/corpora.ts';
import { seededRandom } from '../test/fuzz/random.ts';
import { generate } from '../test/generated/objects.ts';
import { alternate, type Contestant, ratioIn } from './alternate.ts';
import { type Figure, median } from './figure.ts';

/** Yields the rate of each reader, and ours as a multiple of the best one in TypeScript. */
export async function* parse(): AsyncGenerator<Figure> {
  const certificates = readableByAll(someCertificates());
  process.stderr.write(`${certificates.length} certificates that all four readers read\n`);
  const rounds = await alternate({
    koshin: overAll(certificates, READERS.koshin),
    node: overAll(certificates, READERS.node),
    peculiar: overAll(certificates, READERS.peculiar),
    pkijs: overAll(certificates, READERS.pkijs),
  });
  for (const [name, rates] of Object.entries(rounds)) {
    yield { name: `parse.${name}`, value: median(rates), unit: 'certificates/s' };
  }
  yield {
    name: 'parse.ratio-to-best-typescript',
    value: Math.min(ratioIn(rounds, 'koshin', 'peculiar'), ratioIn(rounds, 'koshin', 'pkijs')),
    unit: 'times',
    bar: { atLeast: 10 },
  };
}

type Reader = (der: Uint8Array) => unknown;

/** What is read must be used, or a compiler might leave the reading out. */
let used = 0;

/** Some are lazy: each is made to read names, dates, the key and every extension it knows. */
const READERS = {
  koshin: parseCertificate,
  // Node decodes no other extensions than these, and none into values: it has less to do.
  node: (der) => {
    const read = new NodeCertificate(der);
    return [
      read.subject,
      read.issuer,
      read.serialNumber,
      read.validFromDate,
      read.validToDate,
      read.publicKey,
      read.ca,
      read.keyUsage,
      read.subjectAltName,
      read.infoAccess,
    ];
  },
  peculiar: (der) => {
    // A view of its own: the reader keeps what it is given.
    const read = new peculiar.X509Certificate(new Uint8Array(der));
    return [
      read.subject,
      read.issuer,
      read.serialNumber,
      read.notBefore,
      read.notAfter,
      read.publicKey,
      read.extensions,
    ];
  },
  pkijs: (der) => {
    const read = pkijs.Certificate.fromBER(der);
    // It decodes an extension when its value is first asked for.
    return [read.subject, read.issuer, read.extensions?.map(({ parsedValue }) => parsedValue)];
  },
} as const satisfies Record<string, Reader>;

function overAll(certificates: readonly Uint8Array[], read: Reader): Contestant {
  return (first, times) => {
    for (let i = first; i < first + times; i++) {
      const der = certificates[i % certificates.length];
      if (der !== undefined && read(der) !== undefined) used += 1;
    }
    if (used === 0) throw new Error('nothing was read');
  };
}

function someCertificates(): readonly Uint8Array[] {
  const folder = corpusFolder('pkits');
  if (folder !== undefined) {
    process.stderr.write('the certificates of PKITS\n');
    const certs = join(folder, 'certs');
    return readdirSync(certs).map((file) => new Uint8Array(readFileSync(join(certs, file))));
  }
  process.stderr.write('generated certificates: the outside corpora are not here\n');
  const random = seededRandom(1);
  return Array.from({ length: 400 }, (_, i) => generate('certificate', random, i).der);
}

function readableByAll(certificates: readonly Uint8Array[]): readonly Uint8Array[] {
  return certificates.filter((der) => Object.values(READERS).every((read) => isRead(read, der)));
}

function isRead(read: Reader, der: Uint8Array): boolean {
  try {
    read(der);
    return true;
  } catch {
    // Whoever refuses it, for whatever reason: the certificate is not compared.
    return false;
  }
}
