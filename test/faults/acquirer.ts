// A person who acquires a certificate by a code at a crash site: what they were given, what they hold, and each thing they
// can do, said to the real program over TLS. A thing that does not succeed throws `Broken`. And how they go on.

import assert from 'node:assert/strict';
import { parseEnteredPin } from '../../src/banking/pin.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../../src/frame/paths.ts';
import { codeIn } from '../../src/operations/mailed-code.ts';
import { makeOffer } from '../../src/operations/offer-acquisition.ts';
import { randomSeed } from '../../src/operations/once.ts';
import { moveHeld } from '../../src/operations/withdraw-certificate.ts';
import { appendAudit } from '../../src/store/audit-log.ts';
import { heldInSlot, lockSlot } from '../../src/store/certificates.ts';
import { type Db, inTransaction } from '../../src/store/database.ts';
import { policyAt } from '../../src/store/institutions.ts';
import { hasHadCertificate } from '../../src/store/members.ts';
import { findPerson, insertPerson } from '../../src/store/persons.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { enter, submitPin, visitorOf } from '../system/customers.ts';
import { type NewKey, newKey } from '../system/renewal-client.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { TEST_CONTRACT } from '../system/test-koshin.ts';
import { type Answer, type ClientIdentity, Visitor } from '../system/visitor.ts';
import { Broken, done, isPage } from './broken.ts';
import type { CrashSite } from './crash-site.ts';
import { type GoneOn, Patience } from './finish-renewal.ts';

/** The PIN that somebody else chose, and the one that the person chooses. */
const FIRST_PIN = 'kmpt4729';
const OWN_PIN = 'Sakura2027';
let people = 0;

type Asked = { readonly form: Readonly<Record<string, string>>; readonly key: NewKey };

/** A person with a code. */
export class Acquirer {
  readonly user: string;
  /** Every certificate that was received, the oldest first. */
  readonly wallet: ClientIdentity[] = [];
  readonly #site: CrashSite;
  /** Null where it comes by mail to who asks for it. */
  readonly #code: string | null;
  /** The PIN with which the person logs in in the end. */
  readonly #pin: string;
  readonly #choosesPin: boolean;
  readonly #visitor: Visitor;
  #ticket = '';
  #asked: Asked | undefined;

  private constructor(
    of: { readonly user: string; readonly code: string | null; readonly choosesPin: boolean },
    site: CrashSite,
  ) {
    this.user = of.user;
    this.#code = of.code;
    this.#choosesPin = of.choosesPin;
    this.#pin = of.choosesPin ? OWN_PIN : TEST_PIN;
    this.#site = site;
    people += 1;
    // One address would pay for all of them.
    const localAddress =
      process.platform === 'linux' ? `127.0.${people >> 8}.${2 + (people & 127)}` : '127.0.0.1';
    this.#visitor = new Visitor(site.place, undefined, { localAddress });
  }

  /** Somebody new, who was given a first PIN and a code. */
  static async new(site: CrashSite): Promise<Acquirer> {
    const user = `acquirer${people}`;
    const identity = { institution: site.bank.code, contract: TEST_CONTRACT, user };
    const pinHash = await site.house.pins.hash(parseEnteredPin(FIRST_PIN));
    await inTransaction(site.house.db, async (tx) => {
      const at = new Date();
      const person = { identity, name: '鈴木 太郎', role: 'user', pinHash, at } as const;
      await insertPerson({ ...person, hasInitialPin: true }, tx);
    });
    return new Acquirer({ user, code: await offerTo(user, site), choosesPin: true }, site);
  }

  /** A customer whose certificate is lost. */
  static async afterLoss(site: CrashSite): Promise<Acquirer> {
    const { user } = (await site.customer()).certificate.identity;
    return new Acquirer({ user, code: await offerTo(user, site), choosesPin: false }, site);
  }

  /** Somebody whose certificate has ended and who has no code. */
  static async afterEnd(site: CrashSite): Promise<Acquirer> {
    const { user } = (await site.lateCustomer()).certificate.identity;
    return new Acquirer({ user, code: null, choosesPin: false }, site);
  }

