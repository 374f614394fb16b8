// The renewal whose new key is a passkey: make it, have it certified, prove it; two touches and no question
// between them. Until the proof is sent the old certificate works, whatever fails here.
import { type Answer, fieldOf, textOf } from './ask.ts';
import { change, keepFresh } from './change.ts';
import { element, hide, show, write } from './elements.ts';
import { isCancelled, knowsPasskeys, make, sign, wantedIn } from './passkey.ts';

const STEPS = ['device-key', 'device-issue', 'device-proof'] as const;

/** Renews by a passkey; `again` puts it in the place of a successor that waits. */
export async function renewOnDevice(
  formToken: string,
  unproven: 'keep' | 'replace',
): Promise<void> {
  await inSteps(async () => {
    step('device-key');
    const wanted = said(await change('/renewal/device/wanted', formToken, {}));
    const made = await make(wanted);
    step('device-issue');
    return said(await change('/renewal/device', formToken, { ...made, unproven }));
  }, formToken);
}

/** Proves a successor that waits with its passkey. */
export async function proveOnDevice(formToken: string): Promise<void> {
  await inSteps(
    async () => said(await change('/renewal/device/proof-wanted', formToken, {})),
    formToken,
  );
}

/** Has a page's form do one of these on its button. */
export function onSubmit(form: HTMLFormElement, work: (formToken: string) => Promise<void>): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void work(formTokenOf(form));
  });
}

/** The token of a form. */
export function formTokenOf(form: HTMLFormElement): string {
  const token = new FormData(form).get('form-token');
  return typeof token === 'string' ? token : '';
}

/** A refusal in the middle of the steps. */
class Stopped extends Error {
  readonly answer: Exclude<Answer, { kind: 'said' }>;

  constructor(answer: Exclude<Answer, { kind: 'said' }>) {
    super(answer.kind);
    this.answer = answer;
  }
}

async function inSteps(issue: () => Promise<unknown>, formToken: string): Promise<void> {
  hide('renewal-start', 'device-failed');
  show('device-progress');
  element('device-title', HTMLElement).focus();
  let isProofSent = false;
  try {
    if (!knowsPasskeys()) throw new TypeError('no passkeys here');
    const wanted = wantedIn(await issue());
    step('device-proof');
    const signed = await sign(wanted);
    isProofSent = true;
    goOn(said(await change('/renewal/device/proof', formToken, signed)));
  } catch (fault) {
    failed(isProofSent ? proofFailure(fault) : kindOf(fault), fault);
  }
}

function said(answer: Answer): unknown {
  if (answer.kind !== 'said') throw new Stopped(answer);
  return answer.said;
}

/** On to the page that says it is done: on this host, or by a form on the host of passkeys. */
function goOn(answer: unknown): void {
  const next = fieldOf(answer, 'next');
  if (typeof next === 'string') {
    keepFresh(textOf(answer, 'fresh'));
    location.assign(next);
    return;
  }
  const form = document.createElement('form');
  form.method = 'post';
  form.action = textOf(answer, 'action');
  const seal = document.createElement('input');
  seal.type = 'hidden';
  seal.name = 'seal';
  seal.value = textOf(answer, 'seal');
  form.append(seal);
  document.body.append(form);
  form.submit();
}

function step(current: (typeof STEPS)[number]): void {
  for (const id of STEPS) {
    const isEarlier = STEPS.indexOf(id) < STEPS.indexOf(current);
    const state = isEarlier ? 'done' : 'waiting';
    element(id, HTMLElement).dataset['state'] = id === current ? 'busy' : state;
  }
}

type Failure =
  | 'refused'
  | 'connection'
  | 'cancelled'
  | 'unsupported'
  | 'proof-refused'
  | 'proof-lost';

function failed(failure: Failure, fault: unknown): void {
  hide('device-progress');
  show(`device-failed-${failure}`);
  if (failure === 'proof-refused' || failure === 'proof-lost') hide('device-safe');
  const why = fault instanceof Stopped ? fault.answer.said : undefined;
  if (why !== undefined) {
    write('device-reason', why.reason);
    write('device-inquiry-number', why.inquiry);
    show('device-reason');
    show('device-inquiry');
  }
  show('device-failed');
  element('device-reopen', HTMLElement).focus();
}

/** After the proof was sent, only a refusal tells that it changed nothing. */
function proofFailure(fault: unknown): Failure {
  const isRefused = fault instanceof Stopped && fault.answer.kind === 'refused';
  return isRefused ? 'proof-refused' : 'proof-lost';
}

function kindOf(fault: unknown): Failure {
  if (fault instanceof Stopped) return fault.answer.kind === 'refused' ? 'refused' : 'connection';
  return isCancelled(fault) ? 'cancelled' : 'unsupported';
}
