// The program with an institution of the bank's own: its tables brought up to date, founded from a
// file, served with the bank's key pairs, which are replaced, and nothing said of a sample.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { readCertificatesOnly } from '../../src/cms/certificates-only.ts';
import { SAMPLE_AUTHORITIES, sampleInstitution } from '../../src/sample/institution.ts';
import { makeServerKeyPairs } from '../../src/sample/server-key-pairs.ts';
import { SCHEMA_FOLDER } from '../../src/store/migrate.ts';
import { opensslAccepts } from '../openssl.ts';
import { freePort } from './free-port.ts';
import { openTestDatabase } from './test-database.ts';
import { urlOf } from './test-koshin.ts';

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));
const CHEAP = { KOSHIN_PIN_MEMORY_KIB: '8', KOSHIN_PIN_PASSES: '1', KOSHIN_PIN_THREADS: '1' };
const DAY_MS = 24 * 60 * 60 * 1000;
const OWN = {
  ...sampleInstitution(8080),
  ...SAMPLE_AUTHORITIES,
  code: '1395',
  publicHost: 'www.own.example',
  membersDomain: 'login.own.example',
  passkeyDomain: 'own.example',
};

test('tables of an older program are brought up to date by `koshin init` without a file', async () => {
  await using folder = await temporaryFolder();
  const schemaFolder = join(folder.path, 'schema');
  await cp(SCHEMA_FOLDER, schemaFolder, { recursive: true });
  const [, ...later] = (await readdir(join(schemaFolder, 'migrations'))).sort();
  for (const name of later) await rm(join(schemaFolder, 'migrations', name));
  await writeFile(
    join(schemaFolder, 'grants.sql'),
    'grant select on all tables in schema public to koshin_app',
  );
  await using database = await openTestDatabase({ schemaFolder });
  const application = {
    KOSHIN_DATA: folder.path,
    KOSHIN_DATABASE_URL: urlOf(database.address),
  };
  const before = await run(['serve'], application);
  assert.match(
    before.errors.join('\n'),
    /^koshin: the database lacks migration 2 .*: run `koshin init` first/,
  );
  const owner = { ...application, KOSHIN_DATABASE_OWNER_URL: urlOf(database.owner) };
  assert.deepEqual(await run(['init'], owner), {
    code: 0,
    said: ["the database's tables are up to date"],
    errors: [],
  });
  const after = await run(['serve'], application);
  assert.deepEqual(after.errors, [
    'koshin: there is no institution yet: found one with `koshin init FILE` or `koshin sample`',
  ]);
});

test('`koshin ca chain` writes the CA certificates into a file that was not there', async () => {
  await using own = await foundOwn('1');
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'own.p7c');
  const first = await run(['ca', 'chain', '1395', file], own.environment);
  assert.deepEqual(first.said, [`wrote the CA certificates of 1395 into ${file}`]);
  assert.equal(readCertificatesOnly(await readFile(file)).length, 2);
  const again = await run(['ca', 'chain', '1395', file], own.environment);
  assert.equal(again.code, 1);
  assert.match(again.errors.join('\n'), /^koshin: EEXIST/);
});

test("where the institution is the bank's own, nothing is said of sample users", async (t) => {
  await using own = await foundOwn('1');
  const child = start(['serve', '--sample'], own.environment);
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    // Whatever is said of a sample is said before it hears the signal.
    if (line.includes(' is open at ')) child.kill('SIGTERM');
  }
  assert.deepEqual(lines, [
    `みほん信用金庫 (1395) is open at https://www.own.example:${own.port}/`,
    'stopping',
  ]);
  assert.deepEqual(await ended, [0, null]);
});

test('key pairs that end soon are told once, and new ones are shown by every process', async (t) => {
  await using own = await foundOwn('2');
  await own.makeKeyPairs(new Date(Date.now() - 380 * DAY_MS));
  const child = start(['serve'], own.environment);
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const warned: string[] = [];
  const taken: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    const { pid, host, msg } = JSON.parse(line) as { pid: number; host: string; msg: string };
    if (msg === 'the certificate of a host ends soon') {
      assert.equal(pid, child.pid);
      if (warned.push(host) === 2) await own.makeKeyPairs(new Date());
    }
    if (msg === 'took the new key pair of a host into use') taken.push(`${pid} ${host}`);
    // Two hosts in each of two processes.
    if (new Set(taken).size === 4) break;
  }
  assert.deepEqual(warned, [OWN.publicHost, OWN.membersDomain]);
  const made = await readFile(join(own.tlsFolder, `${OWN.publicHost}.pem`));
  for (let i = 0; i < 2; i++) {
    const socket = connect({
      host: '127.0.0.1',
      port: own.port,
      servername: OWN.publicHost,
      ca: await readFile(join(own.tlsFolder, 'server-ca.pem')),
    });
    await once(socket, 'secureConnect');
    assert.equal(
      socket.getPeerCertificate().fingerprint256,
      new X509Certificate(made).fingerprint256,
    );
    socket.destroy();
  }
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});

