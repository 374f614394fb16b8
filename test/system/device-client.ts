// What the scripts of the pages do with a passkey, done without a browser: login, a touch, a renewal. And
// customers whose certificate has its key there. No test itself.

import type { Role } from '../../src/banking/person.ts';
import type { Policy } from '../../src/banking/policy.ts';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import type { LoadedBank } from '../../src/operations/bank.ts';
import { issueFirstCertificate } from '../../src/operations/issue-certificate.ts';
import { passkeyHandle } from '../../src/operations/passkey-handle.ts';
import { registerPerson } from '../../src/operations/register-person.ts';
import { visitorOf } from './customers.ts';
import { certifiable } from './key-homes.ts';
import { SoftwarePasskey, type Twist, type Wanted } from './software-passkey.ts';
import { TEST_PIN } from './test-bank.ts';
import { TEST_CONTRACT, type TestKoshin } from './test-koshin.ts';
import type { Answer, Place, Visitor } from './visitor.ts';

/** A person's certificate with the passkey that holds its key. */
export type DeviceHolding = {
  readonly certificate: UserCertificate;
  readonly der: Uint8Array;
  readonly passkey: SoftwarePasskey;
};

/** A session on the login host, with the secret that its page keeps. */
export type DeviceSession = {
  readonly visitor: Visitor;
  readonly origin: string;
  fresh: string;
};

/** Where passkeys are shown, and the bank that is meant where none is named. */
export type DevicePlace = Place & Pick<TestKoshin, 'mihon'>;

/** The origin of the host for logins by passkey. */
export function loginOrigin({ port }: Pick<Place, 'port'>, bank: LoadedBank): string {
  return `https://${bank.membersDomain}:${port}`;
}

type Choice = {
  readonly bank?: LoadedBank;
  readonly passkey?: SoftwarePasskey;
  readonly pin?: string;
  readonly role?: Role;
  readonly contract?: string;
};

/** Registers a person whose first certificate is over a passkey, proved by a login. */
export async function makeDeviceCustomer(
  user: string,
  koshin: TestKoshin,
  choice: Choice = {},
): Promise<DeviceHolding> {
  const holding = await issueDeviceCustomer(user, koshin, choice);
  await loggedInByPasskey(koshin, holding, choice);
  return holding;
}

/** The same without the login, so that the certificate waits for its proof. */
export async function issueDeviceCustomer(
  user: string,
  { house, clock, mihon }: Pick<TestKoshin, 'house' | 'clock' | 'mihon'>,
  choice: Choice = {},
): Promise<DeviceHolding> {
  const { bank = mihon, passkey = new SoftwarePasskey(), pin = TEST_PIN, role = 'user' } = choice;
  const needs = { ...house, clock };
  const { contract = TEST_CONTRACT } = choice;
  const identity = { institution: bank.code, contract, user };
  await registerPerson({ identity, name: '鈴木 太郎', role, pin }, needs);
  const slot = { identity, slot: 1 };
  const handleKey = house.secrets('passkey-handles');
  const handle = passkeyHandle({ ...slot, predecessor: null, acquisition: null }, { handleKey });
  const key = await certifiable(passkey, bank, handle);
  const issued = await issueFirstCertificate({ slot, key }, bank, needs);
  return { ...issued, passkey };
}

/** Touches the passkey on the login page; the PIN page, or the refusal. */
export async function showPasskey(
  koshin: DevicePlace,
  { passkey }: Pick<DeviceHolding, 'passkey'>,
  choice: { readonly bank?: LoadedBank; readonly twist?: Twist; readonly visitor?: Visitor } = {},
): Promise<{ readonly visitor: Visitor; readonly page: Answer }> {
  const origin = loginOrigin(koshin, choice.bank ?? koshin.mihon);
  const visitor = choice.visitor ?? visitorOf(koshin);
  const asked = await visitor.post(`${origin}/passkey/challenge`, {});
  if (asked.status >= 500) return { visitor, page: asked };
  const signed = passkey.assertion(await wantedFrom(asked), origin, choice.twist);
  return { visitor, page: await visitor.post(`${origin}/passkey`, signed) };
}

/** Gives the PIN on the page after a touch. */
export async function givePin(
  visitor: Visitor,
  page: Answer,
  { origin, pin = TEST_PIN }: { readonly origin: string; readonly pin?: string },
): Promise<Answer> {
  const form = { 'form-token': page.formToken ?? '', seal: sealIn(page), pin };
  return await visitor.post(`${origin}/pin`, form);
}

/** The sealed evidence that a page's form carries. */
export function sealIn({ body }: Answer): string {
  return /name="seal" value="([^"]*)"/.exec(body)?.[1] ?? '';
}

