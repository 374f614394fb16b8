// `npm run audit:edits -- [--edits N] [--seed N]`: edits the audit log directly in PostgreSQL, one edit
// after the other, and verifies after each. The last line counts.
import { parseArgs } from 'node:util';
import { type EditOutcome, fillLog, tryEdit } from '../test/system/audit-edits.ts';
import { openTestAudit } from '../test/system/test-audit.ts';

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});
// At once: node:test, which test databases bring along, would report after our last line.
process.exit(await main(Number(values.edits), Number(values.seed)));

async function main(edits: number, seed: number): Promise<number> {
  const started = performance.now();
  await using audit = await openTestAudit();
  const log = await fillLog(audit);
  const outcomes: EditOutcome[] = [];
  for (let i = 0; i < edits; i++) {
    const outcome = await tryEdit(seed + i, log);
    outcomes.push(outcome);
    if (!isFound(outcome)) {
      const { kind, reach, position } = outcome;
      console.log(`NOT FOUND  ${kind}, ${reach}, position ${position}, seed ${seed + i}`);
    }
    if (i % 50 === 49) process.stderr.write(`${i + 1} of ${edits}\n`);
  }
  tell(outcomes);
  const missed = outcomes.filter((outcome) => !isFound(outcome)).length;
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(`${edits - missed} passed, ${missed} failed  ${minutes} min`);
  return missed === 0 && edits > 0 ? 0 : 1;
}

function isFound({ report, isPlaceNamed }: EditOutcome): boolean {
  return report.findings.length > 0 && isPlaceNamed;
}

/** By what was edited and how far, with what the first finding called it. */
function tell(outcomes: readonly EditOutcome[]): void {
  const groups = Map.groupBy(outcomes, ({ kind, reach }) => `${kind}, ${reach}`);
  for (const [group, those] of [...groups].toSorted(([a], [b]) => a.localeCompare(b))) {
    const named = Map.groupBy(those, ({ report }) => report.findings[0]?.kind ?? 'nothing');
    const says = [...named].map(([kind, some]) => `${kind} ${some.length}`).toSorted();
    console.log(
      `  ${group}: ${those.length} edits, ${those.filter(isFound).length} found (${says.join(', ')})`,
    );
  }
}
