// The PIN, asked of who showed a certificate, in TLS or by a passkey. Not the showing.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Evidence } from '../banking/evidence.ts';
import { Refusal } from '../errors.ts';
import { checkPinForm, pinFormToken } from '../frame/members-session.ts';
import { bankOf, frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { recordAtForm } from '../frame/record-at-form.ts';
import { WITH_SCRIPT } from '../frame/script-routes.ts';
import { formOf } from '../http/face.ts';
import { issuerNameOf } from '../operations/bank.ts';
import { PinRefusal } from '../operations/check-pin.ts';
import { heldBy } from '../operations/holder-refusal.ts';
import type { OpenedEvidence } from '../operations/identify-credential.ts';
import { logIn } from '../operations/log-in.ts';
import type { OpenedSession } from '../operations/open-session.ts';
import { pinPage } from './pages/pin-page.ts';
import { PIN_FIELD, type PinError } from './pin-field.ts';
import { REFUSAL_STATUSES } from './refusal-statuses.ts';

/** For routes that take a PIN: they wait for its hash, whose queue has its own bounds. */
export const TAKES_PIN = { config: { queue: 'own' } } as const;

/** The same, where the page that follows runs script. */
export const WITH_SCRIPT_AND_PIN = {
  config: { ...WITH_SCRIPT.config, ...TAKES_PIN.config },
} as const;

/** Who is asked for the PIN. */
export type PinStep = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly evidence: Evidence;
  /** The evidence as a form carries it, where the connection does not show it. */
  readonly seal: string | null;
};

/** Shows the PIN page. */
export async function askForPin(step: PinStep, needs: PageNeeds): Promise<void> {
  await showPinPage(step, null, needs);
}

/** Takes the PIN; undefined where it was refused and the page was shown again. */
export async function takePin(
  step: PinStep & { readonly once?: OpenedEvidence['once'] },
  needs: PageNeeds,
): Promise<OpenedSession | undefined> {
  const { request, evidence, once } = step;
  const pin = formOf(request)[PIN_FIELD] ?? '';
  const attempt = { evidence, pin, inquiry: request.id, ...(once && { once }) };
  try {
    checkPinForm(request, evidence, needs);
    return await logIn(attempt, needs);
  } catch (refusal) {
    const error = pinErrorOf(refusal);
    if (error === undefined) throw heldBy(evidence.certificate, refusal);
    // A wrong PIN is recorded where it is counted; a form that cannot be taken is not counted.
    if (error.kind === 'invalid-input') {
      await recordAtForm(request, { ...evidence, code: error.kind }, needs);
    }
    await showPinPage(step, error, needs);
    return undefined;
  }
}

/** The error at the field, where a refusal is one of what was typed there. */
export function pinErrorOf(refusal: unknown): PinError | undefined {
  if (refusal instanceof PinRefusal && refusal.code === 'wrong-pin') {
    return { kind: 'wrong-pin', attemptsLeft: refusal.attemptsLeft };
  }
  const isInvalid = refusal instanceof Refusal && refusal.code === 'invalid-input';
  return isInvalid ? { kind: 'invalid-input' } : undefined;
}

async function showPinPage(
  { request, reply, evidence, seal }: PinStep,
  error: PinError | null,
  needs: PageNeeds,
): Promise<void> {
  const { certificate } = evidence;
  const page = pinPage(
    {
      certificate: {
        name: certificate.commonName,
        issuer: issuerNameOf(bankOf(request, needs), certificate.issuer),
        endsAt: certificate.notAfter,
        home: certificate.home,
        contractId: certificate.identity.contract,
        userId: certificate.identity.user,
      },
      isUnproven: certificate.state === 'issued',
      formToken: pinFormToken(request, evidence, needs),
      seal,
      error: error && { ...error, inquiryNumber: request.id },
    },
    frameOf(request, needs),
  );
  await sendPage(page, reply, error === null ? 200 : REFUSAL_STATUSES[error.kind]);
}
