// Files of users in the console: sending one, seeing what was found in it and how far it is, asking that it be done.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ImportFault } from '../banking/import-faults.ts';
import type { ImportUnit } from '../banking/import-plan.ts';
import type { FileEncoding } from '../csv/file-encoding.ts';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { checkMayChange } from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { recordAtForm } from '../frame/record-at-form.ts';
import { WITH_SCRIPT } from '../frame/script-routes.ts';
import { acceptFiles, fileOf, formOf } from '../http/face.ts';
import { LARGEST_IMPORT_OCTETS } from '../operations/read-import.ts';
import { readFaultsFor, readImportFor, readImports } from '../operations/read-imports.ts';
import { requestImport, type SentFile, sendImport } from '../operations/send-import.ts';
import { importReportHead, importReportLine } from '../words/import-report.ts';
import type { Language } from '../words/language.ts';
import { ORDER_FIELDS } from './order-forms.ts';
import { importPage } from './pages/import-page.ts';
import { IMPORT_FIELDS, importsPage } from './pages/imports-page.ts';
import { CONSOLE_PATHS, importPath, orderPath } from './paths.ts';
import { consoleViewOf, formViewOf, staffOf } from './staff-view.ts';

type OfImport = { Params: { institution: string; id: string } };

/** What a form sends besides the file. */
const FORM_OCTETS = 16_384;

/** Adds the routes. */
export function registerImportRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(CONSOLE_PATHS.imports, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    const imports = await readImports(user, needs);
    const view = { ...(await consoleViewOf(user, needs)), ...formViewOf(user, scripts, needs) };
    const shown = { ...view, imports, inquiryNumber: null };
    await sendPage(importsPage(shown, frameOf(request, needs)), reply);
  });
  face.get<OfImport>(CONSOLE_PATHS.import, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    const read = await readImportFor({ user, key: request.params }, needs);
    const view = { ...(await consoleViewOf(user, needs)), ...formViewOf(user, scripts, needs) };
    await sendPage(importPage({ ...view, ...read }, frameOf(request, needs)), reply);
  });
  face.get<OfImport>(`${CONSOLE_PATHS.import}/report.csv`, async (request, reply) => {
    const user = await staffOf(request, needs);
    const faults = await readFaultsFor({ user, key: request.params }, needs);
    const { language } = frameOf(request, needs);
    reply.header('content-disposition', 'attachment; filename="report.csv"');
    reply.type('text/csv; charset=utf-8');
    await reply.send(Readable.from(reportOf(faults, language)));
  });
  face.post<OfImport>(`${CONSOLE_PATHS.import}/request`, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    const form = formOf(request);
    const reason = form[ORDER_FIELDS.reason] ?? '';
    const reference = form[ORDER_FIELDS.reference] ?? null;
    const asking = { requester: { user }, reason, reference };
    const { institution, id } = await requestImport(request.params, asking, needs);
    await reply.redirect(`${orderPath(institution, id)}?done=sent`, 303);
  });
  face.register(async (inner) => {
    registerSending(inner, scripts, needs);
  });
}

/** Beside it no other route takes a file, and its body is read only for who may send one. */
function registerSending(face: FastifyInstance, scripts: BrowserScripts, needs: PageNeeds): void {
  acceptFiles(face);
  face.addHook('preParsing', async (request) => {
    if (request.method === 'POST') await staffOf(request, needs);
  });
  const bodyLimit = LARGEST_IMPORT_OCTETS + FORM_OCTETS;
  face.post(CONSOLE_PATHS.imports, { ...WITH_SCRIPT, bodyLimit }, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    try {
      const { institution, id } = await sendImport(sentFileOf(request), { user }, needs);
      await reply.redirect(importPath(institution, id), 303);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code !== 'invalid-input') throw refusal;
      await recordAtForm(request, { ...user, code: refusal.code }, needs);
      const imports = await readImports(user, needs);
      const view = { ...(await consoleViewOf(user, needs)), ...formViewOf(user, scripts, needs) };
      const shown = { ...view, imports, inquiryNumber: request.id };
      await sendPage(importsPage(shown, frameOf(request, needs)), reply, 400);
    }
  });
}

function sentFileOf(request: FastifyRequest): SentFile {
  const form = formOf(request);
  const file = fileOf(request, IMPORT_FIELDS.file);
  if (file === undefined) throw new Refusal('invalid-input', 'no file was sent');
  const unit: ImportUnit = form[IMPORT_FIELDS.unit] === 'contract' ? 'contract' : 'file';
  return {
    institution: form[IMPORT_FIELDS.institution] ?? '',
    fileName: file.name,
    octets: file.octets,
    encoding: encodingIn(form[IMPORT_FIELDS.encoding]),
    unit,
  };
}

function encodingIn(text: string | undefined): FileEncoding | 'auto' {
  return text === 'utf-8' || text === 'cp932' ? text : 'auto';
}

async function* reportOf(
  faults: AsyncIterable<ImportFault>,
  language: Language,
): AsyncGenerator<string> {
  yield importReportHead(language);
  for await (const fault of faults) yield importReportLine(fault, language);
}
