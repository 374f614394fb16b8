// Brings a fresh clone up: npm packages, and with --test the Debian packages that tests use.
// Not an installer of Koshin itself; when all is there it does nothing, fast.
// Plain JavaScript without dependencies: this runs on the machine's own Node 20.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareDebian } from './debian-packages.mjs';
import { checkOurNode, ourNode } from './our-node.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODULES = `${ROOT}node_modules`;
const STAMP = `${MODULES}/.koshin-stamp`;

try {
  // npm runs this as `postinstall`, so that an install by hand leaves the mark as well.
  if (process.argv.includes('--installed')) markInstalled();
  else if (!isInstalled()) install();
  if (process.argv.includes('--test')) prepareDebian();
} catch (failure) {
  process.stderr.write(`koshin: ${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exitCode = 1;
}

function isInstalled() {
  // A linked node_modules belongs to another checkout: installing would empty it there.
  if (lstatSync(MODULES, { throwIfNoEntry: false })?.isSymbolicLink()) return true;
  return readIfThere(STAMP) === stamp() && ourNode() !== undefined;
}

function install() {
  const why = readIfThere(STAMP) === undefined ? 'nothing is installed yet' : 'packages changed';
  console.log(`koshin: ${why}; running npm ci (once, about half a minute) …`);
  const { command, first } = npm();
  const result = spawnSync(
    command,
    [...first, 'ci', '--include=dev', '--include=optional', '--loglevel=error'],
    { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' && first.length === 0 },
  );
  if (result.error) throw new Error(`npm did not start: ${result.error.message}`);
  if (result.status !== 0) {
    throw new Error(`npm ci failed (${result.signal ?? result.status}); its own words are above.`);
  }
  if (readIfThere(STAMP) !== stamp()) markInstalled();
}

function markInstalled() {
  const version = checkOurNode();
  if (!lstatSync(MODULES).isSymbolicLink()) writeFileSync(STAMP, stamp());
  console.log(`koshin: installed, runs on Node ${version}`);
}

function stamp() {
  const lock = createHash('sha256')
    .update(readFileSync(`${ROOT}package-lock.json`))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}\n`;
}

/** The npm that called us, else the one on PATH. */
function npm() {
  const path = process.env['npm_execpath'];
  return path?.endsWith('.js')
    ? { command: process.execPath, first: [path] }
    : { command: 'npm', first: [] };
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
