// Takes a host's new key pair into use when its files have changed, without a restart.
// Files are looked at, not listened to: that works on every file system and however they are replaced.
import type { Log } from '../log.ts';
import { endOfKeyPair, readKeyPair } from './key-pair-files.ts';
import type { KeyPair } from './tls-server.ts';

/** A host's key pair in use, and what puts another in its place. */
export type HostKeyPair = {
  readonly host: string;
  readonly keyPair: KeyPair;
  readonly replace: (keyPair: KeyPair) => void;
};

type Watched = HostKeyPair & { readonly refused?: string };

/** Compares the files with what is in use, whenever it is asked. */
export class KeyPairReload {
  readonly #folder: string;
  readonly #log: Log;
  #watched: readonly Watched[];

  constructor(folder: string, inUse: readonly HostKeyPair[], log: Log) {
    this.#folder = folder;
    this.#watched = inUse;
    this.#log = log;
  }

  /** Takes what has changed and is whole; what is not whole (yet) is logged, and the old one stays. */
  async check(): Promise<void> {
    this.#watched = await Promise.all(this.#watched.map(async (one) => await this.#next(one)));
  }

  async #next({ refused, ...inUse }: Watched): Promise<Watched> {
    const { host, keyPair, replace } = inUse;
    try {
      const found = await readKeyPair(this.#folder, host);
      if (isSame(found, keyPair)) return inUse;
      const ends = endOfKeyPair(found);
      replace(found);
      this.#log.info({ host, ends }, 'took the new key pair of a host into use');
      return { ...inUse, keyPair: found };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== refused) {
        this.#log.warn(
          { host, reason },
          'the key pair of a host cannot be used; the old one stays',
        );
      }
      return { ...inUse, refused: reason };
    }
  }
}

function isSame(one: KeyPair, other: KeyPair): boolean {
  return (
    one.certificateChainPem === other.certificateChainPem &&
    one.privateKeyPem === other.privateKeyPem
  );
}
