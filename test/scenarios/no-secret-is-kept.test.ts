// After a whole journey, right and wrong, with the key in a file or in a device, neither the log nor any table
// of the database holds a secret that was used in it: PINs, tokens, challenges, keys, the installation's own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { sql } from 'kysely';
import { showCode } from '../../src/banking/typed-code.ts';
import type { Log } from '../../src/log.ts';
import { codeIn } from '../../src/operations/mailed-code.ts';
import { offerAcquisition } from '../../src/operations/offer-acquisition.ts';
import type { Db } from '../../src/store/database.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { administratorAt, companyNeeds } from '../system/company-people.ts';
import { enter, loggedIn, makeCustomer, submitPin, visitorOf } from '../system/customers.ts';
import {
  change,
  type DeviceSession,
  freshIn,
  givePin,
  loggedInByPasskey,
  loginOrigin,
  makeDeviceCustomer,
  proveOnDevice,
  renewOnDevice,
  saidIn,
  sealIn,
  showPasskey,
  touchAgain,
} from '../system/device-client.ts';
import { sendAll } from '../system/mail-sending.ts';
import { openMailServer } from '../system/mail-server.ts';
import { beginProof, newKey, presentProof, renew } from '../system/renewal-client.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';

const PIN = 'Sakura2027';
const WRONG_PIN = 'Momiji1999';
const ISSUED = '2027-01-05T03:00:00Z';
const AFTER_END = '2028-01-20T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const SESSION_COOKIE = '__Host-session';

/** Everything that must not be found again, by name. */
type Secrets = Readonly<Record<string, string>>;

for (const { home, journey } of [
  { home: 'file', journey: journeyByFile },
  { home: 'device', journey: journeyOnDevice },
  { home: 'by mail', journey: journeyByMail },
]) {
  test(`${home}: no secret of a journey is in the log or in the database`, async () => {
    const lines: string[] = [];
    const log = keeping(lines);
    await using koshin = await openTestKoshin({ now: ISSUED, log });
    const secrets = await journey(koshin, log);
    for (const [name, value] of Object.entries(secrets)) assert.ok(value.length >= 8, name);
    const logged = lines.join('\n');
    const tables = await tablesOf(koshin.house.db);
    assert.ok(logged.includes('request refused'), 'the log has what was refused');
    assert.ok(tables['certificate']?.includes('user1'), 'the tables were read');
    const signed = clientDataIn(Object.values(tables).join('\n'));
    if (home === 'device') assert.match(signed, /"challenge"/);
    for (const [place, text] of Object.entries({ log: logged, signed, ...tables })) {
      for (const [name, value] of Object.entries(secrets)) {
        const found = formsOf(value).filter((form) => text.includes(form));
        assert.deepEqual(found, [], `${name} is in ${place}`);
      }
    }
  });
}

test('a challenge that is on record as part of what was signed opens nothing any more', async () => {
  await using koshin = await openTestKoshin({ now: ISSUED });
  const { passkey } = await makeDeviceCustomer('user1', koshin);
  const signed = clientDataIn((await tablesOf(koshin.house.db))['audit_entry'] ?? '');
  const challenge = /"challenge":"([^"]+)"/.exec(signed)?.[1] ?? '';
  assert.notEqual(challenge, '');
  const { page } = await showPasskey(koshin, { passkey }, { twist: { challenge } });
  assert.equal(page.heading, REFUSALS['challenge-used'].title.ja);
});

async function journeyByFile(koshin: TestKoshin): Promise<Secrets> {
  const own = await makeCustomer('user1', koshin, { pin: PIN });
  koshin.clock.set(IN_WINDOW);
  const visitor = visitorOf(koshin, own.shows);
  const page = await enter(visitor, koshin.mihon, koshin);
  assert.equal((await submitPin(visitor, page, WRONG_PIN)).status, 403);
  const session = await loggedIn(koshin, own, { pin: PIN });
  const key = newKey();
  const renewed = await renew(session, key);
  // Refused: a form that holds a secret where none belongs, and an address with one in its query.
  await session.visitor.post(`${session.origin}/renewal`, { request: PIN, 'form-token': PIN });
  await session.visitor.get(`${session.origin}/nothing?pin=${PIN}`);
  const begun = await beginProof(session);
  const wrong = { ...begun, token: `${begun.token.slice(0, -4)}AAAA` };
  await presentProof(koshin, wrong, { origin: session.origin, shows: renewed.shows });
  const proved = await presentProof(koshin, begun, {
    origin: session.origin,
    shows: renewed.shows,
  });
  assert.equal(proved.answer.status, 303);
  return {
    'the PIN': PIN,
    'the wrong PIN': WRONG_PIN,
    'the token of the PIN form': page.formToken ?? '',
    'the session token': session.visitor.cookie(session.origin, SESSION_COOKIE) ?? '',
    'the token of 確認': begun.token,
    'the wrong token of 確認': wrong.token,
    'the token of the new session': proved.visitor.cookie(proved.origin, SESSION_COOKIE) ?? '',
    'the old key': keyOctets(own.shows.key),
    'the new key': keyOctets(key.keyPem),
    'the secret of the installation': await readFile(`${koshin.folder}/secret`, 'latin1'),
  };
}

