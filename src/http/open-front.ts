// Joins the parts: one port, its hosts, and a face for each kind of host.
import type { Log } from '../log.ts';
import { addressKey } from './address-key.ts';
import { StrangersLog } from './counters.ts';
import { type FaceNeeds, type FaceOptions, openFace } from './face.ts';
import { FRONT_LIMITS, Front, type FrontLimits } from './front.ts';
import { findSite, type Hosts, type SiteKind } from './host-names.ts';
import { Load, type LoadLimits } from './load.ts';
import { shareOf } from './share.ts';
import type { KeyPair, Presented, TlsServerOptions } from './tls-server.ts';

/** A face, and what each institution presents on its hosts of this kind. */
export type KindOptions = Omit<FaceOptions, 'tls'> & {
  readonly presented: ReadonlyMap<string, Presented>;
};

/** The port, the hosts, and what is served on them; a kind without a face is unknown to strangers. */
export type OpenFrontOptions = {
  readonly port: number;
  readonly host?: string;
  readonly hosts: Hosts;
  readonly faces: Readonly<Partial<Record<SiteKind, KindOptions>>>;
  readonly log: Log;
  readonly limits?: Partial<FrontLimits>;
  readonly load?: Partial<LoadLimits>;
  /** How many processes serve this port: the limits are the installation's, and are divided. */
  readonly processes?: number;
  readonly tls?: Pick<TlsServerOptions, 'allowsTls12' | 'timeouts' | 'maxHeaderBytes'>;
};

/** What runs; key pairs are replaced without a restart, kind by kind. */
export type OpenedFront = {
  readonly port: number;
  readonly replaceKeyPair: (kind: SiteKind, institution: string, keyPair: KeyPair) => void;
  readonly replaceAuthorities: (institution: string, authoritiesPem: readonly string[]) => void;
  /** Stops taking connections, lets requests finish for `graceMilliseconds`, then ends everything. */
  readonly close: (graceMilliseconds?: number) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Only members' hosts ask for a certificate. */
const ASKS_FOR_CERTIFICATE: Readonly<Record<SiteKind, boolean>> = {
  public: false,
  login: false,
  members: true,
};

/** The bounds of an installation's work, where nothing else is said. */
export const DEFAULT_LOAD: LoadLimits = {
  atOnce: 64,
  // Who is admitted is answered within a second: part of it to wait in the mean, the rest for those that fare worse.
  waitMilliseconds: 400,
  inFlight: 1_000,
  loopDelayMilliseconds: 1_000,
};
const GRACE_MILLISECONDS = 10_000;
const IDLE_SWEEP_MILLISECONDS = 50;

/** Opens the port when every face is ready. */
export async function openFront(options: OpenFrontOptions): Promise<OpenedFront> {
  const { hosts, log, processes = 1 } = options;
  const load = new Load(shareOfLoad({ ...DEFAULT_LOAD, ...options.load }, processes));
  const strangers = new StrangersLog(log, processes);
  const faces = await openFaces(options, { log, load, strangers });
  const front = await Front.listen({
    port: options.port,
    ...(options.host !== undefined && { host: options.host }),
    limits: shareOfFront({ ...FRONT_LIMITS, ...options.limits }, processes),
    isLate: () => load.isLate,
    takerOf: (serverName) => {
      const kind = findSite(serverName, hosts)?.kind;
      return kind === undefined ? undefined : faces.get(kind)?.tls.server;
    },
    onRefused: (reason, address) =>
      strangers.note(addressKey(address), { reason }, 'connection refused'),
  });

  const faceOf = (kind: SiteKind) => {
    const face = faces.get(kind);
    if (face === undefined) throw new Error(`no face for ${kind} hosts`);
    return face;
  };
  const close = async (graceMilliseconds = GRACE_MILLISECONDS) => {
    const drain = () => {
      for (const face of faces.values()) face.drain();
    };
    drain();
    const sweep = setInterval(drain, IDLE_SWEEP_MILLISECONDS);
    await front.close(graceMilliseconds);
    clearInterval(sweep);
    for (const face of faces.values()) await face.close();
    load[Symbol.dispose]();
  };
  return {
    port: front.port,
    replaceKeyPair: (kind, institution, keyPair) =>
      faceOf(kind).tls.replaceKeyPair(institution, keyPair),
    replaceAuthorities: (institution, authoritiesPem) =>
      faceOf('members').tls.replaceAuthorities(institution, authoritiesPem),
    close,
    [Symbol.asyncDispose]: async () => await close(0),
  };
}

function shareOfFront(limits: FrontLimits, processes: number): FrontLimits {
  return {
    ...limits,
    connections: shareOf(limits.connections, processes),
    connectionsPerAddress: shareOf(limits.connectionsPerAddress, processes),
  };
}

function shareOfLoad(limits: LoadLimits, processes: number): LoadLimits {
  return {
    ...limits,
    atOnce: shareOf(limits.atOnce, processes),
    inFlight: shareOf(limits.inFlight, processes),
  };
}

async function openFaces({ faces, hosts, tls }: OpenFrontOptions, needs: FaceNeeds) {
  const opened = new Map<SiteKind, Awaited<ReturnType<typeof openFace>>>();
  for (const kind of ['public', 'login', 'members'] as const) {
    const face = faces[kind];
    if (face === undefined) continue;
    const { presented, ...rest } = face;
    const asksForCertificate = ASKS_FOR_CERTIFICATE[kind];
    const tlsOptions = { ...tls, hosts, presented, asksForCertificate };
    opened.set(kind, await openFace({ ...rest, tls: tlsOptions }, needs));
  }
  return opened;
}
