// `koshin import …`: looks through a file of users, says what it would do, and asks for it in a staff member's name.
// Another approves it at the console; the command itself registers nobody.
import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { ImportFault } from '../banking/import-faults.ts';
import type { ImportUnit } from '../banking/import-plan.ts';
import type { ImportProgress } from '../banking/user-import.ts';
import { importPlanText, importProgressText, importReportText } from '../commands/import.ts';
import type { FileEncoding } from '../csv/file-encoding.ts';
import { Refusal } from '../errors.ts';
import { planImport } from '../operations/plan-import.ts';
import { LARGEST_IMPORT_OCTETS } from '../operations/read-import.ts';
import { sendPlanned } from '../operations/send-import.ts';
import { openHouse, type Surroundings } from '../start/house.ts';
import type { Db } from '../store/database.ts';
import { listInstitutions, policyAt } from '../store/institutions.ts';

type Outside = {
  readonly surroundings: () => Surroundings;
  readonly say: (text: string) => void;
};

type Options = {
  readonly institution: string;
  readonly per: ImportUnit;
  readonly encoding: FileEncoding | 'auto';
  readonly dryRun?: true;
  readonly staff?: string;
  readonly reason?: string;
  readonly reference?: string;
  readonly report?: string;
  readonly lang: 'ja' | 'en';
};

/** Adds the commands to the program. */
export function addImportCommands(program: Command, { surroundings, say }: Outside): void {
  program
    .command('import')
    .description('files of the banks')
    .command('users')
    .description('look through a CSV file of users, and ask for its approval at the console')
    .argument('<file>', 'the file')
    .requiredOption('--institution <code>', 'whose users')
    .option('--dry-run', 'look through it only')
    .option('--staff <id>', 'the staff member who asks for it; another one approves')
    .option('--reason <text>', 'why it is asked for')
    .option('--reference <number>', 'the number of a paper, where there is one')
    .addOption(
      new Option('--per <unit>', 'what a faulty line holds up: its contract, or the whole file')
        .choices(['file', 'contract'])
        .default('file'),
    )
    .addOption(new Option('--encoding <name>').choices(['auto', 'utf-8', 'cp932']).default('auto'))
    .option('--report <file>', 'write every fault into this CSV file, which must not be there yet')
    .addOption(new Option('--lang <language>', 'of the report').choices(['ja', 'en']).default('ja'))
    .action(async (file: string, options: Options) => {
      checkOptions(options);
      const around = surroundings();
      const octets = await readWhole(file);
      await using house = await openHouse(around);
      await checkIsBank(options.institution, house.db);
      const policy = await policyAt(options.institution, around.clock.now(), house.db);
      const asked = { ...options, unit: options.per, policy };
      const plan = await planImport(octets, asked, { db: house.db, onProgress: progress });
      if (process.stderr.isTTY) process.stderr.write('\n');
      say(importPlanText(plan));
      if (options.report !== undefined) {
        await writeReport(options.report, plan.faults, options.lang);
        say(`wrote ${plan.faults.length} faults into ${options.report}`);
      }
      if (plan.faults.length > 0) process.exitCode = 1;
      if (options.dryRun === true) return say('dry run: nothing was changed');
      if (plan.counts.users === 0) return say('nothing would be done: nothing was asked for');
      const sent = { ...asked, fileName: basename(file), octets, plan };
      const needs = { db: house.db, clock: around.clock };
      const { id } = await sendPlanned(sent, askingOf(options), needs);
      say(`asked for as request ${id}: another of the staff approves it at the console,`);
      say('and `koshin serve` does it then');
    });
}

function askingOf({ staff = '', reason = '', reference }: Options) {
  return { requester: { onServer: staff }, reason, reference: reference ?? null };
}

function checkOptions({ dryRun, staff, reason }: Options): void {
  if (dryRun === true || (staff !== undefined && reason !== undefined)) return;
  throw new Refusal('invalid-input', '--dry-run, or --staff and --reason, say what is wanted');
}

async function readWhole(file: string): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > LARGEST_IMPORT_OCTETS) {
    throw new Refusal('too-large', `${file} has more than ${LARGEST_IMPORT_OCTETS} octets`);
  }
  return await readFile(file);
}

async function checkIsBank(code: string, db: Db): Promise<void> {
  const institution = (await listInstitutions(db)).find((one) => one.code === code);
  if (institution?.kind === 'bank') return;
  throw new Refusal('invalid-input', `institution: there is no bank ${code}`);
}

async function writeReport(
  path: string,
  faults: readonly ImportFault[],
  language: 'ja' | 'en',
): Promise<void> {
  await using report = await open(path, 'wx', 0o600);
  await report.appendFile(importReportText(faults, language));
}

async function progress(how: ImportProgress): Promise<void> {
  if (process.stderr.isTTY) process.stderr.write(`\r${importProgressText(how)}`);
}
