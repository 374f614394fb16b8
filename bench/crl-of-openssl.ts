// How long `openssl ca -gencrl` takes for an index of as many revoked certificates as wanted.
// Its database is a text file, which it reads whole and keeps in memory.
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CONFIG = `
[ca]
default_ca = bench
[bench]
database = index.txt
crlnumber = crlnumber
default_md = sha256
default_crl_hours = 24
`;

/** Seconds that openssl takes, its reading of the index included. */
export async function secondsOfOpenssl(count: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-bench-'));
  const inFolder = async (...args: readonly string[]) =>
    await run('openssl', args, { cwd: folder });
  try {
    await writeFile(join(folder, 'ca.cnf'), CONFIG);
    await writeFile(join(folder, 'crlnumber'), '01\n');
    await writeIndex(join(folder, 'index.txt'), count);
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    await inFolder('req', '-x509', ...key, '-subj', '/CN=CA', '-keyout', 'k', '-out', 'c');
    const started = performance.now();
    const ca = ['-config', 'ca.cnf', '-keyfile', 'k', '-cert', 'c', '-out', 'list.pem'];
    await inFolder('ca', '-gencrl', ...ca);
    return (performance.now() - started) / 1000;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Lines of state, end, revocation with its reason, serial, file and subject. */
async function writeIndex(file: string, count: number): Promise<void> {
  const out = createWriteStream(file);
  const LINES = 10_000;
  for (let done = 0; done < count; done += LINES) {
    let lines = '';
    for (let i = done; i < Math.min(done + LINES, count); i++) {
      const serial = (0x10_0000_0000_0000n + BigInt(i))
        .toString(16)
        .padStart(40, '5A')
        .toUpperCase();
      const reason = i % 2 === 0 ? ',superseded' : '';
      lines += `R\t281231145959Z\t261120030000Z${reason}\t${serial}\tunknown\t/CN=${i}\n`;
    }
    if (!out.write(lines)) await new Promise((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
}
