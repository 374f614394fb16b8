// The institutions of a house: founded, built as the sample, and where people find them.
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Institution } from '../banking/institution.ts';
import type { Settings } from '../config/settings.ts';
import { Refusal } from '../errors.ts';
import { type Hosts, readHosts, siteOf } from '../http/host-names.ts';
import { foundInstitution } from '../operations/found-institution.ts';
import type { FoundingText } from '../operations/parse-founding.ts';
import { buildSample } from '../sample/build-sample.ts';
import { sampleInstitution, sampleStaffHouse } from '../sample/institution.ts';
import { makeServerKeyPairs } from '../sample/server-key-pairs.ts';
import { listInstitutions } from '../store/institutions.ts';
import type { House, Surroundings } from './house.ts';

const PUBLICATION_PORT = 8080;

/** An institution and where people find it. */
export type OpenPlace = { readonly name: string; readonly code: string; readonly origin: string };

/** Where each institution of the house is found. */
export async function openPlaces(
  { db }: House,
  { settings }: Pick<Surroundings, 'settings'>,
): Promise<readonly OpenPlace[]> {
  const institutions = await listInstitutions(db);
  const hosts = hostsOf(institutions, settings);
  return institutions.map(({ name, code }) => {
    return { name, code, origin: siteOf(code, 'public', hosts).origin };
  });
}

/** Builds the sample institution where there is no institution yet; false where there is one. */
export async function buildSampleIn(
  house: House,
  { clock, settings }: Surroundings,
): Promise<boolean> {
  const unfinished = join(house.sampleFolder, 'unfinished');
  if (existsSync(unfinished)) {
    throw new Error(
      `building the sample was broken off: remove ${settings.dataFolder} and start again`,
    );
  }
  if ((await listInstitutions(house.db)).length > 0) return false;
  await mkdir(house.sampleFolder, { recursive: true, mode: 0o700 });
  await writeFile(unfinished, '');
  const institutions = [sampleInstitution(PUBLICATION_PORT), sampleStaffHouse(PUBLICATION_PORT)];
  await buildSample(house.sampleFolder, PUBLICATION_PORT, { ...house, clock });
  await makeServerKeyPairs(
    house.tlsFolder,
    Object.fromEntries(institutions.flatMap(hostsByFile)),
    clock.now(),
  );
  await rm(unfinished);
  return true;
}

function hostsByFile({ publicHost, membersDomain }: Institution): [string, string[]][] {
  return [
    [publicHost, [publicHost]],
    [membersDomain, [membersDomain, `*.${membersDomain}`]],
  ];
}

/** Whether the sample institution is in the house, and its people's files beside it. */
export async function hasSample({ db, sampleFolder }: House): Promise<boolean> {
  const { code, publicHost } = sampleInstitution(PUBLICATION_PORT);
  const institutions = await listInstitutions(db);
  const isThere = institutions.some((one) => one.code === code && one.publicHost === publicHost);
  return isThere && existsSync(sampleFolder);
}

/** Founds an institution in the house. */
export async function found(
  founding: FoundingText,
  house: House,
  { clock, settings }: Surroundings,
): Promise<void> {
  const checkTogether = (institutions: readonly Institution[]) => {
    try {
      hostsOf(institutions, settings);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
      throw new Refusal('invalid-input', `publicHost or membersDomain: ${reason}`, { cause });
    }
  };
  await foundInstitution(
    { ...founding, equalNames: 'refused', checkTogether },
    { ...house, clock },
  );
}

/** The hosts of institutions on one port. */
export function hostsOf(institutions: readonly Institution[], { outsidePort }: Settings): Hosts {
  const named = institutions.map(({ code, publicHost, membersDomain }) => ({
    institution: code,
    publicHost,
    loginHost: membersDomain,
  }));
  return readHosts(named, outsidePort);
}
