// What a corpus of outside data is to the runner: cases, each as expected or not.
// Not here: where the corpora lie, see corpora.ts.
import { Refusal } from '../../src/errors.ts';

/** One case of a corpus; `unsupported` is one that its README allows to be refused as such. */
export type CaseResult = {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'unsupported';
  /** What was expected and what came, or why it is not supported. */
  readonly detail: string;
};

/** Runs all cases of the corpus in a folder. */
export type Corpus = (folder: string) => readonly CaseResult[] | Promise<readonly CaseResult[]>;

/** The refusal that an action ends in, undefined if in none; other errors are passed on. */
export function refusalOf(action: () => unknown): Refusal | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Runs one case: passed when nothing is told, failed with what is told, or with its error. */
export function runCase(name: string, check: () => string | undefined): CaseResult {
  try {
    const complaint = check();
    return {
      name,
      outcome: complaint === undefined ? 'passed' : 'failed',
      detail: complaint ?? '',
    };
  } catch (error) {
    return { name, outcome: 'failed', detail: String(error) };
  }
}
