// How a person goes on with a renewal after a crash: もう一度 on the page that is still open, a login with
// whichever certificate works, 更新 or 取得し直す, 確認. Throws where there is no way on.
import type { ClientIdentity } from '../system/visitor.ts';
import { Broken } from './broken.ts';
import type { Person } from './person.ts';

/** Which of their certificates a person tries first. */
export type Trying = 'newest-first' | 'oldest-first';

/** How often something was answered with an outage although everything ran again. */
export type GoneOn = { readonly retries: number };

const MOST_TRIES = 3;

/** Goes on until the successor is proved and has logged in, and the old certificate is told to be ended. */
export async function finishRenewal(person: Person, trying: Trying): Promise<GoneOn> {
  const patience = new Patience();
  await patience.with(async () => await person.retry());
  const logIn = async (shows: ClientIdentity) => await person.logIn(shows);
  const shown = await logInWithAny(person.wallet, logIn, { trying, patience });
  if (shown === person.first.shows) {
    await patience.with(async () => await person.renewAnyhow());
    await proveOrLeaveToLogin(async () => await person.prove(), patience);
  }
  await patience.with(async () => await person.logIn(person.newest));
  await patience.with(async () => await person.showEnded());
  return patience;
}

/** Tries again what was answered with an outage, and counts. */
export class Patience {
  /** How often it was needed. */
  retries = 0;

  /** Does it, three times at most. */
  async with(deed: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await deed();
      } catch (broken) {
        if (!isOutage(broken) || tries === MOST_TRIES) throw broken;
        this.retries += 1;
      }
    }
  }
}

/** Logs in with the first of a person's keys that works, oldest key first in the list; that key. */
export async function logInWithAny<Key>(
  keys: readonly Key[],
  logIn: (key: Key) => Promise<void>,
  { trying, patience }: { readonly trying: Trying; readonly patience: Patience },
): Promise<Key> {
  const refused: string[] = [];
  for (const key of trying === 'oldest-first' ? keys : keys.toReversed()) {
    try {
      await patience.with(async () => await logIn(key));
      return key;
    } catch (broken) {
      if (!(broken instanceof Broken) || broken.isOutage) throw broken;
      refused.push(broken.message);
    }
  }
  throw new Error(`locked out: ${refused.join('; ')}`);
}

/** A proof that was answered with an outage is not tried again: the login after it proves. */
export async function proveOrLeaveToLogin(
  prove: () => Promise<void>,
  patience: Patience,
): Promise<void> {
  try {
    await prove();
  } catch (broken) {
    if (!isOutage(broken)) throw broken;
    patience.retries += 1;
  }
}

function isOutage(fault: unknown): boolean {
  return fault instanceof Broken && fault.isOutage;
}