/** Login, touch, two passkeys, proof, from a file and from a device; each thing sent wrongly as well. */
async function journeyOnDevice(koshin: TestKoshin): Promise<Secrets> {
  const own = await makeDeviceCustomer('user1', koshin, { pin: PIN });
  koshin.clock.set(IN_WINDOW);
  const origin = loginOrigin(koshin, koshin.mihon);
  const { visitor, page } = await showPasskey(koshin, own);
  const seal = sealIn(page);
  assert.equal((await givePin(visitor, page, { origin, pin: WRONG_PIN })).status, 403);
  const session = await loggedInByPasskey(koshin, own, { pin: PIN });
  const { fresh } = session;
  const unused = await challengeOf(session, '/touch/wanted');
  assert.equal((await touchAgain(session, own.passkey)).status, 200);
  const unmade = await challengeOf(session, '/renewal/device/wanted');
  // Refused: a secret where none belongs, in an address as well, and a challenge for something else.
  await change(session, '/renewal/device', { 'client-data': session.fresh, unproven: PIN });
  await session.visitor.get(`${origin}/nothing?fresh=${session.fresh}`);
  await touchAgain(session, own.passkey, { challenge: unmade });
  const replaced = new SoftwarePasskey();
  await renewOnDevice(session, replaced);
  const successor = new SoftwarePasskey();
  const made = await challengeOf(session, '/renewal/device/wanted');
  const choice = { unproven: 'replace', twist: { challenge: made } } as const;
  const wanted = await renewOnDevice(session, successor, choice);
  const cookie = session.visitor.cookie(origin, SESSION_COOKIE) ?? '';
  const unproved = await challengeOf(session, '/renewal/device/proof-wanted');
  const proved = await proveOnDevice(session, successor, wanted);
  assert.equal(proved.status, 200, proved.body);
  return {
    'the PIN': PIN,
    'the wrong PIN': WRONG_PIN,
    'the token of the PIN form': page.formToken ?? '',
    'the evidence in the PIN form': seal,
    'the seal of the PIN form': seal.split('.')[1] ?? '',
    'the session token': cookie,
    'the secret of the login': fresh,
    'the secret of the touch': session.fresh,
    'the secret of the proof': String(saidIn(proved)['fresh']),
    'the token of the new session': session.visitor.cookie(origin, SESSION_COOKIE) ?? '',
    'a challenge for a touch that was not signed': unused,
    'a challenge for a passkey that was not made': unmade,
    'a challenge for a proof that was not signed': unproved,
    'the challenge of the new passkey': made,
    'the old passkey': keyOctets(own.passkey.privateKeyPem),
    'the replaced passkey': keyOctets(replaced.privateKeyPem),
    'the new passkey': keyOctets(successor.privateKeyPem),
    'the secret of the installation': await readFile(`${koshin.folder}/secret`, 'latin1'),
    ...(await journeyByHandOver(koshin)),
  };
}

/**
 * Codes by mail: one that arrived and was tried with a wrong PIN, one whose text was refused, one that waits for a mail
 * server, from an administrator and asked for by oneself. The mails themselves are where codes may be.
 */