  /** Asks for a code by mail. */
  async ask(): Promise<void> {
    const form = { contract: TEST_CONTRACT, user: this.user };
    await done('asking', this.#visitor.post(this.#url(PUBLIC_PATHS.acquireCode), form), isPage);
  }

  /** IDs, PIN and code; the PIN is the given one, or another. */
  async begin(pin = this.#choosesPin ? FIRST_PIN : this.#pin): Promise<void> {
    const url = this.#url(PUBLIC_PATHS.acquire);
    const code = this.#code ?? (await mailedTo(this.user, this.#site)) ?? '0000-0000';
    const form = { contract: TEST_CONTRACT, user: this.user, pin, code };
    const page = await done('code and PIN', this.#visitor.post(url, form), isPage);
    [, this.#ticket = ''] = /name="ticket" value="([^"]+)"/.exec(page.body) ?? [];
  }

  /** 取得 with a new key. */
  async get(unproven: 'keep' | 'replace'): Promise<void> {
    const form = { ticket: this.#ticket, unproven, 'new-pin': OWN_PIN };
    this.#asked = { form, key: newKey() };
    await this.#ask(this.#asked);
  }

  /** もう一度: the same request, whose answer was lost; nothing where none was. */
  async retry(): Promise<void> {
    if (this.#asked !== undefined) await this.#ask(this.#asked);
  }

  /** The first login, which proves. */
  async logIn(): Promise<void> {
    const newest = this.wallet.at(-1);
    if (newest === undefined) throw new Error('no certificate was received');
    const visitor = visitorOf(this.#site.place, newest);
    const page = await done('PIN page', enter(visitor, this.#site.bank, this.#site.place), isPage);
    const isIn = ({ location }: Answer) => location === MEMBER_PATHS.notices;
    await done('login', submitPin(visitor, page, this.#pin), isIn);
  }

  /** Begins with whichever PIN is theirs by now. */
  async beginAnew(): Promise<void> {
    // Asking again changes nothing where a code is under way.
    if (this.#code === null) await this.ask();
    if (!this.#choosesPin) return await this.begin();
    try {
      await this.begin(OWN_PIN);
    } catch (broken) {
      if (!(broken instanceof Broken) || broken.isOutage) throw broken;
      await this.begin(FIRST_PIN);
    }
  }

  #url(path: string): string {
    const { bank, place } = this.#site;
    return `https://${bank.publicHost}:${place.port}${path}`;
  }

  async #ask({ form, key }: Asked): Promise<void> {
    const sent = { ...form, request: key.request };
    const fields = { accept: 'application/json' };
    const url = this.#url(PUBLIC_PATHS.acquireCertificate);
    const answer = await done('取得', this.#visitor.post(url, sent, fields), isPage);
    this.#asked = undefined;
    const said: unknown = JSON.parse(answer.body);
    const der = Buffer.from(String(Reflect.get(Object(said), 'certificate')), 'base64');
    this.wallet.push({ cert: encodePem(new Uint8Array(der), 'CERTIFICATE'), key: key.keyPem });
  }
}

/** The code in the mail that is to be sent to somebody; undefined where there is none. */
async function mailedTo(user: string, { house }: CrashSite): Promise<string | undefined> {
  const rows = await house.db
    .selectFrom('mail')
    .select(['institution', 'contract', 'mail as id', 'sealed'])
    .where('kind', '=', 'code')
    .where('user_id', '=', user)
    .execute();
  assert.ok(rows.length <= 1, 'one code is asked for, however often');
  const [mail] = rows;
  if (mail === undefined) return undefined;
  const to = { institution: mail.institution, contract: mail.contract, user };
  return codeIn({ ...mail, to }, house.secrets('mailed-codes')) ?? undefined;
}

/** What they have logs in; else もう一度 on the page that is open, or the same code anew; then it does. */
export async function finishAcquisition(person: Acquirer): Promise<GoneOn> {
  const patience = new Patience();
  if (await succeeds(async () => await person.logIn(), person.wallet.length > 0, patience)) {
    return patience;
  }
  const hasRetried = await succeeds(async () => await person.retry(), true, patience);
  if (!hasRetried || person.wallet.length === 0) await getAnew(person, patience);
  if (!(await succeeds(async () => await person.logIn(), true, patience))) {
    await getAnew(person, patience);
    await patience.with(async () => await person.logIn());
  }
  return patience;
}

async function getAnew(person: Acquirer, patience: Patience): Promise<void> {
  await patience.with(async () => await person.beginAnew());
  await patience.with(async () => await person.get('replace'));
}

/** Whether it was not refused; an outage is tried again. */
async function succeeds(
  deed: () => Promise<void>,
  isPossible: boolean,
  patience: Patience,
): Promise<boolean> {
  if (!isPossible) return false;
  try {
    await patience.with(deed);
    return true;
  } catch (broken) {
    if (broken instanceof Broken && !broken.isOutage) return false;
    throw broken;
  }
}

/** Takes out of use what the slot holds, as a reissue does, and makes a code. */
async function offerTo(user: string, { bank, house }: CrashSite): Promise<string> {
  const identity = { institution: bank.code, contract: TEST_CONTRACT, user };
  const slot = { identity, slot: 1 };
  return await inTransaction(house.db, async (tx) => {
    const now = new Date();
    const by = 'kanri01';
    const person = await findPerson(identity, tx);
    if (person === undefined) throw new Error(`${user} is not there`);
    const held = await lockSlot(slot, tx);
    const moved =
      held.length === 0
        ? []
        : await moveHeld('suspend', { withdrawal: { ...slot, by }, held, now }, tx);
    const policy = await policyAt(bank.code, now, tx);
    const standing = {
      held: await heldInSlot(slot, tx),
      hasHadOne: await hasHadCertificate(slot, tx),
    };
    const changing = { person, slot, ...standing, by, policy, now };
    const drawing = { seed: randomSeed(), codeKey: house.secrets('acquisition-codes') };
    const { offer, entries } = await makeOffer(changing, drawing, tx);
    await appendAudit([...moved, ...entries], tx);
    return offer.code;
  });
}

/** What is missing to a finished acquisition: the newest certificate current and none beside it, the code ended. */
export async function notAcquired({ user, wallet }: Acquirer, db: Db): Promise<string[]> {
  const certificates = await db
    .selectFrom('certificate')
    .select(['state', 'der'])
    .where('user_id', '=', user)
    .execute();
  const open = await db
    .selectFrom('acquisition')
    .select('acquisition')
    .where('user_id', '=', user)
    .where('ended_at', 'is', null)
    .execute();
  const current = certificates.filter(({ state }) => state === 'current');
  const newest = wallet.at(-1)?.cert;
  const isNewest = current.map(({ der }) => encodePem(der, 'CERTIFICATE') === newest);
  return [
    ...(isNewest.length === 1 && isNewest[0] === true ? [] : [`not in use: the newest of ${user}`]),
    ...certificates
      .filter(({ state }) => state === 'issued' || state === 'suspended')
      .map(({ state }) => `not finished: a certificate of ${user} is ${state}`),
    ...open.map(() => `not finished: the code of ${user} is open`),
  ];
}
