// Takes what changes of former authorities into use without a restart: accepted, switched off, over by time. Looked at
// again and again by every process, so that it holds in all of them, however it came about.

import type { Clock } from '../clock.ts';
import type { OpenedFront } from '../http/open-front.ts';
import { repeat } from '../http/repeat.ts';
import { describeError, type Log } from '../log.ts';
import { type LoadedBank, namedInHandshake } from '../operations/bank.ts';
import { loadFormers } from '../operations/load-bank.ts';
import type { Db } from '../store/database.ts';
import { encodePem } from '../x509/pem.ts';

const PAUSE_MILLISECONDS = 2_000;

/** What serves, and where its banks stand. */
type Served = {
  /** By code; what has changed is put in its place. */
  readonly banks: Map<string, LoadedBank>;
  readonly front: Pick<OpenedFront, 'replaceAuthorities'>;
};

/** The CAs that a bank names to browsers, in PEM. */
export function handshakeNames(bank: LoadedBank, now: Date): readonly string[] {
  return namedInHandshake(bank, now).map((der) => encodePem(der, 'CERTIFICATE'));
}

/** Watches until disposed of. */
export function watchFormerAuthorities(
  { banks, front }: Served,
  { db, clock, log }: { readonly db: Db; readonly clock: Clock; readonly log: Log },
): AsyncDisposable {
  const named = new Map(
    Array.from(banks, ([code, bank]) => [code, handshakeNames(bank, clock.now()).join('')]),
  );
  const look = async (bank: LoadedBank): Promise<void> => {
    const formers = await loadFormers(bank.code, db);
    if (standing(formers) !== standing(bank.formers)) {
      banks.set(bank.code, { ...bank, formers });
      log.info({ institution: bank.code }, 'the former authorities of an institution have changed');
    }
    const names = handshakeNames(banks.get(bank.code) ?? bank, clock.now());
    if (names.join('') === named.get(bank.code)) return;
    front.replaceAuthorities(bank.code, names);
    named.set(bank.code, names.join(''));
    log.info({ institution: bank.code }, 'other authorities are named in the handshake');
  };
  return repeat(async () => {
    try {
      for (const bank of banks.values()) await look(bank);
    } catch (error) {
      // What is in use stays; whether a former authority is accepted is read again for every request.
      log.error({ error: describeError(error) }, 'the former authorities could not be read');
    }
  }, PAUSE_MILLISECONDS);
}

/** What would have to change for the processes to be told. */
function standing(formers: LoadedBank['formers']): string {
  return JSON.stringify(
    formers.map(({ issuer, until, endedAt, certificate }) => [
      Buffer.from(issuer).toString('hex'),
      Buffer.from(certificate).toString('base64'),
      until,
      endedAt,
    ]),
  );
}
