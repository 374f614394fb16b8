// How much the person does where the key is in a file, as the docs have it from the last run of that demo:
// a test holds them to what it counts.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const JOURNEY = fileURLToPath(new URL('../docs/journey.md', import.meta.url));
const HEADING = '## How much the person does';
const LINE = /^ok +(?:[①-⑬] )? *(.+?) {2,}\d+ +(\d+)/gm;

/** Actions of each step, by its title. */
export async function recordedActions(): Promise<ReadonlyMap<string, number>> {
  const [, section = ''] = (await readFile(JOURNEY, 'utf8')).split(`${HEADING}\n`);
  const [, block = ''] = section.split('```');
  const counts = countsIn(block);
  if (counts.size === 0) throw new Error(`${JOURNEY} has no counts under ${HEADING}`);
  return counts;
}

/** What the demo with the key in a file printed, by the title of each step. */
export function countsIn(output: string): ReadonlyMap<string, number> {
  return new Map([...output.matchAll(LINE)].map(([, title = '', count]) => [title, Number(count)]));
}
