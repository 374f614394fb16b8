// The peers of the same run: bare mutual TLS in Node, alone and with a database, and smallstep's step-ca, found by PATH.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { CertificateMaker } from '../../test/make-certificates.ts';
import { freePort } from '../../test/system/free-port.ts';
import { makeBareTables } from './bare-tables.ts';
import type { MeasuredKoshin } from './koshin.ts';
import { findProgram } from './mtls-load.ts';

/** A server to be measured beside Koshin. */
export type Peer = AsyncDisposable & { readonly url: string; readonly authorityFile: string };

const BARE = fileURLToPath(import.meta.resolve('./bare-server.ts'));
const START_DEADLINE_MS = 20_000;
const LOOK_EVERY_MS = 20;
const KEPT_CONNECTIONS = 16;

/** Bare mutual TLS under Koshin's own key pair, naming the same authority; with a store, in Koshin's database. */
export async function openBare(
  koshin: MeasuredKoshin,
  { hasStore }: { readonly hasStore: boolean } = { hasStore: false },
): Promise<Peer> {
  const { bank, house, settings, serverAuthorityFile } = koshin;
  const port = await freePort();
  const named = join(koshin.folder, 'issuing.pem');
  await writeFile(named, encodePem(bank.issuingCertificate, 'CERTIFICATE'));
  const keyPair = join(house.tlsFolder, bank.membersDomain);
  const store = hasStore ? [JSON.stringify(await storeOf(koshin.house.owner))] : [];
  const program = [BARE, String(port), String(settings.processes), keyPair, named, ...store];
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface({ input: child.stdout }), 'line');
  return {
    url: `https://m-0001.${bank.membersDomain}:${port}/`,
    authorityFile: serverAuthorityFile,
    [Symbol.asyncDispose]: async () => await end(child),
  };
}

async function storeOf(owner: DatabaseAddress | null): Promise<DatabaseAddress> {
  if (owner === null) throw new Error('tables are made by the owner of the others');
  await makeBareTables(owner);
  return owner;
}

/** step-ca with its embedded store, and the folder of 16 certificates that it renews. */
export async function openStepCa(
  folder: string,
): Promise<(Peer & { readonly certs: string }) | undefined> {
  if ((await findProgram('step-ca')) === undefined) return undefined;
  await using maker = await CertificateMaker.open();
  const root = await maker.authority('bench root');
  const issuing = await maker.subordinate('bench issuing', root);
  const place = join(folder, 'step-ca');
  const certs = join(place, 'certs');
  await mkdir(certs, { recursive: true });
  const files = { root: 'root.pem', crt: 'issuing.pem', key: 'issuing.key' };
  await copyFile(root.certificateFile, join(place, files.root));
  await copyFile(issuing.certificateFile, join(place, files.crt));
  await copyFile(issuing.keyFile, join(place, files.key));
  for (let i = 0; i < KEPT_CONNECTIONS; i++) {
    const client = await maker.client(`client ${i}`, issuing);
    const stem = join(certs, `client${String(i).padStart(2, '0')}`);
    await copyFile(client.certificateFile, `${stem}.crt`);
    await copyFile(client.keyFile, `${stem}.key`);
  }
  const port = await freePort();
  const settings = {
    ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(place, file)])),
    address: `127.0.0.1:${port}`,
    dnsNames: ['localhost'],
    db: { type: 'badgerv2', dataSource: join(place, 'db') },
    authority: { provisioners: [] },
  };
  await writeFile(join(place, 'ca.json'), JSON.stringify(settings));
  const child = spawn('step-ca', [join(place, 'ca.json')], { stdio: 'ignore' });
  await answering(port, child);
  return {
    url: `https://localhost:${port}/renew`,
    authorityFile: join(place, files.root),
    certs,
    [Symbol.asyncDispose]: async () => await end(child),
  };
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_DEADLINE_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await delay(LOOK_EVERY_MS);
  }
  child.kill();
  throw new Error('step-ca did not start');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
