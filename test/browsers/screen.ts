// A screen nobody looks at (Xvfb): what is on it is photographed, keys are pressed on it.
// The certificate picker is no page: it can be seen and answered here only. No test itself.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PATIENCE_MILLISECONDS = 60_000;
const LOOK_EVERY_MILLISECONDS = 100;
const PROGRAMS = ['Xvfb', 'xdotool', 'import'];

/** For `skip` of a test: false where all programs are here, else the reason. */
export const unlessScreen: string | false = missing();

/** The screen; it ends with its disposal. */
export type Screen = AsyncDisposable & {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** How many windows bear this title. */
  readonly countWindows: (title: string) => Promise<number>;
  readonly photograph: (file: string) => Promise<void>;
  /** The colours of a part, three octets a pixel. */
  readonly pixels: (x: number, y: number, width: number, height: number) => Promise<Buffer>;
};

/** Starts a screen on a free display. */
export async function openScreen(width = 1280, height = 900): Promise<Screen> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const told = server.stdio[3];
  if (!(told instanceof Readable)) throw new Error('Xvfb has no pipe to tell its display');
  const [display] = (await once(told, 'data')) as [Buffer];
  const name = `:${display.toString().trim()}`;
  const env = { ...process.env, DISPLAY: name };
  return {
    name,
    width,
    height,
    press: async (...keys) => {
      await run('xdotool', ['key', ...keys], { env });
    },
    type: async (text) => {
      await run('xdotool', ['type', text], { env });
    },
    countWindows: async (title) => {
      // xdotool ends with 1 where it finds none.
      const args = ['-c', 'xdotool search --onlyvisible --name "$1" || [ $? = 1 ]', 'sh', title];
      const { stdout } = await run('sh', args, { env });
      return stdout.split('\n').filter((line) => line !== '').length;
    },
    photograph: async (file) => {
      await run('import', ['-window', 'root', file], { env });
    },
    pixels: async (x, y, wide, high) => {
      const args = [
        '-window',
        'root',
        '-crop',
        `${wide}x${high}+${x}+${y}`,
        '-depth',
        '8',
        'rgb:-',
      ];
      const maxBuffer = 3 * width * height;
      return (await run('import', args, { env, encoding: 'buffer', maxBuffer })).stdout;
    },
    [Symbol.asyncDispose]: async () => {
      const ended = once(server, 'close');
      server.kill();
      await ended;
    },
  };
}

/** Looks until it is so; X tells nobody when a browser has drawn something. */
export async function waitUntil(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await delay(LOOK_EVERY_MILLISECONDS);
  }
}

function missing(): string | false {
  const programs = PROGRAMS.filter(
    (each) => spawnSync('sh', ['-c', `command -v ${each}`]).status !== 0,
  );
  return programs.length > 0 && `${programs.join(', ')} is not installed`;
}
