// Says in the log, once a day, which host's certificate is about to end or cannot be used.
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import {
  type HostKeyFiles,
  type KeyPairReach,
  reachOfKeyPair,
  readKeyPair,
} from './key-pair-files.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WARNING_DAYS = 30;
const ALARM_DAYS = 7;

type Finding = {
  readonly level: 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
};
type Said = { readonly message: string; readonly at: number };

/** Judges the files in the folder, whenever it is asked. */
export class KeyPairAlarm {
  readonly #folder: string;
  readonly #hosts: readonly HostKeyFiles[];
  readonly #needs: { readonly clock: Clock; readonly log: Log };
  readonly #said = new Map<string, Said>();

  constructor(
    folder: string,
    hosts: readonly HostKeyFiles[],
    needs: { readonly clock: Clock; readonly log: Log },
  ) {
    this.#folder = folder;
    this.#hosts = hosts;
    this.#needs = needs;
  }

  /** Warns from 30 days before the end, and alarms from 7 days before it on; each once a day. */
  async check(): Promise<void> {
    for (const files of this.#hosts) this.#say(files.host, await this.#find(files));
  }

  async #find({ host, names }: HostKeyFiles): Promise<Finding | null> {
    try {
      const reach = reachOfKeyPair(await readKeyPair(this.#folder, host), names);
      return findingOf(reach, this.#needs.clock.now());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return {
        level: 'error',
        message: 'the key pair of a host is not usable',
        fields: { reason },
      };
    }
  }

  #say(host: string, finding: Finding | null): void {
    if (finding === null) {
      this.#said.delete(host);
      return;
    }
    const { level, message, fields } = finding;
    const now = this.#needs.clock.now().getTime();
    const said = this.#said.get(host);
    if (said?.message === message && now - said.at < DAY_MS) return;
    this.#said.set(host, { message, at: now });
    this.#needs.log[level]({ host, ...fields }, message);
  }
}

function findingOf({ starts, ends, missing }: KeyPairReach, now: Date): Finding | null {
  if (missing.length > 0) {
    const message = 'the certificate of a host is not for all of its names';
    return { level: 'error', message, fields: { missing } };
  }
  if (starts > now) {
    const message = 'the certificate of a host is not valid yet';
    return { level: 'error', message, fields: { starts } };
  }
  const days = Math.floor((ends.getTime() - now.getTime()) / DAY_MS);
  if (days >= WARNING_DAYS) return null;
  const fields = { ends, days };
  if (days >= ALARM_DAYS) {
    return { level: 'warn', message: 'the certificate of a host ends soon', fields };
  }
  const message =
    days < 0 ? 'the certificate of a host has ended' : 'the certificate of a host ends within days';
  return { level: 'error', message, fields };
}
