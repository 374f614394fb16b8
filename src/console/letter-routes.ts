// Letters to users in the console: asking for them, and taking the print files, each once.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseIdentity } from '../banking/identity.ts';
import type { LetterKind } from '../banking/letter.ts';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { checkMayChange } from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { PUBLIC_PATHS } from '../frame/paths.ts';
import { recordAtForm } from '../frame/record-at-form.ts';
import { WITH_SCRIPT } from '../frame/script-routes.ts';
import { formOf } from '../http/face.ts';
import { siteOf } from '../http/host-names.ts';
import { makePrintFile } from '../letters/print-file.ts';
import {
  type PrintLetters,
  printCodes,
  printPins,
  readBatch,
  readBatches,
  requestLetters,
} from '../operations/letters.ts';
import { ORDER_FIELDS } from './order-forms.ts';
import { letterBatchPage } from './pages/letter-batch-page.ts';
import { LETTER_FIELDS, lettersPage } from './pages/letters-page.ts';
import { CONSOLE_PATHS, orderPath } from './paths.ts';
import { consoleViewOf, formViewOf, staffOf } from './staff-view.ts';

type OfBatch = { Params: { institution: string; id: string } };
/** It hashes hundreds of PINs: it takes no place among the others. */
const SLOW = { config: { queue: 'own' } } as const;

/** Adds the routes. */
export function registerLetterRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(CONSOLE_PATHS.letters, WITH_SCRIPT, async (request, reply) => {
    const shown = { ...(await viewOf(request, scripts, needs)), inquiryNumber: null };
    await sendPage(lettersPage(shown, frameOf(request, needs)), reply);
  });
  face.post(CONSOLE_PATHS.letters, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    try {
      const { institution, id } = await requestLetters({ user, ...askedIn(request) }, needs);
      await reply.redirect(`${orderPath(institution, id)}?done=sent`, 303);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code !== 'invalid-input') throw refusal;
      await recordAtForm(request, { ...user, code: refusal.code }, needs);
      const shown = { ...(await viewOf(request, scripts, needs)), inquiryNumber: request.id };
      await sendPage(lettersPage(shown, frameOf(request, needs)), reply, 400);
    }
  });
  face.get<OfBatch>(CONSOLE_PATHS.letterBatch, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    const read = await readBatch({ user, key: request.params }, needs);
    const view = { ...(await consoleViewOf(user, needs)), ...formViewOf(user, scripts, needs) };
    await sendPage(letterBatchPage({ ...view, ...read }, frameOf(request, needs)), reply);
  });
  for (const kind of ['codes', 'pins'] as const) {
    face.post<OfBatch>(`${CONSOLE_PATHS.letterBatch}/${kind}`, SLOW, async (request, reply) => {
      const user = await staffOf(request, needs);
      checkMayChange(request, user, needs);
      const { institution, id } = request.params;
      const print = printerOf(kind, institution, needs);
      const take = kind === 'codes' ? printCodes : printPins;
      const file = await take({ user, key: { institution, id } }, { ...needs, print });
      const name = `letters-${kind}-${id.slice(0, 8)}.zip`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      await reply.type('application/zip').send(Buffer.from(file));
    });
  }
}

async function viewOf(request: FastifyRequest, scripts: BrowserScripts, needs: PageNeeds) {
  const user = await staffOf(request, needs);
  const batches = await readBatches(user, needs);
  return {
    ...(await consoleViewOf(user, needs)),
    ...formViewOf(user, scripts, needs),
    batches,
    entered: request.method === 'POST' ? formOf(request) : {},
  };
}

function askedIn(request: FastifyRequest) {
  const form = formOf(request);
  const institution = form[LETTER_FIELDS.institution] ?? '';
  const contract = (form[LETTER_FIELDS.contract] ?? '').trim().normalize('NFKC');
  // The form of the contract's ID is checked with that of any user.
  if (contract !== '') parseIdentity({ institution, contract, user: 'x' });
  const atMost = (form[LETTER_FIELDS.atMost] ?? '').trim().normalize('NFKC');
  if (!/^[1-9][0-9]{0,3}$/.test(atMost)) {
    throw new Refusal('invalid-input', 'the number of letters is a whole number');
  }
  return {
    institution,
    contract: contract === '' ? null : contract,
    atMost: Number(atMost),
    reason: form[ORDER_FIELDS.reason] ?? '',
    reference: form[ORDER_FIELDS.reference] ?? null,
  };
}

function printerOf(kind: LetterKind, institution: string, needs: PageNeeds): PrintLetters {
  const bank = needs.banks.get(institution);
  if (bank === undefined) throw new Refusal('not-found', 'no such institution');
  const address = siteOf(institution, 'public', needs.hosts).origin + PUBLIC_PATHS.top;
  const sender = { name: bank.name, ...bank.contact.ja, address };
  return async (letters, { id }) =>
    await makePrintFile(letters, { kind, batch: id, sender, font: needs.letterFont });
}
