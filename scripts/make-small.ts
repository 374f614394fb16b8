// Makes a picture small enough to be kept: few colours, no dithering, nothing but the pixels.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const COLOURS = 64;

/** Rewrites a PNG file in place; needs ImageMagick. */
export async function makeSmall(file: string): Promise<void> {
  const options = ['-strip', '-dither', 'None', '-colors', String(COLOURS)];
  await run('convert', [file, ...options, '-define', 'png:compression-level=9', `PNG8:${file}`]);
}
