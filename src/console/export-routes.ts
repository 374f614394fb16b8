// Users of an institution or a contract, written out as a file that can be sent in again.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { parseIdentity } from '../banking/identity.ts';
import { encodeCp932 } from '../csv/cp932.ts';
import { CSV_BEGINS } from '../csv/csv-line.ts';
import type { FileEncoding } from '../csv/file-encoding.ts';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { checkMayChange } from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { WITH_SCRIPT } from '../frame/script-routes.ts';
import { formOf } from '../http/face.ts';
import type { Form } from '../http/form-body.ts';
import { type Exported, exportUsers } from '../operations/export-users.ts';
import { type FileReader, usersFileHead, usersFileLine } from '../words/exported-users.ts';
import { EXPORT_FIELDS, exportPage } from './pages/export-page.ts';
import { CONSOLE_PATHS } from './paths.ts';
import { consoleViewOf, formViewOf, staffOf } from './staff-view.ts';

/** Adds the routes. */
export function registerExportRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(CONSOLE_PATHS.export, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    const view = { ...(await consoleViewOf(user, needs)), ...formViewOf(user, scripts, needs) };
    if (!view.desk.mayDo('export-users')) {
      throw new Refusal('not-in-role', `not for the role ${view.desk.role}: export-users`);
    }
    const shown = { ...view, entered: {}, beyond: [] };
    await sendPage(exportPage(shown, frameOf(request, needs)), reply);
  });
  face.post(CONSOLE_PATHS.export, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    const entered = formOf(request);
    const asked = askedIn(entered);
    const exported = await exportUsers({ user, ...asked }, needs);
    if ('beyond' in exported) {
      const view = { ...(await consoleViewOf(user, needs)), ...formViewOf(user, scripts, needs) };
      const shown = { ...view, entered, beyond: exported.beyond };
      return await sendPage(exportPage(shown, frameOf(request, needs)), reply, 400);
    }
    const name = ['users', asked.institution, asked.contract ?? 'all'].join('-');
    reply.header('content-disposition', `attachment; filename="${name}.csv"`);
    reply.type(
      asked.encoding === 'cp932' ? 'text/csv; charset=Shift_JIS' : 'text/csv; charset=utf-8',
    );
    await reply.send(Readable.from(octetsOf(exported.users, asked.encoding, readerIn(entered))));
  });
}

function askedIn(form: Form) {
  const institution = form[EXPORT_FIELDS.institution] ?? '';
  const contract = (form[EXPORT_FIELDS.contract] ?? '').trim().normalize('NFKC');
  // The form of the contract's ID is checked with that of any user.
  if (contract !== '') parseIdentity({ institution, contract, user: 'x' });
  const encoding: FileEncoding = form[EXPORT_FIELDS.encoding] === 'cp932' ? 'cp932' : 'utf-8';
  return { institution, contract: contract === '' ? null : contract, encoding };
}

function readerIn(form: Form): FileReader {
  return form[EXPORT_FIELDS.reader] === 'program' ? 'program' : 'spreadsheet';
}

async function* octetsOf(
  users: Extract<Exported, { readonly users: unknown }>['users'],
  encoding: FileEncoding,
  reader: FileReader,
): AsyncGenerator<Uint8Array> {
  yield encoded(encoding === 'utf-8' ? CSV_BEGINS + usersFileHead() : usersFileHead(), encoding);
  for await (const page of users)
    yield encoded(page.map((one) => usersFileLine(one, reader)).join(''), encoding);
}

/** What was changed since it was looked through, to what the encoding does not have, breaks the file off. */
function encoded(text: string, encoding: FileEncoding): Uint8Array {
  const octets = encoding === 'utf-8' ? Buffer.from(text) : encodeCp932(text);
  if (octets === undefined) throw new Error('a user’s name changed while users were written out');
  return octets;
}
