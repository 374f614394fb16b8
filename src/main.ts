// The command line: reads arguments and settings, and calls what does the work.
import { readFile, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { pino } from 'pino';
import { parseTypedCode } from './banking/typed-code.ts';
import { systemClock } from './clock.ts';
import { inquiryText } from './commands/inquiry.ts';
import { readSettings } from './config/settings.ts';
import { addAuditCommands } from './main/audit-commands.ts';
import { addFormerCommands } from './main/former-commands.ts';
import { addGuideCommand } from './main/guide-command.ts';
import { addImportCommands } from './main/import-commands.ts';
import { addMailCommands } from './main/mail-commands.ts';
import { addStaffCommands } from './main/staff-commands.ts';
import { checkClockAtStart } from './operations/check-clock-at-start.ts';
import { CheckedClock } from './operations/checked-clock.ts';
import { exportChain } from './operations/export-chain.ts';
import { findInquiry } from './operations/find-inquiry.ts';
import { parseFounding } from './operations/parse-founding.ts';
import { warnOfAuthorityEnds } from './operations/warn-of-authority-ends.ts';
import {
  isServingProcess,
  leaveFirst,
  listenToFirst,
  tellFirst,
} from './processes/serving-process.ts';
import { ServingProcesses } from './processes/serving-processes.ts';
import { SAMPLE_PEOPLE, SAMPLE_PIN, SAMPLE_STAFF } from './sample/people.ts';
import { keepAuditTree } from './start/audit-tree.ts';
import {
  countEndingsAgainAndAgain,
  deleteImportsHourly,
  deleteSessionsHourly,
  expireOrdersHourly,
  watchServerCertificates,
  workOnImportsByItself,
} from './start/by-itself.ts';
import { type House, joinHouse, openHouse, type Surroundings } from './start/house.ts';
import {
  buildSampleIn,
  found,
  hasSample,
  type OpenPlace,
  openPlaces,
} from './start/institutions.ts';
import { keepMails } from './start/mails.ts';
import { type Order, orderFor, serve } from './start.ts';

const program = new Command('koshin').description(
  'Electronic certificates of a corporate internet bank',
);

program
  .command('serve')
  .description('serve every institution of this installation')
  .option('--sample', 'build the sample institution first, where there is none')
  .option('--clock-is-right', 'serve though the clock and the records are far apart')
  .action(async (options: ServeOptions) => await serveUntilStopped(options));

program
  .command('init')
  .description("bring the database's tables up to date and, with a file, found an institution")
  .argument('[file]', 'the institution, described in JSON (docs/operations.md)')
  .action(async (file?: string) => {
    const around = surroundings();
    const founding = file === undefined ? null : parseFounding(await readFile(file, 'utf8'));
    await using house = await openHouse(around);
    say("the database's tables are up to date");
    if (founding === null) return;
    await found(founding, house, around);
    say(`founded ${founding.institution.name} (${founding.institution.code})`);
  });

program
  .command('sample')
  .description('build the sample institution in an empty installation')
  .action(async () => {
    const around = surroundings();
    await using house = await openHouse(around);
    const isNew = await buildSampleIn(house, around);
    say(isNew ? sampleText(house) : 'there is an institution already; nothing was changed');
  });

program
  .command('inquiry')
  .description('what is on record under an inquiry number (お問い合わせ番号)')
  .argument('<number>', 'as the person reads it out')
  .action(async (text: string) => {
    const number = parseTypedCode(text);
    await using house = await openHouse(surroundings());
    say(inquiryText(number, await findInquiry(number, house.db)));
  });

const ca = program.command('ca').description('the authorities of an institution');
ca.command('chain')
  .description("write an institution's CA certificates into one file (.p7c)")
  .argument('<code>', 'the institution')
  .argument('<file>', 'the file, which must not be there yet')
  .action(async (code: string, file: string) => {
    await using house = await openHouse(surroundings());
    await writeFile(file, await exportChain(code, house.db), { flag: 'wx' });
    say(`wrote the CA certificates of ${code} into ${file}`);
  });

addFormerCommands(ca, { surroundings, say });
addAuditCommands(program, { surroundings, say });
addGuideCommand(program, surroundings);
addImportCommands(program, { surroundings, say });
addMailCommands(program, { surroundings, say });
addStaffCommands(program, { surroundings, say });

type ServeOptions = { readonly sample?: true; readonly clockIsRight?: true };

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`koshin: ${messageOf(error)}\n`);
  process.exitCode = 1;
}