const UNUSED = 'the key pair of a host cannot be used; the old one stays';
const HOSTS = [OWN.publicHost, OWN.membersDomain, `m-0001.${OWN.membersDomain}`];

test('a key pair in half, or of two halves, leaves the old one to be seen by openssl, until it is whole', async (t) => {
  await using own = await foundOwn('1');
  await using fresh = await temporaryFolder();
  await own.makeKeyPairs(new Date(), fresh.path);
  const old = await readFile(join(own.tlsFolder, 'server-ca.pem'), 'utf8');
  const put = async (name: string, length?: number) => {
    const content = (await readFile(join(fresh.path, name), 'utf8')).slice(0, length);
    await writeFile(join(own.tlsFolder, name), content);
  };
  const child = start(['serve'], own.environment);
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const log = createInterface(child.stderr)[Symbol.asyncIterator]();
  for await (const line of createInterface(child.stdout)) {
    if (line.includes(' is open at ')) break;
  }
  const file = join(fresh.path, 'old-ca.pem');
  await writeFile(file, old);
  for (const host of [OWN.publicHost, OWN.membersDomain]) {
    await put(`${host}.pem`, 300);
    await logged(log, { host, msg: UNUSED });
    assert.deepEqual(verifiedByOpenssl(own.port, file), HOSTS);
    await put(`${host}.pem`);
    await logged(log, { host, msg: UNUSED });
    assert.deepEqual(verifiedByOpenssl(own.port, file), HOSTS);
  }
  for (const host of [OWN.publicHost, OWN.membersDomain]) {
    await put(`${host}.key`);
    await logged(log, { host, msg: 'took the new key pair of a host into use' });
  }
  assert.deepEqual(verifiedByOpenssl(own.port, join(fresh.path, 'server-ca.pem')), HOSTS);
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});

/** Waits for a line of the log that says this of a host. */
async function logged(
  lines: AsyncIterator<string>,
  wanted: { readonly host: string; readonly msg: string },
): Promise<void> {
  for (;;) {
    const next = await lines.next();
    if (next.done === true) throw new Error(`the log ended without: ${wanted.msg}`);
    const { host, msg } = JSON.parse(next.value) as { host?: string; msg?: string };
    if (host === wanted.host && msg === wanted.msg) return;
  }
}

/** The hosts whose certificate openssl takes for theirs, by a CA in a file. */
function verifiedByOpenssl(port: number, authorityFile: string): readonly string[] {
  const where = ['s_client', '-brief', '-connect', `127.0.0.1:${port}`];
  const trust = ['-CAfile', authorityFile, '-verify_return_error'];
  return HOSTS.filter((host) =>
    opensslAccepts([...where, ...trust, '-servername', host, '-verify_hostname', host]),
  );
}

/** An institution of the bank's own in a fresh database, founded from a file, with its key pairs. */
async function foundOwn(processes: string) {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(await temporaryFolder());
  const database = opened.use(await openTestDatabase());
  const port = await freePort();
  const environment = {
    KOSHIN_DATA: folder.path,
    KOSHIN_DATABASE_URL: urlOf(database.address),
    KOSHIN_PORT: String(port),
    KOSHIN_PROCESSES: processes,
  };
  const file = join(folder.path, 'own.json');
  await writeFile(file, JSON.stringify(OWN));
  const { said } = await run(['init', file], environment);
  assert.equal(said.at(-1), 'founded みほん信用金庫 (1395)');
  const tlsFolder = join(folder.path, 'tls');
  const { publicHost, membersDomain } = OWN;
  const makeKeyPairs = async (now: Date, into = tlsFolder) => {
    const hosts = {
      [publicHost]: [publicHost],
      [membersDomain]: [membersDomain, `*.${membersDomain}`],
    };
    await makeServerKeyPairs(into, hosts, now);
  };
  await makeKeyPairs(new Date());
  const kept = opened.move();
  return {
    environment,
    port,
    tlsFolder,
    makeKeyPairs,
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

type Environment = Readonly<Record<string, string>>;

function start(command: readonly string[], environment: Environment) {
  return spawn(process.execPath, [MAIN, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...CHEAP, ...environment },
  });
}

/** Runs a command to its end; lines of the log are left out. */
async function run(command: readonly string[], environment: Environment) {
  const child = start(command, environment);
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [said, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const linesOf = (written: string) =>
    written.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  return { code: (await ended)[0], said: linesOf(said), errors: linesOf(errors) };
}

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'koshin-own-'));
  return { path, [Symbol.asyncDispose]: async () => await rm(path, { recursive: true }) };
}
