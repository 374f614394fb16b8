// Reads and checks the settings; the only place that sees the environment.
// Each has a default that suits the sample; docs/operations.md says why each exists.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';

/** How this process is set. */
export type Settings = {
  /** Folder of everything that is kept: database, keys, sample. */
  readonly dataFolder: string;
  /** File of the master secret; a bank keeps it on another volume than the data. */
  readonly secretFile: string;
  /** Address and port that the TLS listener binds. */
  readonly bindAddress: string;
  readonly port: number;
  /** The port as browsers see it, where a load balancer maps it. */
  readonly outsidePort: number;
  readonly database: DatabaseSettings;
  /** How many processes serve; what is bounded for the installation is divided among them. */
  readonly processes: number;
  readonly pinCost: { readonly memory: number; readonly passes: number; readonly lanes: number };
  readonly pinThreads: number;
  /** Where the audit log's checkpoints are kept outside the database. */
  readonly auditAnchorFolder: string;
  readonly mail: MailSettings;
  /** How long an audit entry is kept; null for ever. */
  readonly auditRetentionDays: number | null;
  /** The font of letters: its file and, after `#`, its name where the file holds several. */
  readonly letterFont: string;
};

/** By what mails leave; neither of both: they wait. */
export type MailSettings = {
  readonly server: { readonly url: URL; readonly authorities?: string } | null;
  /** A folder that they are written into instead, as `.eml` files. */
  readonly folder: string | null;
  /** The address that they come from; null for `no-reply@` the institution's public host. */
  readonly from: string | null;
};

/** Where the database is: embedded in the data folder, or outside by URL. */
export type DatabaseSettings =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'external'; readonly url: string; readonly ownerUrl: string | null };

type Environment = Readonly<Record<string, string | undefined>>;

/** Of Debian's package fonts-noto-cjk. */
const LETTER_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc#NotoSansCJKjp-Regular';
/** More cores than this are left to the database unless the setting says otherwise. */
const USUAL_PROCESSES = 8;

/** The settings from the process's environment; throws an error that names the faulty variable. */
export function readSettings(environment: Environment = process.env): Settings {
  const dataFolder = resolve(environment['KOSHIN_DATA'] ?? 'data');
  const port = numberFrom(environment, 'KOSHIN_PORT', {
    fallback: 8443,
    minimum: 0,
    maximum: 65535,
  });
  return {
    dataFolder,
    secretFile: resolve(environment['KOSHIN_SECRET_FILE'] ?? `${dataFolder}/keys/secret`),
    bindAddress: environment['KOSHIN_BIND'] ?? '127.0.0.1',
    port,
    outsidePort: outsidePortFrom(environment, port),
    database: databaseFrom(environment),
    processes: numberFrom(environment, 'KOSHIN_PROCESSES', {
      fallback: Math.min(availableParallelism(), USUAL_PROCESSES),
      minimum: 1,
      maximum: 32,
    }),
    pinCost: {
      memory: numberFrom(environment, 'KOSHIN_PIN_MEMORY_KIB', {
        fallback: 19456,
        minimum: 8,
        maximum: 1 << 21,
      }),
      passes: numberFrom(environment, 'KOSHIN_PIN_PASSES', {
        fallback: 2,
        minimum: 1,
        maximum: 100,
      }),
      lanes: 1,
    },
    pinThreads: numberFrom(environment, 'KOSHIN_PIN_THREADS', {
      fallback: 2,
      minimum: 1,
      maximum: 64,
    }),
    auditAnchorFolder: resolve(environment['KOSHIN_AUDIT_ANCHOR'] ?? `${dataFolder}/anchor`),
    mail: mailFrom(environment),
    auditRetentionDays: retentionFrom(environment),
    letterFont: environment['KOSHIN_LETTER_FONT'] ?? LETTER_FONT,
  };
}

/** The password in the URL is shown in no error. */
function mailFrom(environment: Environment): MailSettings {
  const text = environment['KOSHIN_SMTP_URL'] ?? '';
  const folder = environment['KOSHIN_MAIL_FOLDER'] ?? '';
  const from = environment['KOSHIN_MAIL_FROM'] ?? '';
  const file = environment['KOSHIN_SMTP_CA_FILE'] ?? '';
  const rest = {
    folder: folder === '' ? null : resolve(folder),
    from: from === '' ? null : from,
  };
  if (text === '') return { server: null, ...rest };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new Error(
      'KOSHIN_SMTP_URL is smtps://host:465 or smtp://host:587, with user and password',
    );
  }
  return {
    server: { url, ...(file !== '' && { authorities: readFileSync(file, 'utf8') }) },
    ...rest,
  };
}

/** Nothing is ever removed unless somebody says how old it may be. */
function retentionFrom(environment: Environment): number | null {
  const name = 'KOSHIN_AUDIT_RETENTION_DAYS';
  if ((environment[name] ?? '') === '') return null;
  return numberFrom(environment, name, { fallback: 0, minimum: 365, maximum: 36_525 });
}

/** Pages name it in links, so that it is never left to the system. */
function outsidePortFrom(environment: Environment, port: number): number {
  const range = { fallback: port, minimum: 1, maximum: 65535 };
  const outside = numberFrom(environment, 'KOSHIN_OUTSIDE_PORT', range);
  if (outside === 0) throw new Error('KOSHIN_PORT 0 needs KOSHIN_OUTSIDE_PORT');
  return outside;
}

function databaseFrom(environment: Environment): DatabaseSettings {
  const url = environment['KOSHIN_DATABASE_URL'];
  if (url === undefined || url === '') return { kind: 'embedded' };
  return { kind: 'external', url, ownerUrl: environment['KOSHIN_DATABASE_OWNER_URL'] ?? null };
}

function numberFrom(
  environment: Environment,
  name: string,
  range: { readonly fallback: number; readonly minimum: number; readonly maximum: number },
): number {
  const text = environment[name];
  if (text === undefined || text === '') return range.fallback;
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.minimum && value <= range.maximum)) {
    throw new Error(`${name} is a whole number from ${range.minimum} to ${range.maximum}`);
  }
  return value;
}
