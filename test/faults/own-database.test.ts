// Koshin with the database of its own, as `npm start` runs it: the program, its server or both are killed
// after a certificate was answered, and whoever holds it goes on. The server's own life has its tests in
// test/system/embedded-postgres.test.ts.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sampleInstitution } from '../../src/sample/institution.ts';
import { SAMPLE_PIN } from '../../src/sample/people.ts';
import { readLockFile } from '../../src/store/cluster.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { enter, submitPin, visitorOf } from '../system/customers.ts';
import { freePort } from '../system/free-port.ts';
import { newKey, renew } from '../system/renewal-client.ts';
import type { Answer, ClientIdentity, Place } from '../system/visitor.ts';
import { killServer } from './kill-server.ts';
import { KoshinProcess } from './koshin-process.ts';

const BANK = sampleInstitution(8080);
const RECOVERY_DEADLINE_MS = 60_000;

suite('the program with the database of its own', { concurrency: false }, () => {
  let folder = '';
  let cluster = '';
  let koshin: KoshinProcess;
  let place: Place;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'koshin-own-'));
    const port = await freePort();
    koshin = new KoshinProcess({ KOSHIN_DATA: folder, KOSHIN_PORT: String(port) }, ['--sample']);
    await koshin.start();
    cluster = await clusterOf(folder);
    const authority = await readFile(path.join(folder, 'tls/server-ca.pem'), 'utf8');
    place = { port, serverAuthorityPem: authority };
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
    if (cluster !== '') await rm(path.dirname(cluster), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  test('nothing that was answered is lost, whichever of the two is killed', async () => {
    const old = await identityOf(folder, 'suzuki01');
    const visitor = visitorOf(place, old);
    const page = await logIn(old, place, visitor);
    const renewed = await renew({ visitor, origin: new URL(page.url).origin }, newKey());
    assert.equal(renewed.answer.status, 200);

    const first = await serverOf(cluster);
    await koshin.kill();
    await koshin.start();
    assert.equal(await serverOf(cluster), first, 'the server that went on was joined');
    await logIn(renewed.shows, place);

    await koshin.kill();
    killServer(first);
    await koshin.start();
    await logIn(renewed.shows, place);

    const second = await serverOf(cluster);
    killServer(second);
    await until(async () => (await readLockFile(cluster))?.pid !== second);
    await until(async () => (await look(renewed.shows, place)).status === 200);
    await logIn(renewed.shows, place);

    const ended = await look(old, place);
    assert.equal(ended.heading, REFUSALS.superseded.title.ja);
  });
});

async function look(shows: ClientIdentity, place: Place): Promise<Answer> {
  return await enter(visitorOf(place, shows), BANK, place);
}

async function logIn(shows: ClientIdentity, place: Place, visitor = visitorOf(place, shows)) {
  const page = await enter(visitor, BANK, place);
  const answer = await submitPin(visitor, page, SAMPLE_PIN);
  assert.equal(answer.location, '/notices', answer.text);
  return page;
}

/** Where root's server keeps its files is written down beside the data. */
async function clusterOf(folder: string): Promise<string> {
  const own = path.join(folder, 'postgres');
  if (process.getuid?.() !== 0) return path.join(own, 'cluster');
  return path.join((await readFile(path.join(own, 'location'), 'utf8')).trim(), 'cluster');
}

async function serverOf(cluster: string): Promise<number> {
  const running = await readLockFile(cluster);
  assert.ok(running, 'a server runs');
  return running.pid;
}

async function identityOf(folder: string, user: string): Promise<ClientIdentity> {
  const pem = await readFile(path.join(folder, `sample/00012345678-${user}.pem`), 'utf8');
  return { cert: pem, key: pem };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + RECOVERY_DEADLINE_MS;
  while (!(await isSo())) {
    assert.ok(performance.now() < deadline, 'it did not happen in time');
    await delay(20);
  }
}
