// Right inputs to begin with: ours with everything in them, and the outside corpora where they are.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeCertificatesOnly } from '../../src/cms/certificates-only.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { CORPORA, corpusFolder } from '../conformance/corpora.ts';
import { readBlocks } from '../conformance/pem-blocks.ts';
import { ISSUER, sampleCertificate, sampleRequest } from '../sample-certificate.ts';
import { NOON } from '../sample-chain.ts';
import { sampleCrl } from '../sample-crl.ts';
import { SAMPLE_KINDS, sampleKey } from '../sample-keys.ts';
import {
  idOf,
  RESPONDER,
  RESPONDER_CERTIFICATE,
  sampleOcspRequest,
  sampleOcspResponse,
  sampleSingle,
} from '../sample-ocsp.ts';
import type { DecoderName } from './decoders.ts';
import { fileOf, sampleContents } from './pkcs12-inputs.ts';

/** A right input and the decoder that reads it. */
export type Seed = { readonly decoder: DecoderName; readonly bytes: Uint8Array };

const LARGEST_SEED = 20_000;

/** All right inputs. */
export async function allSeeds(): Promise<readonly Seed[]> {
  const contents = await sampleContents();
  const seeds: readonly Seed[] = [
    ...ownSeeds(),
    { decoder: 'PKCS#12 contents', bytes: contents },
    { decoder: 'PKCS#12 file', bytes: await fileOf(contents) },
    ...corpusSeeds(),
  ];
  return seeds.filter(({ bytes }) => bytes.length <= LARGEST_SEED);
}

function ownSeeds(): readonly Seed[] {
  const revoked = { kind: 'revoked', revocationTime: NOON, reason: 'superseded' } as const;
  const answers = [
    sampleSingle(idOf('01')),
    sampleSingle(idOf('02', 'SHA-1'), { status: revoked }),
  ];
  const responder = { ...RESPONDER, certificates: [RESPONDER_CERTIFICATE] };
  const seeds: Seed[] = [
    { decoder: 'CRL', bytes: sampleCrl() },
    { decoder: 'name', bytes: ISSUER.der },
    {
      decoder: 'certificates only',
      bytes: encodeCertificatesOnly(
        (['P-256', 'P-384'] as const).map((kind) => sampleCertificate(sampleKey(kind))),
      ),
    },
    { decoder: 'OCSP request', bytes: sampleOcspRequest([idOf('01'), idOf('02', 'SHA-1')]) },
    { decoder: 'OCSP response', bytes: sampleOcspResponse(answers, responder) },
  ];
  for (const kind of SAMPLE_KINDS) {
    const key = sampleKey(kind);
    const [certificate, request] = [sampleCertificate(key), sampleRequest(key)];
    const pem = encodePem(request, 'CERTIFICATE REQUEST') + encodePem(certificate, 'CERTIFICATE');
    seeds.push(
      { decoder: 'certificate', bytes: certificate },
      { decoder: 'certification request', bytes: request },
      { decoder: 'public key', bytes: key.spkiDer },
      { decoder: 'element', bytes: certificate },
      { decoder: 'PEM', bytes: new TextEncoder().encode(pem) },
    );
  }
  return seeds;
}

const BLOCKS: Readonly<Record<string, DecoderName>> = {
  CERTIFICATE: 'certificate',
  'CA CERTIFICATE': 'certificate',
  CRL: 'CRL',
  NAME: 'name',
  SPKI: 'public key',
  'SIGNATURE ALGORITHM': 'signature algorithm',
};

const SUFFIXES: Readonly<Record<string, DecoderName>> = {
  '.crt': 'certificate',
  '.crl': 'CRL',
  '.p12': 'PKCS#12 file',
};

function corpusSeeds(): readonly Seed[] {
  return Object.keys(CORPORA).flatMap((name) => {
    const folder = corpusFolder(name);
    if (folder === undefined || !existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) =>
      seedsOf(join(folder, file)),
    );
  });
}

function seedsOf(path: string): Seed[] {
  const decoder = SUFFIXES[path.slice(-4)];
  if (decoder !== undefined) return [{ decoder, bytes: new Uint8Array(readFileSync(path)) }];
  if (!path.endsWith('.pem')) return [];
  return readBlocks(path).blocks.flatMap(({ label, der }) => {
    const reader = BLOCKS[label];
    return reader === undefined ? [] : [{ decoder: reader, bytes: der }];
  });
}