async function serveUntilStopped(options: ServeOptions): Promise<void> {
  const withSample = options.sample === true;
  if (isServingProcess()) return await serveForFirst();
  const around = surroundings();
  const stopped = stopSignal();
  const { processes } = around.settings;
  // They load the program while the database starts.
  await using many =
    processes === 1 ? undefined : ServingProcesses.start<Order>(processes, around.log);
  await using house = await openHouse(around);
  if (withSample && (await buildSampleIn(house, around))) say('built the sample institution');
  if (options.clockIsRight !== true) await checkClockAtStart({ ...house, ...around });
  // Ended after what is served: the last entries are sequenced and anchored, too.
  await using _tree = await keepAuditTree(house, around);
  // Ended before the house is: what is open still needs the database.
  await using serving = many ?? (await serve(house, around));
  if (serving === many) await many.serve(await orderFor(house));
  await warnOfAuthorityEnds({ ...house, ...around });
  // It only warns: the time of the machine serves it, right or wrong.
  await using _alarm = await watchServerCertificates(house, { ...around, clock: systemClock });
  await using _deletion = await deleteSessionsHourly(house, around);
  await using _count = countEndingsAgainAndAgain(house, around);
  await using _expiry = expireOrdersHourly(house, around);
  await using _imports = workOnImportsByItself(house, around);
  await using _oldImports = deleteImportsHourly(house, around);
  await using _mails = await keepMails(house, around, withSample && (await hasSample(house)));
  say(addressesText(await openPlaces(house, around)));
  if (withSample && (await hasSample(house))) say(sampleText(house));
  await (many === undefined ? stopped : Promise.race([stopped, many.failure]));
  say('stopping');
}

/** One of several processes: the first one has opened the house, and is told how it goes. */
async function serveForFirst(): Promise<void> {
  const { order, stopped } = listenToFirst<Order>();
  try {
    const around = surroundings();
    const asked = await order;
    if (asked === 'stop') return;
    await using house = await joinHouse(asked.database, around);
    await using _running = await serve(house, around, asked.scripts);
    await tellFirst({ kind: 'serving' });
    await stopped;
  } catch (error) {
    await tellFirst({ kind: 'failed', message: messageOf(error) });
    process.exitCode = 1;
  } finally {
    leaveFirst();
  }
}

/** npm passes on what a terminal sends to all: a second signal must not leave the database running. */
async function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  await promise;
}

function surroundings(): Surroundings {
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const counters = { awake: () => performance.now(), inAll: () => uptime() * 1000 };
  return { settings: readSettings(), clock: new CheckedClock(systemClock, counters, log), log };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function addressesText(places: readonly OpenPlace[]): string {
  return places
    .map(({ name, code, origin }) => `${name} (${code}) is open at ${origin}/`)
    .join('\n');
}

function sampleText({ sampleFolder, tlsFolder }: House): string {
  const users = SAMPLE_PEOPLE.map(
    ({ contract, user, name, endsInDays, fate }) =>
      `  ${contract} ${user.padEnd(12)} ${name}: ends in ${endsInDays} days, ${fate}`,
  );
  const staff = SAMPLE_STAFF.map(
    ({ contract, user, name, appointed: { role, scope } }) =>
      `  ${contract} ${user.padEnd(12)} ${name}: ${role}, for ${String(scope)}`,
  );
  return [
    `Sample users, PIN ${SAMPLE_PIN}; certificate and key of each in ${sampleFolder}`,
    ...users,
    'Staff of the bank, with the same PIN; their pages are those of the staff house:',
    ...staff,
    `Browsers trust the pages once ${join(tlsFolder, 'server-ca.pem')} is imported as an authority.`,
  ].join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
