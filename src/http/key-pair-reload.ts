// Takes a host's new key pair into use when its files have changed, without a restart.
// Files are looked at, not listened to: that works on every file system and however they are replaced.
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import {
  type HostKeyFiles,
  type KeyPairReach,
  reachOfKeyPair,
  readKeyPair,
} from './key-pair-files.ts';
import type { KeyPair } from './tls-server.ts';

/** A host's key pair in use, and what puts another in its place. */
export type HostKeyPair = HostKeyFiles & {
  readonly keyPair: KeyPair;
  readonly replace: (keyPair: KeyPair) => void;
};

type Watched = HostKeyPair & { readonly refused?: string };

/** Compares the files with what is in use, whenever it is asked. */
export class KeyPairReload {
  readonly #folder: string;
  readonly #needs: { readonly clock: Clock; readonly log: Log };
  #watched: readonly Watched[];

  constructor(
    folder: string,
    inUse: readonly HostKeyPair[],
    needs: { readonly clock: Clock; readonly log: Log },
  ) {
    this.#folder = folder;
    this.#watched = inUse;
    this.#needs = needs;
  }

  /** Takes what has changed, is whole and serves no worse; else that is logged, and the old one stays. */
  async check(): Promise<void> {
    this.#watched = await Promise.all(this.#watched.map(async (one) => await this.#next(one)));
  }

  async #next({ refused, ...inUse }: Watched): Promise<Watched> {
    const { host, names, keyPair, replace } = inUse;
    const { clock, log } = this.#needs;
    try {
      const found = await readKeyPair(this.#folder, host);
      if (isSame(found, keyPair)) return inUse;
      const reach = reachOfKeyPair(found, names);
      checkServesNoWorse(reach, reachOfKeyPair(keyPair, names), clock.now());
      replace(found);
      log.info({ host, ends: reach.ends }, 'took the new key pair of a host into use');
      return { ...inUse, keyPair: found };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== refused) {
        log.warn({ host, reason }, 'the key pair of a host cannot be used; the old one stays');
      }
      return { ...inUse, refused: reason };
    }
  }
}

/** A slip of the hand does not take away what works; where the old one does not work either, it may. */
function checkServesNoWorse(found: KeyPairReach, inUse: KeyPairReach, now: Date): void {
  if (found.ends < now && inUse.ends >= now) throw new Error('the certificate has ended');
  if (found.starts > now && inUse.starts <= now && inUse.ends >= now) {
    throw new Error(`the certificate begins only at ${found.starts.toISOString()}`);
  }
  const lost = found.missing.filter((name) => !inUse.missing.includes(name));
  if (lost.length > 0) throw new Error(`the certificate is not for ${lost.join(' and ')}`);
}

function isSame(one: KeyPair, other: KeyPair): boolean {
  return (
    one.certificateChainPem === other.certificateChainPem &&
    one.privateKeyPem === other.privateKeyPem
  );
}
