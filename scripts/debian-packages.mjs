// The Debian packages that tests call, and how a missing one is installed or reported.
// Not needed to run Koshin: only `npm test` looks here.
// Plain JavaScript without dependencies: this runs on the machine's own Node 20.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Each with what proves that it is there, and which tests are skipped without it. */
const PACKAGES = [
  { name: 'openssl', proof: 'openssl', usedBy: 'second opinion on every format' },
  { name: 'gnutls-bin', proof: 'certtool', usedBy: 'interop with GnuTLS' },
  {
    name: 'libnss3-tools',
    proof: 'certutil',
    usedBy: 'interop with NSS, browsers with certificates',
  },
  { name: 'default-jdk-headless', proof: 'keytool', usedBy: 'interop with Java' },
  { name: 'chromium', proof: 'chromium', usedBy: 'scenarios in Chromium' },
  { name: 'firefox-esr', proof: 'firefox-esr', usedBy: 'scenarios in Firefox' },
  { name: 'xvfb', proof: 'Xvfb', usedBy: 'scenarios with the real certificate picker' },
  { name: 'xdotool', proof: 'xdotool', usedBy: 'scenarios with the real certificate picker' },
  { name: 'imagemagick', proof: 'import', usedBy: 'pictures of the real certificate picker' },
  { name: 'fonts-noto-cjk', proof: undefined, usedBy: 'pictures of Japanese pages' },
];

/** Installs what is missing where that is possible and allowed, else says what will be skipped. */
export function prepareDebian() {
  let missing = PACKAGES.filter((each) => !isThere(each));
  if (missing.length === 0) return;
  if (mayInstall()) {
    aptGet(['update', '-q']);
    for (const { name, usedBy } of missing) {
      console.log(`koshin: installing Debian package ${name} (${usedBy})`);
    }
    aptGet(['install', '-q', '-y', '--no-install-recommends', ...missing.map(({ name }) => name)]);
    missing = missing.filter((each) => !isThere(each));
  }
  for (const { name, usedBy } of missing) {
    console.log(`koshin: Debian package ${name} is missing; skipped: ${usedBy}`);
  }
}

function mayInstall() {
  return (
    process.env['KOSHIN_NO_INSTALL'] !== '1' && process.getuid?.() === 0 && isCommand('apt-get')
  );
}

/** @param {string[]} args */
function aptGet(args) {
  // Another program may be installing: it is waited for, a while.
  const { status, error } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  // No network is no reason to stop: what stays missing is named and its tests are skipped.
  if (status !== 0) console.log(`koshin: apt-get ${args[0]} failed (${error?.message ?? status})`);
}

/** @param {{ name: string, proof: string | undefined }} wanted */
function isThere({ name, proof }) {
  if (proof !== undefined) return isCommand(proof);
  const { status } = spawnSync('dpkg', ['-s', name], { stdio: 'ignore' });
  return status === 0;
}

/** @param {string} name */
function isCommand(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
