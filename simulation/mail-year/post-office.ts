// The mail server of the year: real SMTP over TLS, and moods by chance. It puts off whom it does not know, is busy,
// refuses for good, and breaks off before and after it has taken a mail; what it said is kept for the judge.
import {
  type Behaviour,
  openMailServer,
  type Received,
  type TestMailServer,
} from '../../test/system/mail-server.ts';
import { chanceOf } from '../random.ts';

const MINUTE_MS = 60 * 1000;
/** Whoever comes back sooner is still unknown; after so many days without a mail they are so again. */
const GREYLISTED_MS = 5 * MINUTE_MS;
const KNOWN_FOR_MS = 36 * 24 * 60 * MINUTE_MS;
const GREYLISTS = 0.5;

/** A class of what was answered to a try, as the model sees it. */
export type Said = 'put-off' | 'us-refused' | 'address-refused' | 'refused' | 'silence';

/** A mail that the server has taken. */
export type Taken = Received & {
  readonly at: Date;
  /** Its answer was never sent. */
  readonly isCut: boolean;
};

/** What an address is answered to at first: mostly nothing. */
const AT_THE_ADDRESS = {
  nothing: ['', 930],
  busy: ['451 4.3.0 try again later', 30],
  closing: ['421 4.3.2 going down', 8],
  'relays-nothing': ['550 5.7.1 not now', 8],
  full: ['552 5.2.2 mailbox full', 6],
} as const;

const MAILS: Readonly<Record<Behaviour, number>> = {
  take: 925,
  busy: 30,
  'break-off': 20,
  'take-and-break-off': 18,
  'refuse-text': 7,
};

/** What the server does besides, on a day. */
export type Mood = 'as-always' | 'silent' | 'refuses-us' | 'kind';

/** Who watches: every recipient that is named to the server, every mail it has taken. */
export type Watcher = { readonly onRecipient: () => void; readonly onTaken: () => void };

/** The server with what it said. */
export class PostOffice implements AsyncDisposable {
  readonly server: TestMailServer;
  /** Everything it took, in order. */
  readonly taken: Taken[] = [];
  /** Addresses that there are no more. */
  readonly gone = new Set<string>();
  /** Addresses that nothing more goes into for a while. */
  readonly full = new Set<string>();
  now = new Date(0);
  mood: Mood = 'as-always';
  watcher: Watcher = { onRecipient: () => {}, onTaken: () => {} };
  readonly #seed: number;
  readonly #said = new Map<string, { readonly at: number; readonly said: Said }[]>();
  readonly #known = new Map<string, { first: number; last: number }>();
  readonly #tries = new Map<string, number>();

  private constructor(server: TestMailServer, seed: number) {
    this.server = server;
    this.#seed = seed;
    server.onTaken = (mail, behaviour) => {
      this.taken.push({ ...mail, at: this.now, isCut: behaviour === 'take-and-break-off' });
      this.watcher.onTaken();
    };
  }

  static async open(seed: number): Promise<PostOffice> {
    const asks: { office?: PostOffice } = {};
    const server = await openMailServer({
      refuses: (address) => asks.office?.refusalOf(address),
      behave: (to) => asks.office?.behaviourTo(to) ?? 'take',
    });
    const office = new PostOffice(server, seed);
    asks.office = office;
    return office;
  }

  /** How often it said what to a try that it did not take. */
  get counts(): Readonly<Record<string, number>> {
    const all = [...this.#said.values()].flat();
    const byClass = Object.entries(Object.groupBy(all, ({ said }) => said));
    return Object.fromEntries(byClass.map(([said, those]) => [said, those.length]));
  }

  /** When an answer of this class was given to an address, as times. */
  whenSaid(address: string, ...classes: readonly Said[]): readonly number[] {
    const said = this.#said.get(address) ?? [];
    return said.filter((one) => classes.includes(one.said)).map(({ at }) => at);
  }

  refusalOf(address: string): readonly [number, string] | undefined {
    this.watcher.onRecipient();
    if (this.gone.has(address)) return this.#answer(address, '550 5.1.1 no such mailbox');
    if (this.mood === 'kind' || this.mood === 'silent') return undefined;
    if (this.full.has(address)) return this.#answer(address, '452 4.2.2 mailbox full');
    if (this.mood === 'refuses-us') return this.#answer(address, '554 5.7.1 relay access denied');
    if (this.#isGreylisted(address)) return this.#answer(address, '450 4.7.1 greylisted');
    const weights = Object.fromEntries(
      Object.entries(AT_THE_ADDRESS).map(([name, [, weight]]) => [name, weight]),
    ) as Record<keyof typeof AT_THE_ADDRESS, number>;
    const [answer] = AT_THE_ADDRESS[this.#chance('address', address).oneOf(weights)];
    return answer === '' ? undefined : this.#answer(address, answer);
  }

  behaviourTo(to: string): Behaviour {
    const behaviour = {
      kind: () => 'take' as const,
      silent: () => 'break-off' as const,
      'refuses-us': () => 'take' as const,
      'as-always': () => this.#chance('mail', to).oneOf(MAILS),
    }[this.mood]();
    if (behaviour === 'busy') this.#note(to, 'put-off');
    if (behaviour === 'refuse-text') this.#note(to, 'refused');
    if (behaviour === 'break-off' || behaviour === 'take-and-break-off') this.#note(to, 'silence');
    return behaviour;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }

  #isGreylisted(address: string): boolean {
    if (!chanceOf(this.#seed, 'greylists', address).happens(GREYLISTS)) return false;
    const at = this.now.getTime();
    const known = this.#known.get(address);
    if (known === undefined || at - known.last > KNOWN_FOR_MS) {
      this.#known.set(address, { first: at, last: at });
      return true;
    }
    known.last = at;
    return at - known.first < GREYLISTED_MS;
  }

  #answer(address: string, text: string): readonly [number, string] {
    const [status = '', ...rest] = text.split(' ');
    this.#note(address, classOf(status, rest[0] ?? ''));
    return [Number(status), rest.join(' ')];
  }

  #note(address: string, said: Said): void {
    const all = this.#said.get(address) ?? [];
    all.push({ at: this.now.getTime(), said });
    this.#said.set(address, all);
  }

  #chance(what: string, address: string) {
    const key = `${what} ${address}`;
    const tries = (this.#tries.get(key) ?? 0) + 1;
    this.#tries.set(key, tries);
    return chanceOf(this.#seed, key, tries);
  }
}

function classOf(status: string, enhanced: string): Said {
  if (status.startsWith('4')) return 'put-off';
  if (enhanced === '5.1.1') return 'address-refused';
  return enhanced.startsWith('5.7') ? 'us-refused' : 'refused';
}
