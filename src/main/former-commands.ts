// `koshin ca former …`: the CA that an institution leaves. On the server, for whoever sets an institution up; while it is
// served two of the bank's staff do the same in the console.
import { open, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { RENEW_FROM } from '../banking/former-authority.ts';
import { formerImportText, formerText, personText, revocationsText } from '../commands/former.ts';
import { CSV_BEGINS, csvLine } from '../csv/csv-line.ts';
import { CsvReader, type CsvRecord } from '../csv/csv-reader.ts';
import { findEncoding, textOf } from '../csv/file-encoding.ts';
import {
  acceptFormerAuthority,
  certificatesIn,
  hexOf,
  issuerIn,
  switchOffFormerAuthority,
} from '../operations/former-authority.ts';
import { type GivenPin, giveFirstPins } from '../operations/give-first-pins.ts';
import { importFormerCertificates } from '../operations/import-former-certificates.ts';
import { listFormers, notMovedFrom } from '../operations/list-formers.ts';
import { readFormerRevocations } from '../operations/read-former-revocations.ts';
import { openHouse, type Surroundings } from '../start/house.ts';

type Outside = {
  readonly surroundings: () => Surroundings;
  readonly say: (text: string) => void;
};

type Of = { readonly institution: string };

/** Adds the commands below `koshin ca`. */
export function addFormerCommands(ca: Command, outside: Outside): void {
  const former = ca.command('former').description('the CA that an institution leaves');
  addAuthorityCommands(former, outside);
  addCertificateCommands(former, outside);
}

function addAuthorityCommands(former: Command, { surroundings, say }: Outside): void {
  former
    .command('add')
    .description('accept the certificates of a former CA until a day')
    .argument('<file>', "the CA's certificate, PEM or DER; of several in PEM each is accepted")
    .requiredOption('--institution <code>', 'the institution')
    .requiredOption('--until <day>', 'the last day, such as 2028-03-31')
    .option('--renew-from <when>', RENEW_FROM.join(' or '), RENEW_FROM[0])
    .action(async (file: string, options: Of & { until: string; renewFrom: string }) => {
      const around = surroundings();
      const renewFrom = RENEW_FROM.find((one) => one === options.renewFrom);
      if (renewFrom === undefined) throw new Error(`renew-from: ${RENEW_FROM.join(' or ')}`);
      const { institution, until: untilDay } = options;
      const certificates = certificatesIn(await readFile(file));
      await using house = await openHouse(around);
      for (const certificate of certificates) {
        const asked = { institution, certificate, untilDay, renewFrom };
        const { name, issuer } = await acceptFormerAuthority(asked, { ...house, ...around });
        say(
          `${institution} accepts certificates of ${name} until ${untilDay}; key ${hexOf(issuer)}`,
        );
      }
    });

  former
    .command('off')
    .description('accept the certificates of a former CA no more, from the next request on')
    .argument('<key>', 'SHA-256 of its key, as `list` prints it')
    .requiredOption('--institution <code>', 'the institution')
    .action(async (key: string, { institution }: Of) => {
      const around = surroundings();
      const issuer = issuerIn(key);
      await using house = await openHouse(around);
      const needs = { ...house, ...around };
      const { notMoved } = await switchOffFormerAuthority({ institution, issuer }, needs);
      say(`switched off; ${notMoved} certificates had nothing of ours in their place`);
    });

  former
    .command('list')
    .description('the former CAs of an institution, and how many people have not moved yet')
    .requiredOption('--institution <code>', 'the institution')
    .option('--people', 'with who has not moved')
    .action(async ({ institution, people }: Of & { people?: true }) => {
      const around = surroundings();
      await using house = await openHouse(around);
      const needs = { db: house.db, clock: around.clock };
      const formers = await listFormers(institution, needs);
      if (formers.length === 0) say('there are none');
      for (const one of formers) {
        say(formerText(one, one.notMoved, around.clock.now()));
        if (people !== true) continue;
        for await (const some of notMovedFrom(one, needs)) say(some.map(personText).join('\n'));
      }
    });
}

function addCertificateCommands(former: Command, { surroundings, say }: Outside): void {
  former
    .command('import')
    .description('import certificates of a former CA by a list: all of its lines or none')
    .argument('<list>', 'the list, CSV (docs/operations.md)')
    .requiredOption('--institution <code>', 'the institution')
    .option('--files <folder>', 'where files lie that the list names in its column certificate')
    .option('--dry-run', 'say what would be imported, and import nothing')
    .action(async (list: string, options: Of & { files?: string; dryRun?: true }) => {
      const around = surroundings();
      const mode = options.dryRun === true ? 'try' : 'import';
      const records = recordsIn(await readFile(list));
      const { institution, files } = options;
      const asked = { institution, records, mode, fileOf: filesIn(files) } as const;
      await using house = await openHouse(around);
      const done = await importFormerCertificates(asked, { ...house, ...around });
      say(formerImportText(done, mode));
      if (done.faults.length > 0) process.exitCode = 1;
    });

  former
    .command('pins')
    .description('give first PINs to those who hold a certificate of a former CA and have none')
    .argument('<file>', 'where the PINs are written, once; the file must not be there yet')
    .requiredOption('--institution <code>', 'the institution')
    .action(async (file: string, { institution }: Of) => {
      const around = surroundings();
      await using house = await openHouse(around);
      await using target = await open(file, 'wx', 0o600);
      await target.appendFile(CSV_BEGINS + csvLine(['contract', 'user', 'name', 'first PIN']));
      const write = async (people: readonly GivenPin[]) => {
        const lines = people.map(({ identity, name, pin }) =>
          csvLine([identity.contract, identity.user, name, pin]),
        );
        await target.appendFile(lines.join(''));
        await target.sync();
      };
      const count = await giveFirstPins(institution, write, { ...house, ...around });
      say(`${count} first PINs are in ${file}: hand them over, and delete it`);
    });

  former
    .command('crl')
    .description('revoke here what a former CA has revoked, by its CRL')
    .argument('<file>', 'the CRL, PEM or DER')
    .requiredOption('--institution <code>', 'the institution')
    .action(async (file: string, { institution }: Of) => {
      const around = surroundings();
      const octets = await readFile(file);
      await using house = await openHouse(around);
      const read = await readFormerRevocations(
        { institution, file: octets },
        { ...house, ...around },
      );
      say(revocationsText(read, around.clock.now()));
    });
}

function recordsIn(file: Uint8Array): readonly CsvRecord[] {
  const found = findEncoding(file, 'auto');
  if ('fault' in found) {
    throw new Error(`the list is neither in UTF-8 nor in Shift_JIS, row ${found.line}`);
  }
  const reader = new CsvReader();
  const records: CsvRecord[] = [];
  for (const text of textOf(file, found.encoding)) {
    records.push(...reader.feed(text));
  }
  return [...records, ...reader.end()];
}

/** Files of the folder itself alone, whatever a list says. */
function filesIn(folder: string | undefined): (name: string) => Promise<Uint8Array | undefined> {
  return async (name) => {
    if (folder === undefined || name === '' || basename(name) !== name) return undefined;
    try {
      return await readFile(join(folder, name));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
      throw cause;
    }
  };
}
