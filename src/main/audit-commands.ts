// `koshin audit …`: verifies the audit log, exports it, proves an entry, removes what is too old.
import { createReadStream } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { checkEntryProof } from '../audit/entry-proof.ts';
import { formatNoteKey, type NoteKey, parseNoteKey } from '../audit/signed-note.ts';
import { auditReportText, provedEntryText } from '../commands/audit.ts';
import { Refusal } from '../errors.ts';
import { readCheckpointKey } from '../keys/checkpoint-key.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import { checkpointSigner, sha256 } from '../operations/checkpoint-signer.ts';
import { exportAudit, verifyExport } from '../operations/export-audit.ts';
import { proveEntry } from '../operations/prove-entry.ts';
import { retireEntries } from '../operations/retire-entries.ts';
import { type AuditReport, verifyAudit } from '../operations/verify-audit.ts';
import { type House, openHouse, type Surroundings } from '../start/house.ts';
import { openDatabase } from '../store/database.ts';

type Say = (text: string) => void;
type Outside = { readonly surroundings: () => Surroundings; readonly say: Say };

/** Adds the commands to the program. */
export function addAuditCommands(program: Command, { surroundings, say }: Outside): void {
  const audit = program.command('audit').description('the tamper-evident audit log');

  audit
    .command('verify')
    .description('check every entry, the tree, and the checkpoints kept outside')
    .option('--export <file>', 'an exported log instead of the database')
    .option('--key <key>', "the log's key, where it is not this installation's")
    .action(async (options: { export?: string; key?: string }) => {
      const around = surroundings();
      const report =
        options.export === undefined
          ? await verifyHouse(around)
          : await verifyFile(options.export, options.key, around);
      say(auditReportText(report));
      if (report.findings.length > 0) process.exitCode = 1;
    });

  audit
    .command('key')
    .description('print the key by which others check the log')
    .action(async () => {
      await using house = await openHouse(surroundings());
      say(formatNoteKey(await keyOf(house)));
    });

  audit
    .command('export')
    .description('write the log into a file that can be verified elsewhere')
    .argument('<file>', 'the file, which must not be there yet')
    .option('--institution <code>', "only this institution's entries; of others their hashes")
    .action(async (file: string, options: { institution?: string }) => {
      await using house = await openHouse(surroundings());
      await using target = await open(file, 'wx', 0o600);
      const write = async (lines: string) => await target.appendFile(lines);
      const size = await exportAudit(options.institution ?? null, write, house.db);
      say(`wrote ${size} entries into ${file}`);
    });

  audit
    .command('prove')
    .description('write the proof that an entry is in the log')
    .argument('<entry>', 'its number')
    .argument('<file>', 'the file, which must not be there yet')
    .action(async (entry: string, file: string) => {
      if (!/^[0-9]{1,15}$/.test(entry)) throw new Refusal('invalid-input', 'not an entry’s number');
      await using house = await openHouse(surroundings());
      await writeFile(file, await proveEntry(Number(entry), house.db), { flag: 'wx', mode: 0o600 });
      say(`wrote the proof of entry ${entry} into ${file}`);
    });

  audit
    .command('check')
    .description('check the proof of an entry')
    .argument('<file>', 'the proof')
    .requiredOption('--key <key>', "the log's key, as `koshin audit key` prints it")
    .action(async (file: string, { key }: { key: string }) => {
      const means = { hash: sha256, verifier: nodeVerifier };
      say(
        provedEntryText(
          checkEntryProof(await readFile(file, 'utf8'), parseNoteKey(key, sha256), means),
        ),
      );
    });

  audit
    .command('retire')
    .description('remove the entries that need not be kept any longer')
    .action(async () => await retire(surroundings(), say));
}

async function verifyHouse(around: Surroundings): Promise<AuditReport> {
  await using house = await openHouse(around);
  return await verifyAudit({ db: house.db, key: await keyOf(house), ...checkingOf(around) });
}

async function verifyFile(
  file: string,
  key: string | undefined,
  around: Surroundings,
): Promise<AuditReport> {
  const linesOf = () => createInterface({ input: createReadStream(file) });
  if (key !== undefined) {
    return await verifyExport(linesOf, { key: parseNoteKey(key, sha256), ...checkingOf(around) });
  }
  await using house = await openHouse(around);
  return await verifyExport(linesOf, { key: await keyOf(house), ...checkingOf(around) });
}

async function retire(around: Surroundings, say: Say): Promise<void> {
  await using house = await openHouse(around);
  if (house.owner === null) {
    throw new Error('only the owner of the tables can: set KOSHIN_DATABASE_OWNER_URL');
  }
  const { log } = around;
  await using opened = new AsyncDisposableStack();
  const db = opened.adopt(openDatabase(house.owner, { log, poolSize: 2 }), (one) => one.destroy());
  const removed = await retireEntries({ db, key: await keyOf(house), ...checkingOf(around) });
  for (const { institution, entries } of removed)
    say(`removed ${entries} entries of ${institution}`);
  if (removed.length === 0) say('there is nothing to remove');
}

function checkingOf({ settings, clock }: Surroundings) {
  const { auditAnchorFolder: anchorFolder, auditRetentionDays: retentionDays } = settings;
  return { anchorFolder, retentionDays, clock, onProgress: progress };
}

async function keyOf({ keysFolder, secrets }: House): Promise<NoteKey> {
  return checkpointSigner(await readCheckpointKey(keysFolder, secrets)).key;
}

function progress(count: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${count} entries`);
}
