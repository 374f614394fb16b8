// Builds the running system; the only file that knows every part.

import { registerConsoleRoutes } from './console/console-routes.ts';
import { type BrowserScripts, bundleBrowserScripts } from './frame/browser-bundle.ts';
import type { PageNeeds } from './frame/page.ts';
import { styleSource } from './frame/style.ts';
import { membersOrigins, siteOf } from './http/host-names.ts';
import {
  type InstitutionKeyPairs,
  keyPairsInUse,
  readKeyPairs,
} from './http/institution-key-pairs.ts';
import { KeyPairReload } from './http/key-pair-reload.ts';
import { type OpenedFront, openFront } from './http/open-front.ts';
import { repeat } from './http/repeat.ts';
import type { Presented } from './http/tls-server.ts';
import type { LoadedBank } from './operations/bank.ts';
import { loadBanks } from './operations/load-bank.ts';
import { registerLoginRoutes } from './portal/login-routes.ts';
import { registerMembersRoutes } from './portal/members-routes.ts';
import { registerPublicRoutes } from './portal/public-routes.ts';
import { portalAnswers } from './portal/refusal-answers.ts';
import { handshakeNames, watchFormerAuthorities } from './start/former-authorities.ts';
import { type House, poolSizeOf, type Surroundings } from './start/house.ts';
import { hostsOf } from './start/institutions.ts';
import { told } from './start/told.ts';
import type { DatabaseAddress } from './store/database-address.ts';

/** A running system. */
export type Running = AsyncDisposable & {
  readonly port: number;
  readonly banks: readonly LoadedBank[];
};

/** While one request waits for its connection of the database, another computes. */
const REQUESTS_FOR_CONNECTION = 2;
const HSTS_SECONDS = 365 * 24 * 60 * 60;
/** How often the files of key pairs are looked at: for new ones, and for ones that are about to end. */
const RELOAD_MILLISECONDS = 5_000;

/** What a process that serves beside others is told; the settings it reads itself. */
export type Order = { readonly database: DatabaseAddress; readonly scripts: BrowserScripts };

/** What the processes beside this one need to serve the house. */
export async function orderFor({ database }: House): Promise<Order> {
  return { database, scripts: await bundleBrowserScripts() };
}

/** Serves every institution of the house until it is disposed of. */
export async function serve(
  house: House,
  around: Surroundings,
  bundled?: BrowserScripts,
): Promise<Running> {
  const { settings, log, clock } = around;
  const banks = await loadBanks(house);
  if (banks.length === 0) {
    throw new Error(
      'there is no institution yet: found one with `koshin init FILE` or `koshin sample`',
    );
  }
  const hosts = hostsOf(banks, settings);
  const served = new Map(banks.map((bank) => [bank.code, bank]));
  const needs: PageNeeds = {
    db: house.db,
    pins: house.pins,
    banks: served,
    labelKey: house.secrets('label-marks'),
    formKey: house.secrets('form-tokens'),
    challengeKey: house.secrets('passkey-challenges'),
    handleKey: house.secrets('passkey-handles'),
    codeKey: house.secrets('acquisition-codes'),
    sealKey: house.secrets('mailed-codes'),
    letterFont: settings.letterFont,
    log,
    hosts,
    clock,
  };
  const { port, bindAddress, processes } = settings;
  const scripts = bundled ?? (await bundleBrowserScripts());
  const keyPairs = await readKeyPairs(banks, house.tlsFolder);
  const faces = facesOf(keyPairs, { ...needs, scripts });
  const load = { atOnce: REQUESTS_FOR_CONNECTION * poolSizeOf(processes) * processes };
  const opening = openFront({ port, host: bindAddress, hosts, log, faces, load, processes });
  const front: OpenedFront = await told(opening, {
    EADDRINUSE: `port ${port} of ${bindAddress} is in use: choose another by KOSHIN_PORT`,
    EACCES: `port ${port} is not for this user: choose one from 1024 up by KOSHIN_PORT`,
    EADDRNOTAVAIL: `${bindAddress} is no address of this machine: set KOSHIN_BIND`,
    ENOTFOUND: `${bindAddress} is no address of this machine: set KOSHIN_BIND`,
  });
  const reload = new KeyPairReload(house.tlsFolder, keyPairsInUse(keyPairs, front), {
    clock,
    log,
  });
  const reloading = repeat(async () => await reload.check(), RELOAD_MILLISECONDS);
  const watching = watchFormerAuthorities({ banks: served, front }, { db: house.db, clock, log });
  return {
    port: front.port,
    banks,
    [Symbol.asyncDispose]: async () => {
      await watching[Symbol.asyncDispose]();
      await reloading[Symbol.asyncDispose]();
      await front.close();
    },
  };
}

function facesOf(
  keyPairs: readonly InstitutionKeyPairs<LoadedBank>[],
  { scripts, ...needs }: PageNeeds & { readonly scripts: BrowserScripts },
) {
  const answers = portalAnswers(needs);
  const headers = { styleSources: [styleSource()], hstsSeconds: HSTS_SECONDS };
  const publicPairs = new Map<string, Presented>();
  const loginPairs = new Map<string, Presented>();
  const membersPairs = new Map<string, Presented>();
  for (const { institution: bank, publicPair, membersPair } of keyPairs) {
    publicPairs.set(bank.code, { keyPair: publicPair });
    loginPairs.set(bank.code, { keyPair: membersPair });
    membersPairs.set(bank.code, {
      keyPair: membersPair,
      certificateAuthoritiesPem: handshakeNames(bank, needs.clock.now()),
    });
  }
  const withSessions = {
    ...headers,
    formTargets: (site: { readonly institution: string }) => formTargetsOf(site, needs),
  };
  return {
    public: {
      answers,
      headers,
      presented: publicPairs,
      register: (face: Parameters<typeof registerPublicRoutes>[0]) =>
        registerPublicRoutes(face, scripts, needs),
    },
    login: {
      answers,
      headers: withSessions,
      presented: loginPairs,
      register: (face: Parameters<typeof registerLoginRoutes>[0]) => {
        registerLoginRoutes(face, scripts, needs);
        registerConsoleRoutes(face, scripts, needs);
      },
    },
    members: {
      answers,
      headers: withSessions,
      presented: membersPairs,
      register: (face: Parameters<typeof registerMembersRoutes>[0]) => {
        registerMembersRoutes(face, scripts, needs);
        registerConsoleRoutes(face, scripts, needs);
      },
    },
  };
}

/** Forms of hosts with sessions lead to the public host, and to each other when a key moves. */
function formTargetsOf({ institution }: { readonly institution: string }, { hosts }: PageNeeds) {
  return [
    siteOf(institution, 'public', hosts).origin,
    siteOf(institution, 'login', hosts).origin,
    membersOrigins(institution, hosts),
  ];
}
