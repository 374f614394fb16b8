// The key pairs of each institution's hosts: read for the start, and where a new one of each belongs.
import { readKeyPair } from './key-pair-files.ts';
import type { HostKeyPair } from './key-pair-reload.ts';
import type { OpenedFront } from './open-front.ts';
import type { KeyPair } from './tls-server.ts';

type NamedHosts = {
  readonly code: string;
  readonly publicHost: string;
  readonly membersDomain: string;
};

/** An institution and the key pairs of its public host, and of its login and members' hosts. */
export type InstitutionKeyPairs<T extends NamedHosts> = {
  readonly institution: T;
  readonly publicPair: KeyPair;
  readonly membersPair: KeyPair;
};

/** Reads the key pairs of all institutions from the folder. */
export async function readKeyPairs<T extends NamedHosts>(
  institutions: readonly T[],
  folder: string,
): Promise<readonly InstitutionKeyPairs<T>[]> {
  return await Promise.all(
    institutions.map(async (institution) => ({
      institution,
      publicPair: await readKeyPair(folder, institution.publicHost),
      membersPair: await readKeyPair(folder, institution.membersDomain),
    })),
  );
}

/** The same key pairs by host, each with its place in the front. */
export function keyPairsInUse(
  keyPairs: readonly InstitutionKeyPairs<NamedHosts>[],
  front: Pick<OpenedFront, 'replaceKeyPair'>,
): readonly HostKeyPair[] {
  return keyPairs.flatMap(({ institution, publicPair, membersPair }) => [
    {
      host: institution.publicHost,
      keyPair: publicPair,
      replace: (next: KeyPair) => front.replaceKeyPair('public', institution.code, next),
    },
    {
      host: institution.membersDomain,
      keyPair: membersPair,
      // One pair for the login host and the members' hosts below it.
      replace: (next: KeyPair) => {
        front.replaceKeyPair('login', institution.code, next);
        front.replaceKeyPair('members', institution.code, next);
      },
    },
  ]);
}
