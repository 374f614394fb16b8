// The audit log in the console, and its export.
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isInScope, type StaffScope } from '../banking/staff.ts';
import { endOfTokyoDay, parseTokyoDay, startOfTokyoDay } from '../banking/tokyo-calendar.ts';
import type { Frame } from '../frame/document.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import type { Form } from '../http/form-body.ts';
import { describeError } from '../log.ts';
import { exportAuditFor, readAudit } from '../operations/read-console.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import { AUDIT_FIELDS, auditPage } from './pages/audit-page.ts';
import { CONSOLE_PATHS } from './paths.ts';
import { beforeOf, consoleViewOf, queryOf, staffOf } from './staff-view.ts';

/** Adds the routes. */
export function registerAuditRoutes(face: FastifyInstance, needs: PageNeeds): void {
  face.get(CONSOLE_PATHS.audit, async (request, reply) => {
    const user = await staffOf(request, needs);
    const view = await consoleViewOf(user, needs);
    const frame = frameOf(request, needs);
    const institutions = institutionsIn(view.desk.scope, frame, needs);
    const filter = filterOf(request, institutions[0]?.code ?? '');
    const wanted = { ...wantedBy(filter), before: beforeOf(request) };
    const read = await readAudit(user, wanted, needs);
    await sendPage(auditPage({ ...view, ...read, filter, institutions }, frame), reply);
  });
  face.get(CONSOLE_PATHS.auditExport, async (request, reply) => {
    const user = await staffOf(request, needs);
    const institution = queryOf(request, AUDIT_FIELDS.institution) ?? '';
    const lines = await exportOf({ user, institution }, needs);
    reply.header('content-disposition', 'attachment; filename="audit.txt"');
    await reply.type('text/plain; charset=utf-8').send(lines);
  });
}

/** The staff house has a log, too: it is part of every institution's scope alone. */
function institutionsIn(scope: StaffScope, { language }: Frame, needs: PageNeeds) {
  return [...needs.banks.values()]
    .filter(({ code }) => isInScope(code, scope))
    .toSorted((a, b) => Number(a.kind === 'staff') - Number(b.kind === 'staff'))
    .map(({ code, name, nameEnglish }) => ({ code, name: language === 'ja' ? name : nameEnglish }));
}

function filterOf(request: FastifyRequest, institution: string): Form {
  const given = Object.values(AUDIT_FIELDS).flatMap((name) => {
    const value = queryOf(request, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { [AUDIT_FIELDS.institution]: institution, ...Object.fromEntries(given) };
}

function wantedBy(filter: Form) {
  const { [AUDIT_FIELDS.from]: from, [AUDIT_FIELDS.until]: until } = filter;
  return {
    institution: filter[AUDIT_FIELDS.institution] ?? '',
    contract: filter[AUDIT_FIELDS.contract],
    user: filter[AUDIT_FIELDS.user],
    event: filter[AUDIT_FIELDS.event],
    from: from === undefined ? undefined : startOfTokyoDay(parseTokyoDay(from)),
    until: until === undefined ? undefined : endOfTokyoDay(parseTokyoDay(until)),
  };
}

/** The lines as they are read; what is refused is refused before the first. */
async function exportOf(
  asked: { readonly user: AuthenticatedUser; readonly institution: string },
  needs: PageNeeds,
): Promise<Readable> {
  const lines = new PassThrough();
  const begun = Promise.withResolvers<void>();
  let hasBegun = false;
  const write = async (text: string): Promise<void> => {
    hasBegun = true;
    begun.resolve();
    if (!lines.write(text)) await Promise.race([once(lines, 'drain'), once(lines, 'close')]);
    if (lines.destroyed) throw new Error('whoever asked for the log has gone');
  };
  exportAuditFor(asked, write, needs).then(
    () => lines.end(),
    (error: unknown) => {
      if (!hasBegun) return begun.reject(error);
      // Broken off: what was sent so far is no export, and nobody takes it for one.
      needs.log.error({ error: describeError(error) }, 'an export of the audit log ended early');
      lines.destroy();
    },
  );
  await begun.promise;
  return lines;
}
