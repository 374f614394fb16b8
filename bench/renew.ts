// The renewal as the server sees it: over mutual TLS, through the routes the page uses, beside bare
// handshakes and step-ca in the same run. Every counted answer is looked up in the database afterwards.
import { type Figure, median } from './figure.ts';
import { checkRecorded } from './renew/check-recorded.ts';
import { type MeasuredKoshin, openKoshin } from './renew/koshin.ts';
import { findProgram, type Measured, measureLoad } from './renew/mtls-load.ts';
import { openBare, openStepCa, type Peer } from './renew/peers.ts';
import { makePeople, type Person, writeFolders } from './renew/people.ts';
import { prepareRequests, type RequestKey } from './renew/prepared-request.ts';

const ROUNDS = 5;
const PEOPLE = 3_000;
const A_ROUND = PEOPLE / ROUNDS;
// Of both alike: the compiler goes on for some thousand requests, and a bank's processes run for months.
const WARM_UP = 2_400;
const RSA_PEOPLE = 200;
const KEPT_PEOPLE = 16;
const KEPT_REQUESTS = 4_000;
const PEER_SECONDS = 2;
const HANDSHAKE_BAR = { atLeast: 0.7 };
const KEPT_BAR = { atLeast: 0.8 };

/** A measurement of Koshin, and of a peer beside it. */
type Pair = { readonly own: number; readonly peer: number };

/** Yields rates and ratios of renewals with a handshake each, and on connections that stay open. */
export async function* renew(): AsyncGenerator<Figure> {
  if ((await findProgram('mtlsload')) === undefined) {
    say('mtlsload is not in PATH: nothing can be measured without the load generator');
    process.exitCode = 1;
    return;
  }
  await using koshin = await openKoshin();
  say(`${koshin.settings.processes} processes serve; making people`);
  const everyone = await makePeople(PEOPLE + WARM_UP + RSA_PEOPLE + KEPT_PEOPLE, koshin);
  const crowd = everyone.splice(0, PEOPLE + WARM_UP);
  const rsa = everyone.splice(0, RSA_PEOPLE);
  yield* handshakes(crowd, koshin);
  say('making RSA keys');
  const { rate } = await renewOnce(rsa, { key: 'RSA-3072', name: 'rsa' }, koshin);
  yield { name: 'renew.rsa-3072.rate', value: rate, unit: '1/s' };
  yield* keptAlive(everyone, koshin);
}

async function* handshakes(
  crowd: readonly Person[],
  koshin: MeasuredKoshin,
): AsyncGenerator<Figure> {
  await using bare = await openBare(koshin);
  const pairs: Pair[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const first = round === 0 ? 0 : WARM_UP + (round - 1) * A_ROUND;
    const people = crowd.slice(first, first + (round === 0 ? WARM_UP : A_ROUND));
    const name = `handshake-${round}`;
    const { rate, certs } = await renewOnce(people, { key: 'P-256', name }, koshin);
    const peer = await measureBare(bare, certs);
    say(`handshake round ${round} of ${ROUNDS}: koshin ${rate}/s, bare ${peer.rate}/s`);
    if (round > 0) pairs.push({ own: rate, peer: peer.rate });
  }
  yield { name: 'renew.handshake.rate', value: median(pairs.map(({ own }) => own)), unit: '1/s' };
  yield { name: 'renew.handshake.bare-rate', value: peerRate(pairs), unit: '1/s' };
  const ratio = { value: ratioOf(pairs), unit: 'ratio', bar: HANDSHAKE_BAR };
  yield { name: 'renew.handshake.ratio-to-bare', ...ratio };
}

async function measureBare({ url, authorityFile }: Peer, certs: string): Promise<Measured> {
  const folders = { certs };
  return await measureLoad({ url, authorityFile, folders, connections: 'each', until: 'all-sent' });
}

