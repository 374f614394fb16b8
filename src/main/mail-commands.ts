// `koshin mail …`: what a mail server's side tells of mails.
import type { Command } from 'commander';
import { bouncedText } from '../commands/mail.ts';
import { noteBounced } from '../operations/note-bounced.ts';
import { openHouse, type Surroundings } from '../start/house.ts';

type Outside = {
  readonly surroundings: () => Surroundings;
  readonly say: (text: string) => void;
};

/** Adds the commands to the program. */
export function addMailCommands(program: Command, { surroundings, say }: Outside): void {
  program
    .command('mail')
    .description('mails to users')
    .command('bounced')
    .description('note that a mail came back: its address is not used until another is entered')
    .argument('<address or Message-ID...>', 'to whom it went, or which it was')
    .action(async (named: readonly string[]) => {
      const around = surroundings();
      await using house = await openHouse(around);
      const needs = { db: house.db, clock: around.clock };
      for (const one of named) say(bouncedText(one, await noteBounced(one, needs)));
    });
}
