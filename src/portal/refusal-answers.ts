// How the portal answers what was refused or went wrong: a page that says what was shown, why it
// cannot be used, what to do, and the inquiry number.
import type { FastifyRequest } from 'fastify';
import { isAccepted } from '../banking/former-authority.ts';
import type { Identity } from '../banking/identity.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Refusal, RefusalCode } from '../errors.ts';
import type { ShownCertificate } from '../frame/certificate-name.ts';
import { languageOf } from '../frame/language-choice.ts';
import { sessionToken, shownLeaf } from '../frame/members-session.ts';
import { bankOf, frameOf, type PageNeeds } from '../frame/page.ts';
import type { Answers, Page, Problem } from '../http/answers.ts';
import type { Html } from '../http/html.ts';
import { issuerNameOf, type LoadedBank } from '../operations/bank.ts';
import { CertificateRefusal } from '../operations/certificate-refusal.ts';
import { HolderRefusal } from '../operations/holder-refusal.ts';
import { type RefusedRequest, recordRefusal } from '../operations/record-refusal.ts';
import { inLanguage } from '../words/language.ts';
import { FULL_STOP, SENTENCES } from '../words/refusal-words.ts';
import { kindOfStatus, REFUSALS, type RefusalKind } from '../words/refusals.ts';
import { proofFailedPage } from './pages/proof-failed-page.ts';
import { type RefusalView, refusalPage } from './pages/refusal-page.ts';
import { ProofRefusal } from './proof-refusal.ts';
import { proofFailureView } from './proof-routes.ts';
import { REFUSAL_STATUSES } from './refusal-statuses.ts';

/** The portal's answers to problems. */
export function portalAnswers(needs: PageNeeds): Answers {
  return {
    statusOf: REFUSAL_STATUSES,
    page: (problem, request) => pageOf(problem, request, needs),
    record: async (problem, request) => await recordOf(problem, request, needs),
  };
}

const LONGEST_PATH = 100;

/** Recorded where it was found, or no one's business, or not to be answered with more work. */
const RECORDED_ELSEWHERE: ReadonlySet<RefusalCode> = new Set([
  'certificate-changed',
  'not-found',
  'overloaded',
  'unavailable',
]);

async function recordOf(
  problem: Problem,
  request: FastifyRequest,
  needs: PageNeeds,
): Promise<void> {
  const code = recordedCode(problem);
  if (code === undefined || request.site.kind === 'public') return;
  const asked = `${request.method} ${placeOf(request)}`;
  const { institution } = request.site;
  const by = knownBy(problem.refusal, request);
  const { refusal, inquiryNumber: inquiry } = problem;
  const page = refusal instanceof ProofRefusal ? { page: refusal.failure } : {};
  await recordRefusal({ by, inquiry, code, asked, ...page }, institution, needs);
}

/** What is recorded of a problem; undefined where nothing is. Faults of ours are in the log. */
function recordedCode({ refusal, code, status }: Problem): RefusalCode | `${number}` | undefined {
  const judged = refusal instanceof ProofRefusal ? refusal.cause : refusal;
  if (judged instanceof CertificateRefusal && sentBy(refusal) === undefined) return undefined;
  if (code !== undefined) return RECORDED_ELSEWHERE.has(code) ? undefined : code;
  return status < 500 ? `${status}` : undefined;
}

/** The page's address as the program knows it; of one that it does not know, the beginning. */
function placeOf({ originalUrl, routeOptions }: FastifyRequest): string {
  const [path = ''] = originalUrl.split('?');
  return routeOptions?.url ?? path.slice(0, LONGEST_PATH);
}

/** What tells whose refusal it is; strangers have nothing of it. */
function knownBy(refusal: Refusal | undefined, request: FastifyRequest): RefusedRequest['by'] {
  if (refusal instanceof HolderRefusal) return { kind: 'holder', certificate: refusal.certificate };
  const person = sentBy(refusal);
  if (person !== undefined) return { kind: 'person', identity: person };
  return request.site.kind === 'login'
    ? { kind: 'session', token: sessionToken(request) }
    : { kind: 'shown', leaf: shownLeaf(request) };
}