/** Each person renews once, on a connection of their own. */
async function renewOnce(
  people: readonly Person[],
  { key, name }: { readonly key: RequestKey; readonly name: string },
  koshin: MeasuredKoshin,
): Promise<Measured & { readonly certs: string }> {
  const requests = await prepareRequests(people.length, key, 'keep');
  const folders = await writeFolders(name, { people, requests }, koshin);
  const measured = await measureLoad({ ...loadOf(koshin), folders, connections: 'each' });
  const answers = people.length;
  if (measured.ok !== answers) throw new Error(`${measured.ok} of ${answers} were answered`);
  await checkRecorded({ requests, answers, replaced: 0 }, koshin.house.db);
  return { ...measured, certs: folders.certs };
}

async function* keptAlive(
  people: readonly Person[],
  koshin: MeasuredKoshin,
): AsyncGenerator<Figure> {
  await using bare = await openBare(koshin, { hasStore: true });
  await using stepCa = await openStepCa(koshin.folder);
  if (stepCa === undefined) say('step-ca is not in PATH: skipped, no ratio to it is printed');
  const beside: { readonly [Peer in 'bare' | 'stepCa']: Pair[] } = { bare: [], stepCa: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const { rate: own, certs } = await renewAgainAndAgain(people, `kept-${round}`, koshin);
    const ofBare = await measureKept({ ...bare, certs });
    const ofStepCa = stepCa === undefined ? undefined : await measureKept(stepCa);
    const peers = `bare ${ofBare.rate}/s, step-ca ${ofStepCa?.rate ?? '(not there) '}/s`;
    say(`kept-alive round ${round} of ${ROUNDS}: koshin ${own}/s, ${peers}`);
    if (round === 0) continue;
    beside.bare.push({ own, peer: ofBare.rate });
    if (ofStepCa !== undefined) beside.stepCa.push({ own, peer: ofStepCa.rate });
  }
  const name = 'renew.keepalive';
  yield { name: `${name}.rate`, value: median(beside.bare.map(({ own }) => own)), unit: '1/s' };
  yield { name: `${name}.bare-rate`, value: peerRate(beside.bare), unit: '1/s' };
  yield { name: `${name}.ratio-to-bare`, value: ratioOf(beside.bare), unit: 'ratio' };
  if (stepCa === undefined) return;
  yield { name: `${name}.step-ca-rate`, value: peerRate(beside.stepCa), unit: '1/s' };
  const ratio = { value: ratioOf(beside.stepCa), unit: 'ratio', bar: KEPT_BAR };
  yield { name: `${name}.ratio-to-step-ca`, ...ratio };
}

async function measureKept(peer: Peer & { readonly certs: string }): Promise<Measured> {
  const { url, authorityFile, certs } = peer;
  const until = { seconds: PEER_SECONDS };
  return await measureLoad({ url, authorityFile, folders: { certs }, connections: 'kept', until });
}

/** 取得し直す: each request has a fresh key, and takes the place of the one before it. */
async function renewAgainAndAgain(
  people: readonly Person[],
  name: string,
  koshin: MeasuredKoshin,
): Promise<Measured & { readonly certs: string }> {
  const requests = await prepareRequests(KEPT_REQUESTS, 'P-256', 'replace');
  const folders = await writeFolders(name, { people, requests }, koshin);
  const measured = await measureLoad({ ...loadOf(koshin), folders, connections: 'kept' });
  const answers = requests.length;
  if (measured.ok !== answers) throw new Error(`${measured.ok} of ${answers} were answered`);
  // The last one of each person waits for its proof.
  const replaced = answers - people.length;
  await checkRecorded({ requests, answers, replaced }, koshin.house.db);
  return { ...measured, certs: folders.certs };
}

function loadOf({ origin, serverAuthorityFile }: MeasuredKoshin) {
  const authorityFile = serverAuthorityFile;
  return { url: `${origin}/renewal`, authorityFile, until: 'all-sent' } as const;
}

function ratioOf(pairs: readonly Pair[]): number {
  return median(pairs.map(({ own, peer }) => own / peer));
}

function peerRate(pairs: readonly Pair[]): number {
  return median(pairs.map(({ peer }) => peer));
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
