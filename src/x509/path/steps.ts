// Work that stops at each signature, so that one text serves verifiers that answer at once or later.
// Not here: what is verified.
import {
  type Answer,
  badSignature,
  type Claim,
  type SignatureQuestion,
  signatureQuestion,
  type Verified,
  type Verifier,
} from '../signature.ts';

/** Work that asks whether signatures are good and ends in `T`. */
export type Steps<T> = Generator<SignatureQuestion, T, boolean>;

/** Does the work with a verifier; the result is there at once or later, as the verifier answers. */
export function runSteps<A extends Answer, T>(
  steps: Steps<T>,
  verifier: Verifier<A>,
): Verified<A, T> {
  // TypeScript does not follow the type of the answer into the conditional type.
  return advance(steps, verifier, false) as Verified<A, T>;
}

/** Refuses with `bad-signature` unless the verifier finds the signature good. */
export function* checkSignature(claim: Claim): Steps<void> {
  if (!(yield signatureQuestion(claim))) throw badSignature(claim);
}

/** `answer` is the one to the question before; the first of all is not looked at. */
function advance<T>(steps: Steps<T>, verifier: Verifier, answer: boolean): T | Promise<T> {
  let step = steps.next(answer);
  while (step.done !== true) {
    const next: Answer = verifier(step.value);
    if (typeof next !== 'boolean') {
      return next.then((later) => advance(steps, verifier, later));
    }
    step = steps.next(next);
  }
  return step.value;
}
