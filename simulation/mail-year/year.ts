// The days of the year, hour by hour: what people do, then a round of everything that mails by itself, then the
// judgement of what came of it. The sender is killed on the way; at the end it goes on until nothing is under way.
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestBank } from '../../test/system/test-bank.ts';
import { type Chance, chanceOf } from '../random.ts';
import { Agenda } from './agenda.ts';
import { doDeed, type World } from './deeds.ts';
import { Expectations } from './expected.ts';
import { Judge } from './judge.ts';
import { drawPeople, drawWeather, isAmong } from './plan.ts';
import { type Mood, PostOffice } from './post-office.ts';
import { KILLS, type Kill, SenderProcess } from './sender-process.ts';
import { dayOf, noonOf, openBanks, settle } from './settle.ts';

const HOUR_MS = 60 * 60 * 1000;
const NOON = 12;
/** Longer than any mail is put off. */
const DRAINED_WITHIN_DAYS = 3;
/** Of the first so many mails or recipients after it was armed, one is the last for the sender. */
const STRIKES_WITHIN = 6;

/** What a year is made of. */
export type YearChoice = {
  readonly users: number;
  readonly days: number;
  readonly seed: number;
  /** The hours of the day, in Tokyo, at which people do something and the mail runs. */
  readonly hours: readonly number[];
  /** How often the sender is killed, about. */
  readonly kills: number;
};

/** What a year came to. */
export type Year = {
  readonly judge: Judge;
  readonly expectations: Expectations;
  readonly office: PostOffice;
  readonly kills: Readonly<Partial<Record<Kill, number>>>;
  /** What was done, how often. */
  readonly deeds: Readonly<Record<string, number>>;
  /** What the sender logged as an error, how often. */
  readonly errors: Readonly<Record<string, number>>;
  /** How often nothing ran for some days. */
  readonly standstills: number;
};

/** Goes through it. */
export async function mailYear(choice: YearChoice, say: (line: string) => void): Promise<Year> {
  await using opened = new AsyncDisposableStack();
  const { site, banks } = await openBanks();
  opened.use(site);
  const town = await settle(drawPeople(choice.users, choice.seed), { site, banks });
  const office = opened.use(await PostOffice.open(choice.seed));
  const expectations = new Expectations(town);
  const agenda = new Agenda(choice.seed, choice.hours);
  const world: World = {
    site,
    banks,
    town,
    office,
    expectations,
    onProved: (member, held) => {
      const days = { today: dayOf(site.clock.now()), endsOn: dayOf(held.endsAt) };
      agenda.begin(member, held, days);
    },
  };
  for (const member of town.values()) {
    for (const held of member.certificates) world.onProved(member, held);
  }
  const judge = new Judge(expectations, office, site.db);
  const kills: Partial<Record<Kill, number>> = {};
  const sender = opened.use(
    new SenderProcess(placeOf(site, office), office, (kill) => {
      kills[kill] = (kills[kill] ?? 0) + 1;
      judge.killed();
    }),
  );
  const run = new Run(choice, { world, agenda, judge, sender });
  for (let day = 1; day <= choice.days; day++) {
    await run.day(day);
    if (day % 20 === 0) say(`day ${day} of ${choice.days}: ${office.taken.length} mails taken`);
  }
  await run.drain();
  await judge.finish();
  const errors = Object.entries(Object.groupBy(sender.errors, ({ error }) => error));
  return {
    judge,
    expectations,
    office,
    kills,
    deeds: run.deeds,
    errors: Object.fromEntries(errors.map(([error, those = []]) => [error, those.length])),
    standstills: run.standstills,
  };
}

/** Who and what a run goes through the days with. */
type With = {
  readonly world: World;
  readonly agenda: Agenda;
  readonly judge: Judge;
  readonly sender: SenderProcess;
};

class Run {
  readonly deeds: Record<string, number> = {};
  readonly #choice: YearChoice;
  readonly #with: With;
  readonly #weather: ReturnType<typeof drawWeather>;
  readonly #chance: Chance;

  constructor(choice: YearChoice, all: With) {
    this.#choice = choice;
    this.#with = all;
    this.#weather = drawWeather(choice.days, choice.seed);
    this.#chance = chanceOf(choice.seed, 'kills');
  }

  get standstills(): number {
    return this.#weather.standsStill.length;
  }

  async day(day: number): Promise<void> {
    const { kills, days } = this.#choice;
    if (this.#chance.happens(kills / days)) this.#armKill();
    const { standsStill, isSilent, refusesUs } = this.#weather;
    const isStill = isAmong(day, standsStill);
    const mood = isAmong(day, isSilent)
      ? 'silent'
      : isAmong(day, refusesUs)
        ? 'refuses-us'
        : 'as-always';
    for (const hour of this.#choice.hours) await this.#step({ day, hour }, isStill ? null : mood);
  }

  /** Goes on, with a mail server that takes everything, until nothing is under way. */
  async drain(): Promise<void> {
    const { days, hours } = this.#choice;
    for (let day = days + 1; day <= days + DRAINED_WITHIN_DAYS; day++) {
      for (const hour of hours) {
        await this.#step({ day, hour }, 'kind');
        if ((await this.#underWay()) === 0) return;
      }
    }
    this.#with.judge.lost.push(`${await this.#underWay()} mails never came to an end`);
  }

  /** An hour; null where nothing of the mail runs in it. */
  async #step(
    { day, hour }: { readonly day: number; readonly hour: number },
    mood: Mood | null,
  ): Promise<void> {
    const { world, agenda, judge, sender } = this.#with;
    const { site, office, town, expectations } = world;
    const now = new Date(noonOf(day).getTime() + (hour - NOON) * HOUR_MS);
    site.clock.set(now);
    office.now = now;
    for (const { kind, person } of agenda.take(day, hour)) {
      const member = town.get(person);
      if (member === undefined) throw new Error(`nobody is ${person}`);
      const isDone = await doDeed(kind, member, world);
      if (isDone) this.deeds[kind] = (this.deeds[kind] ?? 0) + 1;
    }
    if (mood === null) return;
    office.mood = mood;
    await sender.round(now);
    expectations.ran(now);
    await judge.step(now);
  }

  #armKill(): void {
    const kill = KILLS[this.#chance.whole(0, KILLS.length - 1)] ?? 'taken';
    this.#with.sender.arm(kill, this.#chance.whole(1, STRIKES_WITHIN));
  }

  async #underWay(): Promise<number> {
    const asked = sql<{ count: number }>`
      select count(*)::integer as count from mail where ended_at is null`;
    const { rows } = await asked.execute(this.#with.world.site.db);
    return rows[0]?.count ?? 0;
  }
}

function placeOf(site: TestBank, { server }: PostOffice) {
  const { url, authorities = '' } = server.place;
  return {
    database: site.address,
    secretFile: join(site.folder, 'secret'),
    keysFolder: site.folder,
    anchorFolder: site.folder,
    mailServer: { url: url.href, authorities },
  };
}
