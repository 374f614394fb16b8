// How long the certificate import wizard of Windows really is. The demo runs on Linux and imports the
// file by a program; the person is on Windows, so the wizard's actions are read from the docs' table.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const JOURNEY = fileURLToPath(new URL('../docs/journey.md', import.meta.url));
const HEADING = '## The import wizard of Windows';

/** What the person does in the wizard, one entry for each click, field or dialog. */
export async function importWizardActions(): Promise<readonly string[]> {
  const text = await readFile(JOURNEY, 'utf8');
  const [, section = ''] = text.split(`${HEADING}\n`);
  const [table = ''] = section.split('\n## ');
  const rows = [...table.matchAll(/^\|.*\|\s*(\d+)\s*\|$/gm)];
  const actions = rows.flatMap(([row, count]) => Array.from({ length: Number(count) }, () => row));
  if (actions.length === 0) throw new Error(`${JOURNEY} has no table under ${HEADING}`);
  return actions;
}
