// 66 CRLs, each with the certificate asked about and its CA; the file's name says the answer.
// good: not revoked; revoked: so; bad and invalid: no answer may be given.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeVerifier } from '../../src/keys/node-verifier.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { parseCertificateList } from '../../src/x509/certificate-list.ts';
import { isSameName } from '../../src/x509/match-names.ts';
import {
  checkRevocation,
  crlSignerOf,
  type RevocationSources,
} from '../../src/x509/path/check-revocation.ts';
import { runSteps } from '../../src/x509/path/steps.ts';
import { type CaseResult, type Corpus, refusalOf, runCase } from './corpus.ts';
import { type BlockFile, blockOf, readBlocks } from './pem-blocks.ts';

const TIME = new Date('2017-03-09T00:00:00Z');
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Runs all files. */
export const crl: Corpus = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.pem'))
    .sort()
    .map((file) => runFile(join(folder, file), file));

function runFile(path: string, name: string): CaseResult {
  const file = readBlocks(path);
  return runCase(name, () => {
    const refusal = refusalOf(() => checkRevocationOf(file));
    const answer = refusal === undefined ? 'good' : refusal.code;
    const isAsExpected = name.startsWith('good')
      ? refusal === undefined
      : refusal !== undefined && name.startsWith('revoked') === (answer === 'revoked');
    return isAsExpected ? undefined : `${answer}: ${refusal?.message ?? ''}`;
  });
}

/** The corpus vouches for its CAs: they have no paths of their own, and some no constraints. */
function checkRevocationOf(file: BlockFile): void {
  const cas = file.blocks
    .filter(({ label }) => label.startsWith('CA CERTIFICATE'))
    .map(({ der }) => crlSignerOf(parseCertificate(der)));
  const sources: RevocationSources = {
    time: TIME,
    maxAgeMs: WEEK_MS,
    leewayMs: 0,
    signatures: new Map(),
    lists: [parseCertificateList(blockOf(file, 'CRL'))],
    signersNamed: (name) =>
      cas.filter((ca) => ca !== undefined).filter((ca) => isSameName(ca.name, name)),
    *confirmSigner() {},
  };
  const target = parseCertificate(blockOf(file, 'CERTIFICATE'));
  runSteps(checkRevocation(target, sources), nodeVerifier);
}
