// `koshin mail …`: what a mail server's side tells of mails.
import type { Command } from 'commander';
import { addressText, bouncedText } from '../commands/mail.ts';
import { changeMailAddress } from '../operations/change-mail-address.ts';
import { noteBounced } from '../operations/note-bounced.ts';
import { openHouse, type Surroundings } from '../start/house.ts';

type Outside = {
  readonly surroundings: () => Surroundings;
  readonly say: (text: string) => void;
};

type Options = { readonly institution: string };

/** Adds the commands to the program. */
export function addMailCommands(program: Command, { surroundings, say }: Outside): void {
  const mail = program.command('mail').description('mails to users');

  mail
    .command('bounced')
    .description('note that a mail came back: its address is not used until another is entered')
    .argument('<address or Message-ID...>', 'to whom it went, or which it was')
    .action(async (named: readonly string[]) => {
      const around = surroundings();
      await using house = await openHouse(around);
      const needs = { db: house.db, clock: around.clock };
      for (const one of named) say(bouncedText(one, await noteBounced(one, needs)));
    });

  mail
    .command('address')
    .description('enter where a user is written to; without an address, nowhere')
    .argument('<contract>', 'the contract ID')
    .argument('<user>', 'the user ID')
    .argument('[address]', 'the new address')
    .requiredOption('--institution <code>', 'whose user')
    .action(
      async (contract: string, user: string, address: string | undefined, options: Options) => {
        const around = surroundings();
        await using house = await openHouse(around);
        const person = { institution: options.institution, contract, user };
        await changeMailAddress(person, address ?? '', { db: house.db, clock: around.clock });
        say(addressText(user, address));
      },
    );
}
