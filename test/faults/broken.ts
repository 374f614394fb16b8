// A deed of a person that did not succeed, and how answers are told from it. Nothing is judged here.
import type { Answer } from '../system/visitor.ts';

/** Something that a person did and that did not succeed; without an answer the connection broke. */
export class Broken extends Error {
  // Hidden from whoever prints the error: it holds a whole page.
  readonly #answer: Answer | undefined;

  constructor(what: string, answer: Answer | undefined, options?: ErrorOptions) {
    super(`${what}: ${answer?.status ?? 'no answer'} ${answer?.heading ?? ''}`, options);
    this.#answer = answer;
  }

  /** What came back; undefined where the connection broke. */
  get answer(): Answer | undefined {
    return this.#answer;
  }

  /** RFC 9110 §15.6: nobody knows what became of it, so that it may be tried again. */
  get isOutage(): boolean {
    return this.answer === undefined || this.answer.status >= 500;
  }
}

/** Whether a page came. */
export const isPage = ({ status }: Answer): boolean => status === 200;

/** The answer to a deed; throws `Broken` where it is no success. */
export async function done<T extends Answer>(
  what: string,
  answered: Promise<T>,
  isSuccess: (answer: T) => boolean,
): Promise<T> {
  const answer = await lossTold(what, answered);
  if (!isSuccess(answer)) throw new Broken(what, answer);
  return answer;
}

/** Turns a broken connection into `Broken`; anything else is a fault of the test. */
export async function lossTold<T>(what: string, answered: Promise<T>): Promise<T> {
  try {
    return await answered;
  } catch (cause) {
    const isLoss = cause instanceof Error && 'code' in cause;
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    if (isLoss) throw new Broken(what, undefined, { cause });
    throw cause;
  }
}
