// What `koshin import users` prints: how far it has come, and what it found.
import type { ImportFault } from '../banking/import-faults.ts';
import type { ImportProgress } from '../banking/user-import.ts';
import type { FileEncoding } from '../csv/file-encoding.ts';
import type { ImportPlan } from '../operations/plan-import.ts';
import { IMPORT_COLUMN_NAMES, IMPORT_FAULTS } from '../words/import-faults.ts';
import { importReportHead, importReportLine } from '../words/import-report.ts';
import type { Language } from '../words/language.ts';

const STAGES = { reading: 'reading', checking: 'checking', doing: 'doing' } as const;
const ENCODINGS: Readonly<Record<FileEncoding, string>> = {
  'utf-8': 'UTF-8',
  cp932: 'CP932 (Shift_JIS)',
};
const BAR = 30;
const SHOWN = 10;

/** A line with a bar, for a terminal. */
export function importProgressText({ stage, done, of }: ImportProgress): string {
  const share = of === 0 ? 1 : Math.min(1, done / of);
  const full = Math.round(share * BAR);
  const bar = '#'.repeat(full) + '.'.repeat(BAR - full);
  return `${STAGES[stage].padEnd(8)} [${bar}] ${String(Math.round(share * 100)).padStart(3)} %  ${done} of ${of} lines`;
}

/** What a dry run found, in lines. */
export function importPlanText(plan: ImportPlan): string {
  const { encoding, lines, counts, faults } = plan;
  const shown = faults.slice(0, SHOWN).map(({ line, column, kind, value }) => {
    const where = column === null ? '' : `, ${IMPORT_COLUMN_NAMES[column].en}`;
    const what = value === '' ? '' : `: ${value}`;
    return `  line ${line}${where}: ${IMPORT_FAULTS[kind].what.en}${what}`;
  });
  const more = faults.length - shown.length;
  return [
    `${lines} lines, read as ${encoding === null ? 'nothing known' : ENCODINGS[encoding]}`,
    `would be done: ${counts.users} users of ${counts.contracts} contracts, ${counts.newContracts} of them new`,
    `there already, just as the file says: ${counts.unchanged} users`,
    `faults: ${faults.length}, in ${plan.faultyContracts} contracts`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more (--report FILE writes them all)`] : []),
  ].join('\n');
}

/** The report of these faults, as CSV. */
export function importReportText(faults: readonly ImportFault[], language: Language): string {
  const lines = faults.map((fault) => importReportLine(fault, language));
  return importReportHead(language) + lines.join('');
}