/** A visitor who has logged in by passkey and PIN. */
export async function loggedInByPasskey(
  koshin: DevicePlace,
  holding: Pick<DeviceHolding, 'passkey'>,
  { bank = koshin.mihon, pin = TEST_PIN }: Omit<Choice, 'passkey'> = {},
): Promise<DeviceSession> {
  const origin = loginOrigin(koshin, bank);
  const { visitor, page } = await showPasskey(koshin, holding, { bank });
  const answer = await givePin(visitor, page, { origin, pin });
  return { visitor, origin, fresh: freshIn(answer) };
}

/** The secret on the page after a login; throws where there was none. */
export function freshIn(answer: Answer): string {
  const fresh = /data-fresh="([^"]+)"/.exec(answer.body)?.[1];
  if (fresh === undefined) throw new Error(`not logged in: ${answer.status} ${answer.text}`);
  return fresh;
}

/** Sends what changes something, as the page's script does, with the token of a page of the session. */
export async function change(
  session: DeviceSession,
  path: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { visitor, origin, fresh } = session;
  const page = await visitor.get(`${origin}/notices`);
  if (page.status >= 500) return page;
  const token = page.formToken ?? '';
  const form = { 'form-token': token, fresh, ...fields };
  const headers = { accept: 'application/json', 'form-token': token };
  return await visitor.post(`${origin}${path}`, form, headers);
}

/** One touch; the session is fresh after it. */
export async function touchAgain(
  session: DeviceSession,
  passkey: SoftwarePasskey,
  twist: Twist = {},
): Promise<Answer> {
  const asked = await change(session, '/touch/wanted');
  if (asked.status >= 500) return asked;
  const wanted = await wantedFrom(asked);
  const answer = await change(session, '/touch', passkey.assertion(wanted, session.origin, twist));
  if (answer.status === 200) session.fresh = String(saidIn(answer)['fresh']);
  return answer;
}

/** Has a new passkey made and certified; the answer that wants its proof. */
export async function renewOnDevice(
  session: DeviceSession,
  passkey: SoftwarePasskey,
  choice: { readonly unproven?: 'keep' | 'replace'; readonly twist?: Twist } = {},
): Promise<Answer> {
  const asked = await change(session, '/renewal/device/wanted');
  if (asked.status !== 200) return asked;
  const made = passkey.registration(await wantedFrom(asked), session.origin, choice.twist);
  const { unproven = 'keep' } = choice;
  return await change(session, '/renewal/device', { ...made, unproven });
}

/** Proves a new passkey by what it signs. */
export async function proveOnDevice(
  session: DeviceSession,
  passkey: SoftwarePasskey,
  wanted: Answer,
  twist: Twist = {},
): Promise<Answer> {
  const signed = passkey.assertion(await wantedFrom(wanted), session.origin, twist);
  return await change(session, '/renewal/device/proof', signed);
}

/** Puts a policy in force from the beginning; what it leaves out is as by default. */
export async function setPolicy(
  { house: { db } }: TestKoshin,
  settings: Partial<Policy>,
): Promise<void> {
  const last = await db
    .selectFrom('policy')
    .select('version')
    .where('institution', '=', '1394')
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow();
  const version = last.version + 1;
  const valid_from = new Date(0);
  await db
    .insertInto('policy')
    .values({ institution: '1394', version, settings: JSON.stringify(settings), valid_from })
    .execute();
}

/** What logins and renewals would leave; refusals are on record and are left out. */
export async function whatStands({ house: { db } }: TestKoshin): Promise<unknown> {
  return [
    await db
      .selectFrom('session')
      .select(['token_hash', 'ended_at'])
      .orderBy('token_hash')
      .execute(),
    await db.selectFrom('certificate').select(['sha256', 'state']).orderBy('sha256').execute(),
    await db.selectFrom('credential').select(['credential_id']).orderBy('credential_id').execute(),
  ];
}

/** The fields of an answer to a script. */
export function saidIn({ body }: Answer): Readonly<Record<string, unknown>> {
  return JSON.parse(body) as Record<string, unknown>;
}

async function wantedFrom(answer: Answer): Promise<Wanted & { readonly handle: string }> {
  const said = saidIn(answer);
  const text = (name: string) => {
    const value = said[name];
    if (value !== undefined && typeof value !== 'string') throw new Error(`${name} is no text`);
    return value ?? '';
  };
  if (text('challenge') === '') throw new Error(`no challenge: ${answer.status} ${answer.body}`);
  return { challenge: text('challenge'), domain: text('domain'), handle: text('handle') };
}
