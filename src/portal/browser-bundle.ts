// Bundles the scripts of the renewal's pages in memory, at start. Nothing is written to disk.
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

/** The scripts of the pages that have one. */
export type BrowserScripts = {
  /** Makes the key, gets the certificate, makes the files; 確認. */
  readonly renewal: BrowserScript;
  /** 確認 after a reload. */
  readonly pending: BrowserScript;
};

const FOLDER = join(import.meta.dirname, '../../web');

/** Bundles the entries of `web/`, each with what it imports. */
export async function bundleBrowserScripts(): Promise<BrowserScripts> {
  try {
    const [renewal, pending] = await Promise.all([bundle('renewal'), bundle('pending')]);
    return { renewal, pending };
  } finally {
    // Its process would stay as long as Koshin runs, and outlive it.
    await stop();
  }
}

async function bundle(name: keyof BrowserScripts): Promise<BrowserScript> {
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