/** Whose 確認 came without a certificate: its token tells, which only their session was given. */
function sentBy(refusal: Refusal | undefined): Identity | undefined {
  if (!(refusal instanceof ProofRefusal) || refusal.failure !== 'none-shown') return undefined;
  return refusal.standing?.successor.identity;
}

function pageOf(problem: Problem, request: FastifyRequest, needs: PageNeeds): Page {
  if (request.headers.accept === 'application/json') return jsonOf(problem, request);
  const { refusal, inquiryNumber } = problem;
  if (refusal instanceof ProofRefusal) {
    const view = { ...proofFailureView(refusal, request, needs), inquiryNumber };
    return htmlOf(proofFailedPage(view, frameOf(request, needs)));
  }
  const bank = bankOf(request, needs);
  const view = viewOf(problem, bank);
  // The time is asked for where it is said: the page that no time is known must come without.
  const told =
    view.kind === 'no-certificate' ? { formersOver: formersOver(bank, needs.clock.now()) } : {};
  return htmlOf(refusalPage({ ...view, ...told }, frameOf(request, needs)));
}

function htmlOf({ markup }: Html): Page {
  return { contentType: 'text/html; charset=utf-8', body: markup };
}

/** For the script of a page, which has no words of its own. */
function jsonOf(problem: Problem, request: FastifyRequest): Page {
  const say = inLanguage(languageOf(request));
  const { title, reason } = REFUSALS[kindOf(problem)];
  const code = problem.code ?? 'internal-error';
  const message = say(SENTENCES)([say(title) + say(FULL_STOP), ...say(reason)]);
  const body = JSON.stringify({ code, message, inquiry: problem.inquiryNumber });
  return { contentType: 'application/json', body };
}

function viewOf(problem: Problem, bank: LoadedBank): RefusalView {
  const { refusal, inquiryNumber } = problem;
  const kind = kindOf(problem);
  if (!(refusal instanceof CertificateRefusal)) {
    return withoutCertificate(kind, inquiryNumber);
  }
  const { shown, successor } = refusal.refused;
  if (shown === null) return withoutCertificate(kind, inquiryNumber);
  const certificate = { name: shown.subject, issuer: shown.issuer, endsAt: shown.notAfter };
  const home = refusal.refused.certificate?.home ?? 'file';
  if (kind === 'not-yet-valid') {
    return { kind, certificate, inquiryNumber, home, startsAt: shown.notBefore };
  }
  if (kind === 'superseded') {
    const toPick = successor && nameOf(successor, issuerNameOf(bank, successor.issuer));
    return { kind, certificate, inquiryNumber, home, successor: toPick };
  }
  return { kind, certificate, inquiryNumber, home };
}

/** Long enough that everybody has come by since. */
const TOLD_FOR_MS = 400 * 24 * 60 * 60 * 1000;

function formersOver({ formers }: LoadedBank, now: Date): readonly string[] {
  const isTold = ({ endedAt, until }: LoadedBank['formers'][number]) =>
    now.getTime() - (endedAt ?? until).getTime() < TOLD_FOR_MS;
  return formers.filter((one) => !isAccepted(one, now) && isTold(one)).map(({ name }) => name);
}

function withoutCertificate(kind: RefusalKind, inquiryNumber: string): RefusalView {
  if (kind === 'superseded' || kind === 'not-yet-valid') {
    throw new Error(`${kind} is said of a certificate that was shown`);
  }
  return { kind, certificate: null, inquiryNumber, home: 'file' };
}

function kindOf({ code, status }: Problem): RefusalKind {
  return code ?? kindOfStatus(status);
}

function nameOf(certificate: UserCertificate, issuer: string): ShownCertificate {
  return { name: certificate.commonName, issuer, endsAt: certificate.notAfter };
}
