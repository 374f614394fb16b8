// `koshin guide`: the customers' guides of an institution, made by a program of its own that goes through
// everything in a browser. It is handed the institution's names and policy, and nothing of its people.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { Refusal } from '../errors.ts';
import { openHouse, type Surroundings } from '../start/house.ts';
import { listInstitutions, policyAt } from '../store/institutions.ts';

// A program of its own that is started, not a part of this one.
const PROGRAM = join(import.meta.dirname, '../../guide/run.ts');

type Options = { readonly institution: string; readonly lang: string; readonly out: string };

/** Adds the command to the program. */
export function addGuideCommand(program: Command, surroundings: () => Surroundings): void {
  program
    .command('guide')
    .description('write the guides for customers (HTML and PDF), with pictures made by a real run')
    .requiredOption('--institution <code>', 'whose names, contact and policy')
    .addOption(new Option('--lang <language>').choices(['ja', 'en']).default('ja'))
    .option('--out <folder>', 'where to', 'guide-out')
    .action(async (options: Options) => {
      const order = await orderOf(options, surroundings());
      process.exitCode = await make(order, options.out);
    });
}

async function orderOf({ institution, lang }: Options, around: Surroundings): Promise<string> {
  await using house = await openHouse(around);
  const found = (await listInstitutions(house.db)).find(({ code }) => code === institution);
  if (found === undefined) {
    throw new Refusal('invalid-input', `institution: there is none with the code ${institution}`);
  }
  const { code, name, nameEnglish, contact, publicHost } = found;
  const policy = await policyAt(code, around.clock.now(), house.db);
  const named = { code, name, nameEnglish, contact, publicHost };
  return JSON.stringify({ institution: named, policy, language: lang });
}

/** Runs the program; its exit status. */
async function make(order: string, folder: string): Promise<number> {
  const made = spawn(process.execPath, [PROGRAM, '--order', '-', '--out', folder], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  made.stdin.end(order);
  const [status] = (await once(made, 'close')) as [number | null];
  return status ?? 1;
}
