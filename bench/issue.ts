// From the DER of a request to the DER of a certificate: how many per second, by the functions that
// the product uses, beside two libraries that do the same, and beside the bare cryptography.
import 'reflect-metadata';
import { sign, verify } from 'node:crypto';
import { commonNameOf } from '../src/banking/subject-name.ts';
import { certifiableKind, checkRequestKey } from '../src/ca/check-request-key.ts';
import { isPrime } from '../src/keys/is-prime.ts';
import { certifyUser } from '../src/operations/certify.ts';
import { readRequest } from '../src/operations/read-request.ts';
import { parseCertificate } from '../src/x509/certificate.ts';
import { alternate, type Contestant, ratioIn } from './alternate.ts';
import { type Figure, median } from './figure.ts';
import {
  type BenchAuthority,
  type Job,
  type JobKind,
  makeAuthority,
  makeJobs,
  TERMS,
} from './issue-jobs.ts';
import { peculiarIssuer, pkijsIssuer } from './issue-peers.ts';

const KEYS_CHECKED = 50;
const KINDS: readonly JobKind[] = ['rsa2048', 'p256'];

/** Yields rates and ratios for requests of RSA-2048 keys and of P-256 keys; all are signed by P-256. */
export async function* issue(): AsyncGenerator<Figure> {
  const by = await makeAuthority();
  for (const kind of KINDS) {
    process.stderr.write(`${kind}: making requests\n`);
    const jobs = makeJobs(kind);
    const rounds = await alternate({
      koshin: overAll(jobs, (job) => issueOne(job, by)),
      bound: overAll(jobs, boundOf(jobs, by)),
      peculiar: overAll(jobs, await peculiarIssuer(by)),
      pkijs: overAll(jobs, await pkijsIssuer(by)),
    });
    for (const [name, rates] of Object.entries(rounds)) {
      yield { name: `issue.${kind}.${name}`, value: median(rates), unit: 'certificates/s' };
    }
    yield ratio(`issue.${kind}.ratio-to-bound`, ratioIn(rounds, 'koshin', 'bound'), 0.75);
    yield ratio(`issue.${kind}.ratio-to-peculiar`, ratioIn(rounds, 'koshin', 'peculiar'), 25);
    yield await keyCheck(kind, jobs);
  }
}

async function keyCheck(kind: string, jobs: readonly Job[]): Promise<Figure> {
  const keys = jobs
    .slice(0, KEYS_CHECKED)
    .map(({ requestDer }) => readRequest(requestDer).publicKey);
  const started = performance.now();
  for (const key of keys)
    await checkRequestKey(
      { publicKey: key, home: 'file', isBackupEligible: false },
      TERMS.policy,
      isPrime,
    );
  const value = (performance.now() - started) / keys.length;
  return { name: `issue.${kind}.key-check`, value, unit: 'ms' };
}

function issueOne({ requestDer, identity }: Job, { authority }: BenchAuthority): Uint8Array {
  const { publicKey } = readRequest(requestDer);
  const { policy, notBefore, notAfter } = TERMS;
  // The peers do not look into a modulus; what that costs is a figure of its own.
  certifiableKind(publicKey);
  const commonName = commonNameOf(identity, notAfter, policy.monthInName);
  const spkiDer = publicKey.der;
  const order = { identity, commonName, spkiDer, notBefore, notAfter };
  return certifyUser(order, authority, policy.maximumLifetimeDays).der;
}

/**
 * The cryptography that no way of issuing can do without, on octets that lie ready: the key of the
 * request is read by OpenSSL, since no two requests have the same, its signature verified, and a
 * content of a certificate's length signed with a key that was read before.
 */
function boundOf(jobs: readonly Job[], by: BenchAuthority): (job: Job) => Uint8Array {
  const [first] = jobs;
  if (first === undefined) throw new Error('there are no jobs');
  const { tbsDer } = parseCertificate(issueOne(first, by));
  return ({ signed, signature, spkiDer }) => {
    const key = { key: spkiDer, format: 'der', type: 'spki' } as const;
    if (!verify('sha256', signed, key, signature)) throw new Error('a request does not verify');
    return sign('sha256', tbsDer, by.key);
  };
}

type IssueOne = (job: Job) => Uint8Array | Promise<Uint8Array>;

function overAll(jobs: readonly Job[], issueJob: IssueOne): Contestant {
  return async (first, times) => {
    for (let i = first; i < first + times; i++) {
      const job = jobs[i % jobs.length];
      const made = job && issueJob(job);
      // Waiting for what is there already would cost the quick ones a turn each.
      if (made instanceof Promise) await made;
    }
  };
}

function ratio(name: string, value: number, atLeast: number): Figure {
  return { name, value, unit: 'times', bar: { atLeast } };
}
