// Has the bank certify a key that is made in this page, and makes the files; shows progress and failure. To whom
// the request is sent is the caller's.
// The key lives in this page's memory only and is gone with it; until the person has saved a file, leaving warns.
import { makeNewKey, type NewKey } from '../src/cms/new-key.ts';
import type { Said } from './ask.ts';
import { deliver } from './delivery.ts';
import { element, hide, show, write } from './elements.ts';
import { isFor, makeFiles } from './make-files.ts';
import type { Outcome } from './send-request.ts';

/** Sends the request over the new key. */
export type Send = (made: NewKey) => Promise<Outcome>;

const SECOND_MS = 1000;

/** Made once and kept until it is in the files, so that a lost answer can be asked for again. */
let key: NewKey | undefined;
let isBusy = false;

/** Gets a certificate for a new key, from the start to the files. */
export async function certifyInFile(send: Send): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  element('renew', HTMLButtonElement).disabled = true;
  hide('renewal-start', 'renewal-failed');
  show('renewal-progress');
  element('progress-title', HTMLElement).focus();
  const clock = setInterval(showElapsed, SECOND_MS, performance.now());
  const shown = await work(send).catch(() => {
    stopWarning();
    return failed('browser');
  });
  clearInterval(clock);
  isBusy = false;
  hide('renewal-progress');
  shown();
}

/** Does everything; returns what shows the outcome. */
async function work(send: Send): Promise<() => void> {
  step('progress-key', 'busy');
  key ??= await makeNewKey(element('renewal-progress', HTMLElement).dataset['key'] ?? '');
  step('progress-key', 'done');
  step('progress-issue', 'busy');
  addEventListener('beforeunload', warn);
  const outcome = await send(key);
  if (outcome.kind === 'lost') return failed('connection', outcome.said);
  if (outcome.kind === 'refused' || !isFor(outcome.issued.certificate, key)) {
    forgetKey();
    stopWarning();
    return failed('refused', outcome.kind === 'refused' ? outcome.said : undefined);
  }
  step('progress-issue', 'done');
  step('progress-file', 'busy');
  const { issued } = outcome;
  const files = await makeFiles(key, issued);
  step('progress-file', 'done');
  forgetKey();
  return () => deliver(files, issued, stopWarning);
}

type Failure = 'browser' | 'connection' | 'refused';

/** What shows a failure: its words, and the one way on. */
function failed(failure: Failure, said?: Said): () => void {
  return () => {
    hide('failed-browser', 'failed-connection', 'failed-refused');
    hide('failed-reason', 'failed-inquiry');
    // Where the bank answered, the connection is not what failed.
    if (failure !== 'connection' || said === undefined) show(`failed-${failure}`);
    if (said !== undefined) {
      write('failed-reason', said.reason);
      write('inquiry-number', said.inquiry);
      show('failed-reason');
      show('failed-inquiry');
    }
    // What the bank refused may have been the code itself: its reason tells.
    const isSafe = document.getElementById('failed-safe');
    if (isSafe !== null) isSafe.hidden = failure === 'refused' || said !== undefined;
    const mayRetry = failure === 'connection';
    element('retry', HTMLElement).hidden = !mayRetry;
    element('reopen', HTMLElement).hidden = mayRetry;
    show('renewal-failed');
    element(mayRetry ? 'retry' : 'reopen', HTMLElement).focus();
  };
}

function step(id: string, state: 'busy' | 'done'): void {
  element(id, HTMLElement).dataset['state'] = state;
}

function showElapsed(since: number): void {
  write('elapsed-seconds', String(Math.round((performance.now() - since) / SECOND_MS)));
  show('progress-elapsed');
}

/** From the request on, until a file is saved: what is lost then has to be got again. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function stopWarning(): void {
  removeEventListener('beforeunload', warn);
}

function forgetKey(): void {
  key?.privateKeyPkcs8.fill(0);
  key = undefined;
}
