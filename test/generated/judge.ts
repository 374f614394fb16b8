// Asks openssl and GnuTLS what an object says, and tells what of it is missing.
// Not for the product: tests only.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../fuzz/random.ts';
import { generate } from './objects.ts';
import type { Generated, Judge, Kind } from './said.ts';
import { squeezed } from './said.ts';

/** Argument in whose place the name of a file with the object goes. */
const FILE = '@';

const NAME_OPTIONS =
  'esc_2253,esc_ctrl,utf8,dump_nostr,dump_unknown,dump_der,sep_comma_plus,dn_rev,sname';

type Command = readonly [string, ...string[]];

const COMMANDS: Readonly<Record<Kind, Readonly<Record<Judge, Command>>>> = {
  certificate: {
    openssl: [
      'openssl',
      'x509',
      '-inform',
      'DER',
      '-noout',
      '-text',
      '-serial',
      '-subject',
      '-issuer',
      '-nameopt',
      NAME_OPTIONS,
    ],
    gnutls: ['certtool', '-i', '--inder'],
  },
  request: {
    openssl: [
      'openssl',
      'req',
      '-inform',
      'DER',
      '-noout',
      '-text',
      '-subject',
      '-verify',
      '-nameopt',
      NAME_OPTIONS,
    ],
    gnutls: ['certtool', '--crq-info', '--inder'],
  },
  CRL: {
    openssl: [
      'openssl',
      'crl',
      '-inform',
      'DER',
      '-noout',
      '-text',
      '-issuer',
      '-nameopt',
      NAME_OPTIONS,
    ],
    gnutls: ['certtool', '--crl-info', '--inder'],
  },
  'OCSP response': {
    openssl: ['openssl', 'ocsp', '-respin', FILE, '-resp_text', '-noverify'],
    gnutls: ['ocsptool', '-j', '--inder'],
  },
};

/** What a program does not say of an object, or that it refuses it; empty when all is said. */
export async function missingFrom(judge: Judge, object: Generated): Promise<readonly string[]> {
  const command = COMMANDS[object.kind][judge];
  const { code, output } = command.includes(FILE)
    ? await runOnFile(command, object.der)
    : await run(command, object.der);
  if (code !== 0) return [`${judge} refuses it: ${squeezed(output).slice(0, 300)}`];
  const text = `${squeezed(output)} `;
  return object.said[judge].filter((piece) => !text.includes(piece.replace(/\s+/g, ' ')));
}

async function runOnFile([program, ...args]: Command, input: Uint8Array): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-judge-'));
  try {
    const file = join(folder, 'object.der');
    await writeFile(file, input);
    const named = args.map((argument) => (argument === FILE ? file : argument));
    return await run([program, ...named], NOTHING);
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Outcome = { readonly code: number | null; readonly output: string };

const NOTHING = new Uint8Array(0);

async function run([program, ...args]: Command, input: Uint8Array): Promise<Outcome> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  // Apart, for what is said of a signature may come in the middle of a line.
  const [out, errors]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  // A program that refuses early does not read to the end.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject);
  child.on('close', resolve);
  const code = await promise;
  return { code, output: Buffer.concat([...out, ...errors]).toString('utf8') };
}

/** Objects of each kind from a seed, judged by both programs; what is missing, by object. */
export async function judgeAll(each: number, seed: number, told: (line: string) => void) {
  const failures: string[] = [];
  for (const kind of KINDS) {
    const random = seededRandom(seed);
    let pieces = 0;
    for (let number = 0; number < each; number++) {
      const object = generate(kind, random, number);
      const [openssl, gnutls] = await Promise.all([
        missingFrom('openssl', object),
        missingFrom('gnutls', object),
      ]);
      pieces += object.said.openssl.length + object.said.gnutls.length;
      for (const piece of [...openssl, ...gnutls]) {
        failures.push(`${kind} ${number} of seed ${seed}: ${piece}`);
      }
    }
    told(`${kind}: ${each} objects, ${pieces} statements by openssl and GnuTLS`);
  }
  return failures;
}

const KINDS: readonly Kind[] = ['certificate', 'request', 'CRL', 'OCSP response'];
