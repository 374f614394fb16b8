// What someone whose certificate was refused does next: the certificate to choose instead, the steps, and the
// one button.
import type { KeyHome } from '../banking/user-certificate.ts';
import { certificateName, endOf, type ShownCertificate } from '../frame/certificate-name.ts';
import { type Frame, onPublicHost } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../frame/paths.ts';
import { type Html, html } from '../http/html.ts';
import { CERTIFICATE } from '../words/frame.ts';
import { inLanguage, type Texts } from '../words/language.ts';
import {
  REFUSAL_ACTIONS,
  REFUSAL_FRAME,
  type RefusalAction,
  type RefusalWords,
} from '../words/refusal-words.ts';
import { REFUSALS, type RefusalKind } from '../words/refusals.ts';

/** Builds the way on from a refusal. */
export function refusalWayOn(
  refused: {
    readonly kind: RefusalKind;
    /** Where the key of the certificate lives, which decides what can be done. */
    readonly home: KeyHome;
    /** The certificate to choose instead; null where there is none to be told. */
    readonly successor: ShownCertificate | null;
  },
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const { kind, home, successor } = refused;
  const words = REFUSALS[kind];
  return html`${successor ? successorCard(successor, frame) : null}
${nextSteps(say(stepsOf(words, home)), frame)}
<div class="actions"><a class="button" href="${actionHref(words.action, frame)}">${say(REFUSAL_ACTIONS[words.action])}</a></div>`;
}

function stepsOf({ steps, stepsOnDevice }: RefusalWords, home: KeyHome): Texts {
  return (home === 'device' ? stepsOnDevice : undefined) ?? steps;
}

function nextSteps(steps: readonly string[], frame: Frame): Html | null {
  const [first, ...others] = steps;
  if (first === undefined) return null;
  const body =
    others.length === 0
      ? html`<p class="after-heading">${inPhrases(first)}</p>`
      : html`<ul class="dots after-heading">${steps.map((step) => html`<li>${inPhrases(step)}</li>`)}</ul>`;
  return html`<section><h2>${inPhrases(inLanguage(frame.language)(REFUSAL_FRAME.next))}</h2>${body}</section>`;
}

function successorCard(successor: ShownCertificate, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section class="panel info"><h2>${inPhrases(say(REFUSAL_FRAME.pickThis))}</h2>
<p>${certificateName(successor.name)}</p>
<p>${say(CERTIFICATE.ends)} ${endOf(successor.endsAt, frame.language)}</p></section>`;
}

function actionHref(action: RefusalAction, frame: Frame): string {
  switch (action) {
    case 'choose-another':
    case 'log-in-again':
      return frame.loginAddress;
    case 'top-page':
      return onPublicHost(frame, PUBLIC_PATHS.top);
    case 'try-again':
      return '';
    case 'acquire':
      return onPublicHost(frame, PUBLIC_PATHS.acquire);
    case 'own-pin':
      return MEMBER_PATHS.pinChange;
    case 'notices':
      return MEMBER_PATHS.notices;
    case 'renewal':
      return MEMBER_PATHS.renewal;
    case 'company':
      return MEMBER_PATHS.company;
  }
}
