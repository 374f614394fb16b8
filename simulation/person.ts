// A person of the simulation: their day. They act on what pages say and on what they are handed; when a
// certificate has to be had again they ask whoever vouches, as the pages tell them.
import { Agent } from 'node:https';
import type { RefusalKind } from '../src/words/refusals.ts';
import type { ClientIdentity } from '../test/system/visitor.ts';
import { acquire } from './acquisition.ts';
import { Browser } from './browser.ts';
import { type Entrance, logIn, type Opened } from './login.ts';
import type { Plan } from './plan.ts';
import { type Chance, chanceOf } from './random.ts';
import { chooseOwnPin, isNoticed, renew } from './renewal.ts';
import { endOf, type World } from './world.ts';

/** Days of doing what one is told, after which somebody who is still not in is locked out. */
const PATIENCE_DAYS = 14;

const KEPT = { keepAlive: true, maxCachedSessions: 0 } as const;

/** One person. */
export class Person {
  readonly plan: Plan;
  readonly world: World;
  readonly chance: Chance;
  /** The address of the person's PC. */
  readonly address: string;
  /** Connections of the day, kept as browsers keep them; no TLS session is resumed. */
  agent = new Agent(KEPT);
  browser: Browser;
  pin: string;
  knowsPin = true;
  typesUntilLocked = false;
  /** Every certificate that was received, the newest last. */
  readonly received: ClientIdentity[] = [];
  /** The mishap of the plan has happened. */
  hasHadMishap = false;
  #troubleSince: number | undefined;
  #isGivenUp = false;

  constructor(
    plan: Plan,
    there: { readonly world: World; readonly browser: Browser; readonly seed: number },
  ) {
    this.plan = plan;
    this.world = there.world;
    this.browser = there.browser;
    this.chance = chanceOf(there.seed, plan.id, 'acts');
    const number = Number(plan.id.slice(1));
    this.address = `127.1.${Math.floor(number / 250)}.${(number % 250) + 1}`;
    this.pin = `Umi${number}kaze`;
  }

  /** Whether the person waits to get in again. */
  get isInTrouble(): boolean {
    return this.#troubleSince !== undefined;
  }

  /** The person's day; at its end the browser is closed. */
  async act(day: number): Promise<void> {
    await this.#spend(day);
    this.close();
  }

  /** Closes the browser: its connections end. */
  close(): void {
    this.agent.destroy();
    this.agent = new Agent(KEPT);
  }

  async #spend(day: number): Promise<void> {
    this.#meet(day);
    if (this.#isGivenUp || !this.#comes(day)) return;
    const letter = this.world.letters.get(this.plan.id);
    if (letter?.code !== undefined) await acquire(this, { ...letter, code: letter.code });
    else if (letter?.firstPin !== undefined) this.#learnPin(letter.firstPin);
    if (this.received.length === 0) return;
    const entrance = await logIn(this);
    if ('told' in entrance) return this.turnAway(entrance.told);
    this.#troubleSince = undefined;
    this.world.takeBack(this.plan);
    if (await chooseOwnPin(this, entrance)) this.world.tell(this.plan.id, 'chooses a PIN');
    if (this.#wantsToRenew(entrance, day)) await this.#renew(entrance);
  }

  /** Takes a certificate into the browser. */
  take(shows: ClientIdentity): void {
    this.browser.take({ owner: this.plan.id, shows, notAfter: endOf(shows) });
  }

  /** Notes a certificate that came from the system. */
  async receive(shows: ClientIdentity): Promise<void> {
    if (this.received.some(({ cert }) => cert === shows.cert)) return;
    this.received.push(shows);
    await this.world.judgeReceived(this.plan.id, shows);
  }

  /** A PC without a certificate takes the place of the old one. */
  changePc(): void {
    this.browser = new Browser();
    this.world.tell(this.plan.id, 'has another PC');
  }

  #meet(day: number): void {
    const { plan } = this;
    if (plan.newPcOn === day) this.changePc();
    if (plan.certificateGoneOn === day) {
      const newest = this.received.at(-1);
      this.browser.drop(({ shows }) => shows === newest || shows.cert === newest?.cert);
      this.world.tell(plan.id, 'the certificate is gone from the PC');
    }
    if (plan.forgetsPinOn === day) this.knowsPin = false;
    if (plan.typesUntilLockedOn === day) {
      this.knowsPin = false;
      this.typesUntilLocked = true;
    }
  }

  // On their own days, when something waits for them, and when they have set themselves to the renewal.
  #comes(day: number): boolean {
    const { plan, world } = this;
    if (day < plan.acquiresOn) return false;
    if (world.letters.has(plan.id) || this.isInTrouble) return true;
    const isAway = plan.renews === 'after-the-end' || plan.renews === 'long-after';
    if (isAway && this.#daysToEnd() <= 30 && day < this.renewsOn()) return false;
    return (day - plan.acquiresOn) % plan.daysBetween === 0 || day === this.renewsOn();
  }

  /** The day on which they set to the renewal of the first certificate that ends. */
  renewsOn(): number {
    const { plan } = this;
    const lastDay = plan.acquiresOn + 365;
    const isAfter = plan.renews === 'after-the-end' || plan.renews === 'long-after';
    return isAfter ? lastDay + plan.renewsAfter : lastDay - 30 + plan.renewsAfter;
  }

  #daysToEnd(): number {
    const newest = this.received.at(-1);
    if (newest === undefined) return Number.POSITIVE_INFINITY;
    return (endOf(newest).getTime() - this.world.now.getTime()) / 86_400_000;
  }

  #wantsToRenew(entrance: Opened, day: number): boolean {
    return isNoticed(entrance) && (day >= this.renewsOn() || this.#daysToEnd() < 2);
  }

  async #renew(opened: Opened): Promise<void> {
    this.world.counts.renewals += 1;
    await renew(this, opened);
  }

  #learnPin(firstPin: string): void {
    this.pin = firstPin;
    this.knowsPin = true;
    this.typesUntilLocked = false;
    this.world.letters.delete(this.plan.id);
  }

  /** What the page says is done: mostly that somebody is asked. */
  turnAway(told: Exclude<Entrance, Opened>['told']): void {
    const { plan, world } = this;
    const { day } = world;
    if (this.#isGivenUp) return;
    world.tell(plan.id, `is told: ${told}`);
    if (this.#troubleSince === undefined && this.#daysToEnd() < 0) {
      world.cameLate.push({ person: plan.id, at: world.now });
    }
    this.#troubleSince ??= day;
    if (day - this.#troubleSince > PATIENCE_DAYS) {
      this.#isGivenUp = true;
      world.judgement.lockedOut.push({ person: plan.id, at: world.now, told });
      world.tell(plan.id, 'is locked out');
      return;
    }
    for (const what of ASKS_FOR[told] ?? ['certificate']) {
      world.ask(plan.contract, { person: plan.id, what });
    }
  }
}

/** Whom a page sends to whoever vouches, and for what; a certificate where it is not said here. */
const ASKS_FOR: Readonly<Partial<Record<RefusalKind, readonly ('pin' | 'unlock')[]>>> = {
  'wrong-pin': ['pin'],
  'pin-locked': ['unlock', 'pin'],
  overloaded: [],
  unavailable: [],
};
