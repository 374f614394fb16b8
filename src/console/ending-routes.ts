// What ends when, in the console: the glance, the list behind a bar, and the list as CSV.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ENDING_STANDINGS } from '../banking/ending.ts';
import { addDays, parseTokyoDay, tokyoDayOf } from '../banking/tokyo-calendar.ts';
import { CSV_BEGINS, csvLine } from '../csv/csv-line.ts';
import { Refusal } from '../errors.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import type { Form } from '../http/form-body.ts';
import {
  type EndingCertificate,
  type EndingsAskedBy,
  type EndingsListed,
  type EndingsWanted,
  listEndingsFor,
  readEndingsFor,
} from '../operations/endings.ts';
import { ENDING_COLUMNS } from '../words/endings.ts';
import { inLanguage, type Language } from '../words/language.ts';
import { endingFields } from './ending-rows.ts';
import { endingsListPage } from './pages/endings-list-page.ts';
import { dayText, ENDING_FIELDS, endingsPage } from './pages/endings-page.ts';
import { CONSOLE_PATHS } from './paths.ts';
import { consoleViewOf, queryOf, staffOf } from './staff-view.ts';

const DAYS_SHOWN_UNASKED = 30;

/** Adds the routes. */
export function registerEndingRoutes(face: FastifyInstance, needs: PageNeeds): void {
  face.get(CONSOLE_PATHS.endings, async (request, reply) => {
    const user = await staffOf(request, needs);
    const view = await consoleViewOf(user, needs);
    const asked = queryOf(request, ENDING_FIELDS.institution);
    const institution = asked ?? view.desk.institutions[0]?.code ?? '';
    const read = await readEndingsFor({ user, institution }, needs);
    const shown = { ...view, ...read, institution, now: needs.clock.now() };
    await sendPage(endingsPage(shown, frameOf(request, needs)), reply);
  });
  face.get(CONSOLE_PATHS.endingsList, async (request, reply) => {
    const user = await staffOf(request, needs);
    const view = await consoleViewOf(user, needs);
    const now = needs.clock.now();
    const filter = filterOf(request, now);
    const asked = { user, ...wantedBy(filter), ...afterIn(request) };
    const listed = await listEndingsFor(asked, needs);
    const shown = { ...view, ...listed, filter, after: afterOf(listed), now };
    await sendPage(endingsListPage(shown, frameOf(request, needs)), reply);
  });
  face.get(CONSOLE_PATHS.endingsCsv, async (request, reply) => {
    const user = await staffOf(request, needs);
    const asked = { user, ...wantedBy(filterOf(request, needs.clock.now())) };
    // What is refused is refused before the first line.
    const first = await listEndingsFor(asked, needs);
    const { language } = frameOf(request, needs);
    reply.header('content-disposition', 'attachment; filename="endings.csv"');
    reply.type('text/csv; charset=utf-8');
    await reply.send(Readable.from(linesOf({ asked, first }, language, needs)));
  });
}

async function* linesOf(
  {
    asked,
    first,
  }: { readonly asked: EndingsAskedBy & EndingsWanted; readonly first: EndingsListed },
  language: Language,
  needs: PageNeeds,
): AsyncGenerator<string> {
  yield CSV_BEGINS + csvLine(inLanguage(language)(ENDING_COLUMNS));
  let page = first;
  for (;;) {
    for (const one of page.certificates) yield csvLine(endingFields(one, language));
    const last = page.certificates.at(-1);
    if (!page.more || last === undefined) return;
    page = await listEndingsFor({ ...asked, after: last }, needs);
  }
}

function filterOf(request: FastifyRequest, now: Date): Form {
  const today = tokyoDayOf(now);
  const days = { from: dayText(today), until: dayText(addDays(today, DAYS_SHOWN_UNASKED)) };
  const { institution, from, until, standing } = ENDING_FIELDS;
  return {
    [institution]: queryOf(request, institution) ?? '',
    [from]: queryOf(request, from) ?? days.from,
    [until]: queryOf(request, until) ?? days.until,
    [standing]: queryOf(request, standing) ?? '',
  };
}

function wantedBy(filter: Form): EndingsWanted & { readonly institution: string } {
  const { institution, from, until, standing } = ENDING_FIELDS;
  const chosen = ENDING_STANDINGS.filter((one) => one === filter[standing]);
  return {
    institution: filter[institution] ?? '',
    span: { first: parseTokyoDay(filter[from] ?? ''), last: parseTokyoDay(filter[until] ?? '') },
    standings: chosen.length === 0 ? ENDING_STANDINGS : chosen,
  };
}

/** The last certificate of a page as an address carries it; null where no page follows. */
function afterOf({ certificates, more }: EndingsListed): string | null {
  const last = certificates.at(-1);
  if (!more || last === undefined) return null;
  return `${last.notAfter.getTime()}.${Buffer.from(last.sha256).toString('hex')}`;
}

function afterIn(request: FastifyRequest): {
  after?: Pick<EndingCertificate, 'notAfter' | 'sha256'>;
} {
  const text = queryOf(request, ENDING_FIELDS.after);
  if (text === undefined) return {};
  const [, ms, hex] = /^(\d{1,14})\.([0-9a-f]{64})$/.exec(text) ?? [];
  if (ms === undefined || hex === undefined) throw new Refusal('invalid-input', 'no such place');
  return { after: { notAfter: new Date(Number(ms)), sha256: Buffer.from(hex, 'hex') } };
}
