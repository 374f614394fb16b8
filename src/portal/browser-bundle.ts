// Bundles the script of the renewal page in memory, at start. Nothing is written to disk.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';

/** A script ready to be served: its path changes with its text, so that it may be cached for ever. */
export type BrowserScript = {
  readonly path: string;
  readonly source: string;
  /** Subresource integrity of the source. */
  readonly integrity: string;
};

const ENTRY = join(import.meta.dirname, '../../web/renewal.ts');

/** Bundles `web/renewal.ts` with what it imports. */
export async function bundleBrowserScript(): Promise<BrowserScript> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    legalComments: 'none',
  });
  const source = outputFiles[0]?.text;
  if (source === undefined) throw new Error('the script of the renewal page is empty');
  const digest = createHash('sha384').update(source).digest();
  return {
    path: `/assets/renewal-${digest.toString('hex').slice(0, 16)}.js`,
    source,
    integrity: `sha384-${digest.toString('base64')}`,
  };
}