async function journeyByMail(koshin: TestKoshin, log: Log): Promise<Secrets> {
  const { house, clock } = koshin;
  const people = ['user1', 'user2', 'user3'] as const;
  for (const user of people) await makeCustomer(user, koshin, { mail: `${user}@mail.example` });
  clock.set(AFTER_END);
  const by = await administratorAt(koshin, 'kanri01');
  const needs = companyNeeds({ ...house, clock }, log);
  const url = `https://${koshin.mihon.publicHost}:${koshin.port}/acquire`;
  const ids = { contract: TEST_CONTRACT, user: 'user1' };
  assert.equal((await visitorOf(koshin).post(`${url}/code`, ids)).status, 200);
  await offerAcquisition({ by, user: 'user2', slot: 1, way: 'mail' }, needs);
  const codes = await waitingCodes(koshin);
  await using server = await openMailServer({
    behave: (to) => (to.startsWith('user2') ? 'refuse-text' : 'take'),
  });
  await sendAll(koshin, server.place, log);
  assert.ok(server.received.some(({ to }) => to.startsWith('user1')));
  const [code = ''] = codes;
  const tried = { ...ids, code, pin: WRONG_PIN };
  assert.equal((await visitorOf(koshin).post(url, tried)).status, 403);
  await visitorOf(koshin).get(`${url}/nothing?code=${code}`);
  await offerAcquisition({ by, user: 'user3', slot: 1, way: 'mail' }, needs);
  const all = [...codes, ...(await waitingCodes(koshin))];
  assert.equal(all.length, people.length);
  const named = all.flatMap((one, i): [string, string][] => [
    [`code ${i}`, one],
    [`code ${i} as it is shown`, showCode(one)],
  ]);
  return {
    ...Object.fromEntries(named),
    'the wrong PIN': WRONG_PIN,
    'the key of sealed codes': Buffer.from(house.secrets('mailed-codes')).toString('base64url'),
  };
}

/** The codes that wait for being mailed, as only who has the key can read them. */
async function waitingCodes({ house, mihon }: TestKoshin): Promise<readonly string[]> {
  const rows = await house.db
    .selectFrom('mail')
    .select(['contract', 'user_id as user', 'mail as id', 'sealed'])
    .where('sealed', 'is not', null)
    .orderBy('user_id')
    .execute();
  const key = house.secrets('mailed-codes');
  return rows.map(({ id, sealed, ...to }) => {
    return codeIn({ id, sealed, to: { ...to, institution: mihon.code } }, key) ?? '';
  });
}

/** From a file to the device: proved on a members' host, handed over to the host of passkeys. */
async function journeyByHandOver(koshin: TestKoshin): Promise<Secrets> {
  koshin.clock.set(ISSUED);
  const file = await makeCustomer('user2', koshin, { pin: PIN });
  koshin.clock.set(IN_WINDOW);
  const members = { ...(await loggedIn(koshin, file, { pin: PIN })), fresh: '' };
  const passkey = new SoftwarePasskey();
  const proved = saidIn(
    await proveOnDevice(members, passkey, await renewOnDevice(members, passkey)),
  );
  const [action, seal] = [String(proved['action']), String(proved['seal'])];
  const { visitor, origin } = members;
  const wrong = `${seal.slice(0, -4)}AAAA`;
  assert.equal((await visitor.post(action, { seal: wrong }, { origin })).status, 403);
  const arrived = await visitor.post(action, { seal }, { origin });
  assert.equal((await visitor.post(action, { seal }, { origin })).status, 409);
  return {
    'the hand-over': seal,
    'the seal of the hand-over': seal.split('.')[1] ?? '',
    'the wrong hand-over': wrong,
    'the secret of the arrival': freshIn(arrived),
    'the token of the session after it':
      visitor.cookie(new URL(action).origin, SESSION_COOKIE) ?? '',
    'the passkey in place of a file': keyOctets(passkey.privateKeyPem),
  };
}

/** A challenge that is given out and that nobody signs. */
async function challengeOf(session: DeviceSession, path: string): Promise<string> {
  return String(saidIn(await change(session, path))['challenge']);
}

/** What passkeys signed, out of its base64. */
function clientDataIn(text: string): string {
  return [...text.matchAll(/clientDataJson"+: "+([^"]*)"/g)]
    .map(([, base64 = '']) => Buffer.from(base64, 'base64').toString())
    .join('\n');
}

function keeping(lines: string[]): Log {
  const keep = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { info: keep, warn: keep, error: keep };
}

/** Every table that the application can read, as text; octets in hexadecimal. */
async function tablesOf(db: Db): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
    db,
  );
  const texts = rows.map(async ({ name }): Promise<[string, string]> => {
    const all = await sql<{ text: string }>`
      select coalesce(string_agg(one::text, E'\n'), '') as text from ${sql.table(name)} as one`.execute(
      db,
    );
    return [name, all.rows[0]?.text ?? ''];
  });
  return Object.fromEntries(await Promise.all(texts));
}

/** As it is, and as it would look in other clothes. */
function formsOf(value: string): readonly string[] {
  const octets = [Buffer.from(value, 'latin1'), Buffer.from(value, 'base64url')];
  const encodings = ['hex', 'base64', 'base64url'] as const;
  return [
    value,
    ...octets
      .filter(({ length }) => length >= 8)
      .flatMap((one) => encodings.map((encoding) => one.toString(encoding).replace(/=+$/, ''))),
  ];
}

/** The middle of a private key, where its secret lies. */
function keyOctets(pem: string): string {
  const lines = pem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  return lines.join('').slice(40, 80);
}
