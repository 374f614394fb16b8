// The mail work of Koshin as a process of its own, which is killed: at each message it goes through everything that
// mails by itself, once, at the time that it is told. Ends with whoever started it.

import { openCheckpointKey } from '../../src/keys/checkpoint-key.ts';
import { readSecrets } from '../../src/keys/secrets.ts';
import type { Log } from '../../src/log.ts';
import { sendDueMails } from '../../src/mail/send-due.ts';
import { smtpCourier } from '../../src/mail/smtp-courier.ts';
import { checkpointSigner } from '../../src/operations/checkpoint-signer.ts';
import { queueCertificateMails, queueDueReminders } from '../../src/operations/queue-mails.ts';
import { AuditSequencer } from '../../src/operations/sequence-audit.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { DatabaseAddress } from '../../src/store/database-address.ts';

/** Where everything is that the sender works with. */
export type SenderPlace = {
  readonly database: DatabaseAddress;
  readonly secretFile: string;
  readonly keysFolder: string;
  readonly anchorFolder: string;
  readonly mailServer: { readonly url: string; readonly authorities: string };
};

/** What it is told: first where everything is, then what time it is. */
export type SenderAsked = { readonly place: SenderPlace } | { readonly now: string };

/** What it says: how far it is, and what it logs as an error. */
export type SenderSaid =
  | { readonly stage: 'ready' | 'sequenced' | 'reminded' | 'told' | 'sent' }
  | { readonly error: string; readonly fields: string };

function say(said: SenderSaid): void {
  process.send?.(said);
}

const log: Log = {
  info: () => {},
  warn: () => {},
  error: (fields, message) => say({ error: message, fields: JSON.stringify(fields) }),
};

/** Everything once. */
type Round = (now: Date) => Promise<void>;

async function open(place: SenderPlace): Promise<Round> {
  let time = new Date(0);
  const clock = { now: () => time };
  const db = openDatabase(place.database, { log, poolSize: 8 });
  const secrets = await readSecrets(place.secretFile);
  const signer = checkpointSigner(await openCheckpointKey(place.keysFolder, secrets));
  const sequencer = new AuditSequencer({ db, signer, clock, anchorFolder: place.anchorFolder });
  const { url, authorities } = place.mailServer;
  const courier = smtpCourier({ url: new URL(url), authorities }, log);
  const needs = { db, clock, log };
  return async (now) => {
    time = now;
    await sequenceAll(sequencer);
    say({ stage: 'sequenced' });
    await queueDueReminders(needs);
    say({ stage: 'reminded' });
    await queueCertificateMails(needs);
    say({ stage: 'told' });
    await sendDueMails({ ...needs, courier, from: null, sealKey: secrets('mailed-codes') });
    say({ stage: 'sent' });
  };
}

/** Also where the one before was killed while it did: its place is free a moment later. */
async function sequenceAll(sequencer: AuditSequencer): Promise<void> {
  for (;;) {
    const step = await sequencer.sequence();
    if (step.kind === 'sequenced' && step.isCaughtUp) return;
  }
}

let round: Promise<Round> | undefined;

process.on('message', (asked: SenderAsked) => {
  const done = async (): Promise<void> => {
    if ('place' in asked) {
      round = open(asked.place);
      await round;
      say({ stage: 'ready' });
      return;
    }
    if (round === undefined) throw new Error('it was not told where everything is');
    await (await round)(new Date(asked.now));
  };
  done().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));
