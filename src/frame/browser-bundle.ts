// Bundles the scripts of the portal's pages in memory, at start. Nothing is written to disk.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build, stop } from 'esbuild';

/** A script ready to be served: its path changes with its text, so that it may be cached for ever. */
export type BrowserScript = {
  readonly path: string;
  readonly source: string;
  /** Subresource integrity of the source. */
  readonly integrity: string;
};

/** The entries in `web/`, by the name under which pages know them. */
const ENTRIES = {
  /** Makes the key, gets the certificate, makes the files or asks the device; 確認. */
  renewal: 'renewal',
  /** Acquires a certificate, as the renewal does without a session. */
  acquire: 'acquire',
  /** 確認 after a reload. */
  pending: 'pending',
  /** 更新 on the notice itself, for those whose key is in the device. */
  notice: 'notice',
  /** Login by passkey. */
  login: 'log-in',
  /** Keeps what a login or a proof gave to the page. */
  signedIn: 'signed-in',
  /** Tells the device that the old passkey is done with. */
  completed: 'completed',
  /** Ticks off the rules of a new PIN, and asks for the touch where one is needed. */
  pinChange: 'pin-change',
  /** Asks for the touch before a form is sent. */
  touched: 'touched',
} as const;

/** The scripts of the pages that have one. */
export type BrowserScripts = Readonly<Record<keyof typeof ENTRIES, BrowserScript>>;

const FOLDER = join(import.meta.dirname, '../../web');

/** Bundles the entries of `web/`, each with what it imports. */
export async function bundleBrowserScripts(): Promise<BrowserScripts> {
  try {
    const names = Object.keys(ENTRIES) as (keyof typeof ENTRIES)[];
    const bundles = await Promise.all(
      names.map(async (name) => [name, await bundle(ENTRIES[name])] as const),
    );
    return Object.fromEntries(bundles) as BrowserScripts;
  } finally {
    // Its process would stay as long as Koshin runs, and outlive it.
    await stop();
  }
}

async function bundle(name: string): Promise<BrowserScript> {
  const { outputFiles } = await build({
    entryPoints: [join(FOLDER, `${name}.ts`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    legalComments: 'none',
  });
  const source = outputFiles[0]?.text;
  if (source === undefined) throw new Error(`the script ${name} is empty`);
  const digest = createHash('sha384').update(source).digest();
  return {
    path: `/assets/${name}-${digest.toString('hex').slice(0, 16)}.js`,
    source,
    integrity: `sha384-${digest.toString('base64')}`,
  };
}
