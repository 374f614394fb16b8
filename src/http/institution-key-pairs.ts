// The key pairs of each institution's hosts: read for the start, and where a new one of each belongs.
import { type HostKeyFiles, reachOfKeyPair, readKeyPair } from './key-pair-files.ts';
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

/** Reads the key pairs of all institutions from the folder; throws for one that no connection could be shown. */
export async function readKeyPairs<T extends NamedHosts>(
  institutions: readonly T[],
  folder: string,
): Promise<readonly InstitutionKeyPairs<T>[]> {
  return await Promise.all(
    institutions.map(async (institution) => ({
      institution,
      publicPair: await readUsable(folder, institution.publicHost),
      membersPair: await readUsable(folder, institution.membersDomain),
    })),
  );
}

async function readUsable(folder: string, host: string): Promise<KeyPair> {
  const keyPair = await readKeyPair(folder, host);
  try {
    reachOfKeyPair(keyPair, []);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const files = `${host}.pem and ${host}.key in ${folder}`;
    throw new Error(`the key pair of ${host} cannot be used (${files}): ${reason}`, { cause });
  }
  return keyPair;
}

/** The files of an institution's key pairs, and the names each is shown under. */
export function hostKeyFiles({ publicHost, membersDomain }: NamedHosts) {
  return {
    public: { host: publicHost, names: [publicHost] },
    // The login host itself, and any of the members' hosts below it.
    members: { host: membersDomain, names: [membersDomain, `m-0000.${membersDomain}`] },
  } as const satisfies Record<string, HostKeyFiles>;
}

/** The same key pairs by host, each with its place in the front. */
export function keyPairsInUse(
  keyPairs: readonly InstitutionKeyPairs<NamedHosts>[],
  front: Pick<OpenedFront, 'replaceKeyPair'>,
): readonly HostKeyPair[] {
  return keyPairs.flatMap(({ institution, publicPair, membersPair }) => [
    {
      ...hostKeyFiles(institution).public,
      keyPair: publicPair,
      replace: (next: KeyPair) => front.replaceKeyPair('public', institution.code, next),
    },
    {
      ...hostKeyFiles(institution).members,
      keyPair: membersPair,
      // One pair for the login host and the members' hosts below it.
      replace: (next: KeyPair) => {
        front.replaceKeyPair('login', institution.code, next);
        front.replaceKeyPair('members', institution.code, next);
      },
    },
  ]);
}
