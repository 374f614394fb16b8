// What the page of a refusal said, read back from what is on record of it; for the help desk.
import type { KeyHome } from '../banking/user-certificate.ts';
import type { Text, Texts } from './language.ts';
import type { RefusalWords } from './refusal-words.ts';
import { kindOfStatus, REFUSALS, type RefusalKind } from './refusals.ts';
import { PROOF_FAILURES } from './renewal.ts';

/** The words of a page: why, and what to do. */
export type PageSaid = { readonly title: Text; readonly reason: Texts; readonly steps: Texts };

/** The words; undefined where the entry is no refusal, or one of a later version. */
export function pageSaid(
  { event, detail }: { readonly event: string; readonly detail: Readonly<Record<string, unknown>> },
  home: KeyHome | undefined,
): PageSaid | undefined {
  const { page } = detail;
  if (typeof page === 'string' && isProofFailure(page)) {
    const { title, reason } = PROOF_FAILURES[page];
    return { title, reason: { ja: [reason.ja], en: [reason.en] }, steps: { ja: [], en: [] } };
  }
  const kind = kindOf(event, detail['code']);
  if (kind === undefined) return undefined;
  const { title, reason, steps, stepsOnDevice }: RefusalWords = REFUSALS[kind];
  return { title, reason, steps: home === 'device' ? (stepsOnDevice ?? steps) : steps };
}

/** A wrong PIN is an event of its own; other refusals carry their code, or the status of the answer. */
function kindOf(event: string, code: unknown): RefusalKind | undefined {
  if (event === 'pin-wrong') return 'wrong-pin';
  if (typeof code !== 'string') return undefined;
  if (/^[1-5]\d\d$/.test(code)) return kindOfStatus(Number(code));
  return isRefusalKind(code) ? code : undefined;
}

function isRefusalKind(code: string): code is RefusalKind {
  return Object.hasOwn(REFUSALS, code);
}

function isProofFailure(page: string): page is keyof typeof PROOF_FAILURES {
  return Object.hasOwn(PROOF_FAILURES, page);
}
