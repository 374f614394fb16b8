// Turns whatever stopped a request into the face's page for it: refusals by the face's table, the rest as 500.
import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type RefusalCode } from '../errors.ts';
import { describeError, type Log } from '../log.ts';
import { addressKey } from './address-key.ts';
import type { StrangersLog } from './counters.ts';

/** What a page about a problem may tell; `code` is absent where no rule of ours refused. */
export type Problem = {
  readonly status: number;
  readonly code?: RefusalCode;
  readonly refusal?: Refusal;
  readonly inquiryNumber: string;
};

/** A finished page, with its media type. */
export type Page = { readonly contentType: string; readonly body: string };

/** How a face answers problems: a status for every code, and the page that tells. */
export type Answers = {
  readonly statusOf: Readonly<Record<RefusalCode, number>>;
  readonly page: (problem: Problem, request: FastifyRequest) => Page | Promise<Page>;
  /** Puts on record what concerns a person known to the face; the rate-limited log is not its task. */
  readonly record?: (problem: Problem, request: FastifyRequest) => Promise<void>;
};

/** The needs of a problem's answer. */
export type AnswerNeeds = {
  readonly answers: Answers;
  readonly log: Log;
  readonly strangers: StrangersLog;
};

/** A method that the page at this address does not know (RFC 9110 §15.5.6). */
export class MethodNotAllowed extends Error {
  constructor(method: string) {
    super(`${method} is not for this page`);
    this.name = 'MethodNotAllowed';
  }
}

const RETRY_AFTER_SECONDS = '5';

/** No I, L, O and U: it is read out on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NUMBER_BYTES = 8;
// Fetched for many numbers at once: every request has one, and few are ever shown.
let unused = Buffer.alloc(0);

/** A request's number: eight characters that the help desk finds in the log (40 bits). */
export function makeInquiryNumber(): string {
  if (unused.length < NUMBER_BYTES) unused = randomBytes(512 * NUMBER_BYTES);
  let number = '';
  for (const byte of unused.subarray(0, NUMBER_BYTES)) number += ALPHABET.charAt(byte % 32);
  unused = unused.subarray(NUMBER_BYTES);
  return number;
}

/** Logs why a request was stopped and sends the page that tells. */
export async function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { answers, log, strangers }: AnswerNeeds,
): Promise<void> {
  const isBrokenOff = request.raw.destroyed && !request.raw.complete;
  const classified = isBrokenOff ? { status: 400 } : classify(error, answers);
  const problem: Problem = { ...classified, inquiryNumber: request.id };
  const { code, status } = problem;
  const about = { inquiryNumber: request.id, ...describe(request), status, ...(code && { code }) };
  if (status >= 500 && !(error instanceof Refusal)) {
    log.error({ ...about, error: describeError(error) }, 'request failed');
  } else {
    const reason = error instanceof Error ? error.message : String(error);
    strangers.note(addressKey(request.ip), { ...about, reason }, 'request refused');
  }
  try {
    // Nobody reads the number of a request that its sender broke off.
    if (!isBrokenOff) await answers.record?.(problem, request);
  } catch (recordError) {
    // What was refused stays refused.
    log.error({ ...about, error: describeError(recordError) }, 'refusal not recorded');
  }
  await sendProblem(problem, request, reply, { answers, log });
}

/** Sends the page of a problem; a page that itself fails becomes one line of text. */
async function sendProblem(
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
  { answers, log }: Pick<AnswerNeeds, 'answers' | 'log'>,
): Promise<void> {
  let page = plainPage(problem);
  let { status } = problem;
  try {
    page = await answers.page(problem, request);
  } catch (error) {
    status = 500;
    log.error({ inquiryNumber: request.id, error: describeError(error) }, 'problem page failed');
  }
  if (status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
  await reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(page.contentType)
    .send(page.body);
}

/** What is sent where a page itself fails: no words, but the number. */
function plainPage({ inquiryNumber }: Problem): Page {
  const body = `Internal Server Error\n${inquiryNumber}\n`;
  return { contentType: 'text/plain; charset=utf-8', body };
}

function classify(error: unknown, { statusOf }: Answers): Omit<Problem, 'inquiryNumber'> {
  if (error instanceof Refusal) {
    return { status: statusOf[error.code], code: error.code, refusal: error };
  }
  if (error instanceof MethodNotAllowed) return { status: 405 };
  const { statusCode = 500, code, validation } = error as Partial<FastifyError>;
  if (validation !== undefined) return { status: statusOf['invalid-input'], code: 'invalid-input' };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { status: statusOf['too-large'], code: 'too-large' };
  }
  const isClientError = code?.startsWith('FST_') === true && statusCode >= 400 && statusCode < 500;
  return { status: isClientError ? statusCode : 500 };
}

function describe(request: FastifyRequest) {
  const [path] = request.originalUrl.split('?');
  return { method: request.method, host: request.headers.host, path };
}
