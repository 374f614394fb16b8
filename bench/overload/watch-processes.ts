// Memory and open files of Koshin's processes while it is under load, and how they change. Linux only: /proc.
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** One look: memory and open files of all processes together. */
export type Look = {
  readonly atSeconds: number;
  readonly mebibytes: number;
  readonly files: number;
};

const PAUSE_MILLISECONDS = 2_000;

/** Looks at a process and all below it, but the database, until the work is done. */
export async function watchProcesses<T>(
  pid: number,
  work: Promise<T>,
): Promise<{ readonly looks: readonly Look[]; readonly result: T }> {
  const looks: Look[] = [];
  const started = performance.now();
  let isDone = false;
  const noted = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    looks.push({ ...(await lookAt(pid)), atSeconds: (performance.now() - started) / 1000 });
    await Promise.race([noted, delay(PAUSE_MILLISECONDS)]);
  }
  return { looks, result: await noted };
}

/** What lived in the heaps of all processes together at each of the times that `live-heap.ts` wrote down. */
export async function readLiveHeap(
  file: string,
  since: number,
): Promise<readonly (readonly [seconds: number, mebibytes: number])[]> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const heaps = lines.map((line) => {
    const [pid = 0, ms = 0, mebibytes = 0] = line.split(' ').map(Number);
    return { pid, ms, mebibytes };
  });
  // Every process writes as often as the others: the first of each belong together, then the second.
  const ofEach = [...Map.groupBy(heaps, ({ pid }) => pid).values()];
  const count = Math.min(...ofEach.map((of) => of.length));
  return Array.from({ length: count }, (_, i) => {
    const together = ofEach.flatMap((of) => of.slice(i, i + 1));
    const at = Math.max(...together.map(({ ms }) => ms));
    const sum = together.reduce((all, { mebibytes }) => all + mebibytes, 0);
    return [(at - since) / 1000, sum] as const;
  }).filter(([seconds]) => seconds >= 0);
}

/** How a value changes a minute: the line that fits best (least squares). */
export function slopeOf(points: readonly (readonly [seconds: number, value: number])[]): number {
  const count = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const below = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return (60 * above) / below;
}

async function lookAt(pid: number): Promise<Omit<Look, 'atSeconds'>> {
  let [mebibytes, files] = [0, 0];
  for (const one of [pid, ...(await childrenOf(pid))]) {
    const status = await readFile(`/proc/${one}/status`, 'utf8');
    if (!/^Name:\s*(?:node|MainThread)/m.test(status)) continue;
    mebibytes += Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
    files += (await readdir(`/proc/${one}/fd`)).length;
  }
  return { mebibytes, files };
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(' ').filter(Boolean).map(Number);
}
