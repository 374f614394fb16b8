// Loaded into each of Koshin's processes before anything else (`--import`): writes down now and then what lives in
// its heap once all garbage is collected. That alone tells a leak from garbage that nobody needed to collect yet.
import { appendFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

const EVERY_MILLISECONDS = 30_000;
const { KOSHIN_LIVE_HEAP: file } = process.env;

if (file !== undefined && isMainThread) {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('garbage cannot be collected');
  setInterval(() => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    const mebibytes = (heapUsed + external) / 1024 / 1024;
    appendFileSync(file, `${process.pid} ${Date.now()} ${mebibytes.toFixed(3)}\n`);
  }, EVERY_MILLISECONDS).unref();
}
