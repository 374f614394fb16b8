// What `koshin audit` prints. Not the verification.
import type { Finding } from '../audit/check-log.ts';
import type { ProvedEntry } from '../audit/entry-proof.ts';
import type { AuditReport } from '../operations/verify-audit.ts';

const MOST_SHOWN = 20;

/** A verification as text; the last line says whether the log is good. */
export function auditReportText(report: AuditReport): string {
  const { size, waiting, retired, anchors, newestAnchor, findings } = report;
  const outside =
    newestAnchor === undefined
      ? 'no checkpoint outside: who rewrote log and tree together would not be found'
      : `${anchors} checkpoints outside, the newest of ${newestAnchor.at.toISOString()} over ${newestAnchor.size} entries`;
  const more = findings.length - MOST_SHOWN;
  return [
    `${size} entries in the tree, ${waiting} waiting, ${retired} may be gone by rule`,
    outside,
    ...findings.slice(0, MOST_SHOWN).map(findingText),
    ...(more > 0 ? [`and ${more} more`] : []),
    findings.length === 0
      ? 'the audit log is good'
      : `the audit log is WRONG in ${findings.length} places`,
  ].join('\n');
}

/** A proved entry as text. */
export function provedEntryText({ entry, position, checkpoint }: ProvedEntry): string {
  const at = new Date(Number(entry.at) / 1000).toISOString();
  return [
    `entry ${entry.entry} of ${entry.institution} is in the log ${checkpoint.origin}`,
    `position ${position} of ${checkpoint.size}`,
    `${at} ${entry.event} ${entry.contract ?? ''} ${entry.user ?? ''}`.trimEnd(),
    entry.detail,
  ].join('\n');
}

function findingText({ kind, from, to, name, says }: Finding): string {
  const place = from === to ? `position ${from}` : `positions ${from} to ${to}`;
  const entry = name === undefined ? '' : `entry ${name.entry} of ${name.institution}, `;
  return `WRONG  ${kind}: ${entry}${place}: ${says}`;
}
