// A person at a crash site as the journeys know them: what they hold, and each thing they can do, said
// to the real program over TLS. A thing that does not succeed throws `Broken`. No judgement here.
import { sql } from 'kysely';
import { MEMBER_PATHS } from '../../src/frame/paths.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { enter, type Holding, submitPin, visitorOf } from '../system/customers.ts';
import {
  beginProof,
  codeOf,
  type InSession,
  type NewKey,
  newKey,
  presentProof,
  renew,
} from '../system/renewal-client.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import type { Answer, ClientIdentity } from '../system/visitor.ts';
import { Broken, done, isPage, lossTold } from './broken.ts';
import type { CrashSite } from './crash-site.ts';

/** A request for a certificate whose answer may have been lost; the page still has its key. */
type Asked = {
  readonly session: InSession;
  readonly key: NewKey;
  readonly unproven: 'keep' | 'replace';
};

const WRONG_PIN = 'mihon9999';

/** The PIN that a person changes theirs to. */
export const NEW_PIN = 'Kabe72mori';

/** A person with a certificate about to end. */
export class Person {
  readonly first: Holding;
  /** Every certificate that the person has received, the first one first. */
  readonly wallet: ClientIdentity[];
  readonly #site: CrashSite;
  #session: InSession | undefined;
  #asked: Asked | undefined;

  constructor(first: Holding, site: CrashSite) {
    this.first = first;
    this.wallet = [first.shows];
    this.#site = site;
  }

  /** The newest certificate that the person has received. */
  get newest(): ClientIdentity {
    return this.wallet.at(-1) ?? this.first.shows;
  }

  /** The session that is open in the person's browser. */
  get session(): InSession {
    if (this.#session === undefined) throw new Error('the person has not logged in');
    return this.#session;
  }

  /** Logs in with certificate and PIN. */
  async logIn(shows: ClientIdentity, pin = TEST_PIN): Promise<void> {
    const { bank, place } = this.#site;
    const visitor = visitorOf(place, shows);
    const page = await done('PIN page', enter(visitor, bank, place), isPage);
    const isIn = ({ location }: Answer) => location === MEMBER_PATHS.notices;
    await done('login', submitPin(visitor, page, pin), isIn);
    this.#session = { visitor, origin: new URL(page.url).origin };
    const { origin } = this.#session;
    await done('notices', visitor.get(origin + MEMBER_PATHS.notices), isPage);
  }

  /** Mistypes the PIN; the heading that comes. */
  async mistypePin(): Promise<string> {
    const { bank, place } = this.#site;
    const visitor = visitorOf(place, this.newest);
    const page = await done('PIN page', enter(visitor, bank, place), isPage);
    const isRefused = ({ status }: Answer) => status === 403;
    const answer = await done('wrong PIN', submitPin(visitor, page, WRONG_PIN), isRefused);
    return answer.heading;
  }

  /** Has mistyped the PIN so often before, a minute and more ago. */
  async hasMistyped(attempts: number): Promise<void> {
    const { user } = this.first.certificate.identity;
    await sql`update person set pin_errors = ${attempts},
      pin_attempt_at = now() - interval '61 seconds'
      where user_id = ${user}`.execute(this.#site.house.db);
  }

  /** More than a minute passes, after which an attempt that never ended is forgotten. */
  async waitAMinute(): Promise<void> {
    const { user } = this.first.certificate.identity;
    await sql`update person set pin_attempt_at = pin_attempt_at - interval '61 seconds'
      where user_id = ${user}`.execute(this.#site.house.db);
  }

  /** Half a minute passes, as far as the session's record knows, and the person goes on. */
  async pause(): Promise<void> {
    const { user } = this.first.certificate.identity;
    await sql`update session set seen_at = seen_at - interval '31 seconds'
      where user_id = ${user} and ended_at is null`.execute(this.#site.house.db);
    const { visitor, origin } = this.session;
    await done('notices', visitor.get(origin + MEMBER_PATHS.notices), isPage);
  }

  /** 更新 or 取得し直す with a new key. */
  async renew(unproven: 'keep' | 'replace'): Promise<void> {
    this.#asked = { session: this.session, key: newKey(), unproven };
    await this.#ask(this.#asked);
  }

  /** もう一度: sends a request again whose answer was lost; nothing where none was. */
  async retry(): Promise<void> {
    if (this.#asked !== undefined) await this.#ask(this.#asked);
  }

  /** 更新, and 取得し直す where a certificate waits that the person may not have. */
  async renewAnyhow(): Promise<void> {
    try {
      await this.renew('keep');
    } catch (broken) {
      if (!(broken instanceof Broken) || broken.answer === undefined) throw broken;
      if (broken.answer.status !== 409 || codeOf(broken.answer) !== 'unproven-exists') throw broken;
      await this.renew('replace');
    }
  }

  /** 確認, from the session to a fresh host, with the newest certificate. */
  async prove(): Promise<void> {
    const session = this.session;
    const page = await done(
      'renewal page',
      session.visitor.get(session.origin + MEMBER_PATHS.renewal),
      isPage,
    );
    if (page.formToken === undefined) throw new Broken('no form on the renewal page', page);
    const begun = await lossTold('確認', beginProof(session));
    if (begun.token === '') throw new Broken('確認', begun.answer);
    const as = { origin: session.origin, shows: this.newest };
    const presented = presentProof(this.#site.place, begun, as);
    const { visitor, answer, origin } = await lossTold('proof', presented);
    if (answer.location !== MEMBER_PATHS.renewalCompleted) throw new Broken('proof', answer);
    this.#session = { visitor, origin };
  }

  /** Changes the PIN to the new one. */
  async changePin(): Promise<void> {
    const { visitor, origin } = this.session;
    const address = origin + MEMBER_PATHS.pinChange;
    const page = await done('PIN change page', visitor.get(address), isPage);
    const form = {
      'form-token': page.formToken ?? '',
      pin: TEST_PIN,
      'new-pin': NEW_PIN,
      'new-pin-again': NEW_PIN,
    };
    const isChanged = ({ location }: Answer) => location === MEMBER_PATHS.pinChanged;
    await done('PIN change', visitor.post(address, form), isChanged);
  }

  /** Logs off. */
  async logOff(): Promise<void> {
    const { visitor, origin } = this.session;
    const page = await done('notices', visitor.get(origin + MEMBER_PATHS.notices), isPage);
    const form = { 'form-token': page.formToken ?? '' };
    const isOff = ({ status }: Answer) => status === 303;
    await done('logging off', visitor.post(origin + MEMBER_PATHS.logOff, form), isOff);
  }

  /** Shows the first certificate, which is superseded, and is told so. */
  async showEnded(): Promise<void> {
    const { bank, place } = this.#site;
    const shown = enter(visitorOf(place, this.first.shows), bank, place);
    const isTold = ({ heading }: Answer) => heading === REFUSALS.superseded.title.ja;
    await done('ended certificate', shown, isTold);
  }

  async #ask(asked: Asked): Promise<void> {
    const { session, key, unproven } = asked;
    const { answer, shows } = await lossTold('request', renew(session, key, unproven));
    if (shows.cert === '') throw new Broken('request', answer);
    this.#asked = undefined;
    if (!this.wallet.some(({ cert }) => cert === shows.cert)) this.wallet.push(shows);
  }
}
