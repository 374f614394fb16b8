// A person at a crash site whose new key is a passkey: what their device holds, and each thing they can do
// with it, said to the real program over TLS. A thing that does not succeed throws `Broken`. No judgement here.
import { MEMBER_PATHS } from '../../src/frame/paths.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import {
  change,
  type DeviceHolding,
  type DevicePlace,
  type DeviceSession,
  freshIn,
  givePin,
  loginOrigin,
  proveOnDevice,
  renewOnDevice,
  saidIn,
  showPasskey,
  touchAgain,
} from '../system/device-client.ts';
import { codeOf } from '../system/renewal-client.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import type { Answer } from '../system/visitor.ts';
import { Broken, done, isPage, lossTold } from './broken.ts';
import type { CrashSite } from './crash-site.ts';
import type { Person } from './person.ts';

/** What a person has at first: a passkey, or a certificate in a file and the browser of `person`. */
type FirstKey =
  | { readonly home: 'device'; readonly holding: DeviceHolding }
  | { readonly home: 'file'; readonly person: Person };

/** A key by which the person can try to log in. */
export type OwnKey = 'first' | SoftwarePasskey;

/** What a host of passkeys is to be told after a proof on another. */
type HandOver = { readonly action: string; readonly seal: string; readonly from: DeviceSession };

/** A person with a certificate about to end, who renews on the device. */
export class DevicePerson {
  readonly first: FirstKey;
  /** Every passkey whose certificate the person was told of. */
  readonly certified: SoftwarePasskey[] = [];
  readonly #place: DevicePlace;
  /** A device keeps the last one that was made in the place of another. */
  #made: SoftwarePasskey | undefined;
  #session: DeviceSession | undefined;
  #wanted: Answer | undefined;
  #handOver: HandOver | undefined;

  constructor(first: FirstKey, { place, bank }: CrashSite) {
    this.first = first;
    this.#place = { ...place, mihon: bank };
  }

  /** The user ID. */
  get user(): string {
    const { first } = this;
    const { certificate } = first.home === 'device' ? first.holding : first.person.first;
    return certificate.identity.user;
  }

  /** The keys that the person has, the first one first. */
  get keys(): readonly OwnKey[] {
    return this.#made === undefined ? ['first'] : ['first', this.#made];
  }

  /** The passkey that was made last. */
  get newest(): OwnKey {
    return this.#made ?? 'first';
  }

  /** Logs in by a passkey and PIN, or by the file where that is the first key. */
  async logIn(key: OwnKey): Promise<void> {
    const { first } = this;
    if (key === 'first' && first.home === 'file') {
      await first.person.logIn(first.person.first.shows);
      this.#session = { ...first.person.session, fresh: '' };
      return;
    }
    const { visitor, page } = await lossTold('touch', this.#show(key));
    if (!isPage(page)) throw new Broken('touch', page);
    const origin = loginOrigin(this.#place, this.#place.mihon);
    const isIn = ({ body }: Answer) => body.includes('data-fresh="');
    const answer = await done('PIN', givePin(visitor, page, { origin }), isIn);
    this.#session = { visitor, origin, fresh: freshIn(answer) };
  }

  /** One touch in the open session. */
  async touch(): Promise<void> {
    const { first } = this;
    if (first.home === 'file') throw new Error('a session of a file needs no touch');
    await done('touch', touchAgain(this.#open, first.holding.passkey), isPage);
  }

  /** 更新 or 取得し直す: a new passkey, and its certificate. */
  async renew(unproven: 'keep' | 'replace'): Promise<void> {
    const passkey = new SoftwarePasskey();
    this.#made = passkey;
    this.#wanted = undefined;
    const asked = renewOnDevice(this.#open, passkey, { unproven });
    this.#wanted = await done('passkey', asked, isPage);
    this.certified.push(passkey);
  }

  /** Goes on with what waits if its passkey is here, and makes another where it is not. */
  async renewAnyhow(): Promise<void> {
    const waits = await this.#askWhatWaits();
    if (waits === 'here') return;
    await this.renew(waits === 'nothing' ? 'keep' : 'replace');
  }

  /** The proof by the new passkey; on a members' host what follows is `arrive`. */
  async prove(): Promise<void> {
    const session = this.#open;
    if (this.#wanted === undefined || this.#made === undefined) throw new Error('nothing to prove');
    const signed = proveOnDevice(session, this.#made, this.#wanted);
    const said = saidIn(await done('proof', signed, isPage));
    this.#wanted = undefined;
    if (said['next'] === MEMBER_PATHS.renewalCompleted) {
      this.#session = { ...session, fresh: String(said['fresh']) };
      return;
    }
    const { action, seal } = said;
    this.#handOver = { action: String(action), seal: String(seal), from: session };
    this.#session = undefined;
  }

  /** Arrives on the host of passkeys after a proof on a members' host. */
  async arrive(): Promise<void> {
    if (this.#handOver === undefined) throw new Error('nothing was handed over');
    const { action, seal, from } = this.#handOver;
    const arriving = from.visitor.post(action, { seal }, { origin: from.origin });
    const answer = await done('hand-over', arriving, isPage);
    this.#handOver = undefined;
    const { origin } = new URL(action);
    this.#session = { visitor: from.visitor, origin, fresh: freshIn(answer) };
  }

  /** もう一度 on the page that is still open: goes on there as far as it lets the person. */
  async retry(): Promise<void> {
    try {
      if (this.#handOver !== undefined) return await this.arrive();
      if (this.#session === undefined || (await this.#askWhatWaits()) !== 'here') return;
      await this.prove();
      if (this.#handOver !== undefined) await this.arrive();
    } catch (broken) {
      // What is refused there, since its session is over or the proof was taken, is left to the login.
      if (!(broken instanceof Broken) || broken.isOutage) throw broken;
    }
  }

  /** Shows the first key, whose certificate is superseded, and is told so. */
  async showEnded(): Promise<void> {
    const { first } = this;
    if (first.home === 'file') return await first.person.showEnded();
    const { page } = await lossTold('ended passkey', this.#show('first'));
    if (page.heading !== REFUSALS.superseded.title.ja) throw new Broken('ended passkey', page);
  }

  get #open(): DeviceSession {
    if (this.#session === undefined) throw new Error('the person has not logged in');
    return this.#session;
  }

  async #show(key: OwnKey) {
    const { first } = this;
    if (key !== 'first') return await showPasskey(this.#place, { passkey: key });
    if (first.home === 'file') throw new Error('the first key is no passkey');
    return await showPasskey(this.#place, first.holding);
  }

  /** Whether a successor waits, and its passkey is in this device. */
  async #askWhatWaits(): Promise<'nothing' | 'here' | 'elsewhere'> {
    const asking = change(this.#open, MEMBER_PATHS.deviceProofWanted);
    const answer = await lossTold('what waits', asking);
    if (answer.status !== 200) {
      if (answer.status >= 500 || codeOf(answer) !== 'transition-forbidden') {
        throw new Broken('what waits', answer);
      }
      return 'nothing';
    }
    if (saidIn(answer)['credentialId'] !== this.#made?.id.toString('base64url')) return 'elsewhere';
    this.#wanted = answer;
    return 'here';
  }
}
