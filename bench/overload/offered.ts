// Has a load offered by programs of their own, one for each local address, and joins what they saw.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadFolders } from '../renew/people.ts';

/** What one program is to offer. */
export type Offer = {
  readonly origin: string;
  readonly authorityFile: string;
  readonly folders: Pick<LoadFolders, 'certs' | 'headers'>;
  readonly users: readonly string[];
  readonly localAddress: string;
  /** Requests a second, or as many as are answered with so many at once. */
  readonly rate: number | 'all-that-goes';
  readonly atOnce: number;
  readonly seconds: number;
};

/** The answers of a second: how long each that was done took, and how many were not. */
export type Second = {
  readonly second: number;
  refused: number;
  failed: number;
  readonly milliseconds: number[];
};

/** What came back. */
export type Offered = {
  readonly seconds: readonly Second[];
  /** Certificates that arrived. */
  readonly issued: number;
  /** Requests for which no connection was free: the program could not offer them. */
  readonly unsent: number;
  readonly withoutRetryAfter: number;
};

const PROGRAM = fileURLToPath(import.meta.resolve('./offer.ts'));

/** Offers all of it at the same time; seconds are joined by their number. */
export async function offered(offers: readonly Offer[]): Promise<Offered> {
  const all = await Promise.all(offers.map(oneOffered));
  const seconds = new Map<number, Second>();
  for (const each of all.flatMap((one) => one.seconds)) {
    const of = seconds.get(each.second) ?? { ...each, refused: 0, failed: 0, milliseconds: [] };
    of.refused += each.refused;
    of.failed += each.failed;
    of.milliseconds.push(...each.milliseconds);
    seconds.set(each.second, of);
  }
  const sum = (of: (one: Offered) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    seconds: [...seconds.values()].toSorted((a, b) => a.second - b.second),
    issued: sum((one) => one.issued),
    unsent: sum((one) => one.unsent),
    withoutRetryAfter: sum((one) => one.withoutRetryAfter),
  };
}

async function oneOffered(offer: Offer): Promise<Offered> {
  const child = fork(PROGRAM);
  const ended = once(child, 'exit');
  child.send(offer);
  const [answer] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => [undefined]),
  ])) as [Offered | undefined];
  if (answer === undefined) throw new Error('a program that offers load ended without an answer');
  await ended;
  return answer;
}
