// What a run has to have come to: no finding, flat memory, and as many inputs as are asked of a minute.
import type { FuzzReport } from './run-fuzz.ts';

const MEMORY_LIMIT = 16 * 1024 * 1024;
const MINUTE_SECONDS = 60;
const INPUTS_OF_A_MINUTE = 1_000_000;

/** The lines that say how a run ended, and whether it ended well. */
export type FuzzVerdict = { readonly lines: readonly string[]; readonly isGood: boolean };

/** Judges a run; one shorter than a minute is not held to a number of inputs, which is the machine's. */
export function judgeFuzz(report: FuzzReport, seconds: number): FuzzVerdict {
  const isFlat = report.memoryGrowth < MEMORY_LIMIT;
  const found = report.findings.length;
  const lines = [`${found} findings, memory ${isFlat ? 'flat' : 'NOT FLAT'}`];
  const isGood = found === 0 && isFlat;
  if (seconds < MINUTE_SECONDS) return { lines, isGood };
  const isMany = report.inputs >= INPUTS_OF_A_MINUTE;
  return {
    lines: [...lines, `inputs ${isMany ? 'met' : 'NOT met'} a million`],
    isGood: isGood && isMany,
  };
}
