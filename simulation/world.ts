// What everybody of a simulation shares: the running system, the clock, the colleagues, and the judge who
// counts what must not happen. People know the system by its pages alone; the judge looks into the database.
import { X509Certificate } from 'node:crypto';
import { findCertificate } from '../src/store/certificates.ts';
import type { TestKoshin } from '../test/system/test-koshin.ts';
import type { ClientIdentity } from '../test/system/visitor.ts';
import type { Mishap } from './habits.ts';

/** What must not happen to anybody; each names who, and what came of what. */
export type Judgement = {
  readonly lockedOut: (Incident & { readonly told: string })[];
  readonly lost: string[];
  readonly doubled: string[];
};

/** A certificate or a code for it, a new first PIN, a PIN unlocked, rights given back. */
export type AskedFor = 'certificate' | 'pin' | 'unlock' | 'rights';

/** A request to whoever vouches: the administrators of the contract, or the bank. */
export type Ask = { readonly person: string; readonly what: AskedFor };

/** What a person gets on paper or by word: each at most once. */
export type Letter = { readonly code?: string; readonly firstPin?: string };

/** Something that happened to somebody. */
export type Incident = { readonly person: string; readonly at: Date };

/** The world of one run. */
export class World {
  readonly koshin: TestKoshin;
  readonly judgement: Judgement = { lockedOut: [], lost: [], doubled: [] };
  /** What was asked of a contract's administrators and not done yet, by contract. */
  readonly asks = new Map<string, Ask[]>();
  /** What waits for a person, by their ID. */
  readonly letters = new Map<string, Letter>();
  /** What everybody did and met, by their ID. */
  readonly stories = new Map<string, string[]>();
  /** Everybody's first renewal, with what went wrong in it. */
  readonly renewals: (Incident & { readonly mishap: Mishap })[] = [];
  /** Who came back when their certificate had ended. */
  readonly cameLate: Incident[] = [];
  /** Days since the beginning. */
  day = 0;
  readonly counts = { logins: 0, renewals: 0, acquisitions: 0, asks: 0, bank: 0 };

  constructor(koshin: TestKoshin) {
    this.koshin = koshin;
  }

  get now(): Date {
    return this.koshin.clock.now();
  }

  /** Notes what a person did or met. */
  tell(person: string, what: string): void {
    const story = this.stories.get(person) ?? [];
    story.push(`${this.now.toISOString().slice(0, 16)} ${what}`);
    this.stories.set(person, story);
  }

  /** Asks whoever vouches, once for each kind at a time. */
  ask(contract: string, asked: Ask): void {
    const open = this.asks.get(contract) ?? [];
    this.asks.set(contract, open);
    if (open.some((one) => one.person === asked.person && one.what === asked.what)) return;
    open.push(asked);
    this.counts.asks += 1;
    this.tell(asked.person, `asks for: ${asked.what}`);
  }

  /** Takes back what somebody asked for: they are in again. */
  takeBack({ id, contract }: { readonly id: string; readonly contract: string }): void {
    const open = this.asks.get(contract) ?? [];
    this.asks.set(
      contract,
      open.filter(({ person, what }) => person !== id || what === 'rights'),
    );
  }

  /** Adds what a person is handed to what waits for them. */
  hand(person: string, letter: Letter): void {
    this.letters.set(person, { ...this.letters.get(person), ...letter });
  }

  /** Holds a certificate that a person was told is complete against the record. */
  async judgeCompleted(person: string, shows: ClientIdentity): Promise<void> {
    const found = await this.#recorded(shows);
    if (found?.state === 'current') return;
    this.judgement.lost.push(`${person}: told complete, and is ${found?.state ?? 'not recorded'}`);
  }

  /** Holds a certificate that a person received against the record. */
  async judgeReceived(person: string, shows: ClientIdentity): Promise<void> {
    if ((await this.#recorded(shows)) !== undefined) return;
    this.judgement.lost.push(`${person}: received a certificate that is not recorded`);
  }

  async #recorded({ cert }: ClientIdentity) {
    const { fingerprint256 } = new X509Certificate(cert);
    const sha256 = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex');
    const { house, mihon } = this.koshin;
    return await findCertificate(mihon.code, sha256, house.db);
  }
}

/** When a certificate ends. */
export function endOf({ cert }: ClientIdentity): Date {
  return new X509Certificate(cert).validToDate;
}
