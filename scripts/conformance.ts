// `npm run conformance -- [NAME [DIR]]`: runs one corpus of outside data, or all of them.
// What is not supported or not here is named above the last line, `N passed, N failed`.
import { parseArgs } from 'node:util';
import { CORPORA, corpusFolder, runCorpus } from '../test/conformance/corpora.ts';
import type { CaseResult } from '../test/conformance/corpus.ts';

const { positionals } = parseArgs({ allowPositionals: true });
process.exitCode = await main(positionals[0], positionals[1]);

async function main(chosen: string | undefined, given: string | undefined): Promise<number> {
  const names = chosen === undefined ? Object.keys(CORPORA) : [chosen];
  const count = { passed: 0, failed: 0, unsupported: 0, skipped: 0 };
  for (const name of names) {
    if (!(name in CORPORA)) {
      console.error(`no corpus ${name}; there are ${Object.keys(CORPORA).join(', ')}`);
      return 2;
    }
    const folder = corpusFolder(name, given);
    if (folder === undefined) {
      console.log(`${name}: not here, skipped`);
      count.skipped += 1;
      continue;
    }
    const results = await runCorpus(name, folder);
    tell(name, results);
    for (const { outcome } of results) count[outcome] += 1;
  }
  if (count.unsupported > 0) console.log(`${count.unsupported} not supported, named above`);
  if (count.skipped > 0) console.log(`${count.skipped} skipped: not beside the project`);
  console.log(`${count.passed} passed, ${count.failed} failed`);
  return count.failed === 0 ? 0 : 1;
}

function tell(name: string, results: readonly CaseResult[]): void {
  console.log(`${name}: ${results.length} cases`);
  for (const result of results) {
    if (result.outcome === 'passed') continue;
    const word = result.outcome === 'failed' ? 'FAIL' : 'not supported';
    console.log(`  ${word}  ${result.name}: ${result.detail}`);
  }
}
