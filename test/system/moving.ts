// People of a running test system with certificates of a former CA: registered, imported by a list, logged in. No test
// itself.
import assert from 'node:assert/strict';
import { CsvReader } from '../../src/csv/csv-reader.ts';
import { acceptFormerAuthority } from '../../src/operations/former-authority.ts';
import {
  type FormerImport,
  importFormerCertificates,
} from '../../src/operations/import-former-certificates.ts';
import { registerPerson } from '../../src/operations/register-person.ts';
import { enter, submitPin, visitorOf } from './customers.ts';
import type { FormerCa, FormerHolding } from './former-ca.ts';
import { acceptedIssuersOf } from './handshake.ts';
import type { InSession } from './renewal-client.ts';
import { TEST_PIN } from './test-bank.ts';
import { TEST_CONTRACT, type TestKoshin } from './test-koshin.ts';
import type { Answer } from './visitor.ts';

type Shows = Pick<FormerHolding, 'shows'>;

/** What the operations need. */
export function needsOf({ house, clock }: TestKoshin) {
  return { ...house, clock };
}

/** Accepts a CA for the first institution. */
export async function acceptFormer(former: FormerCa, koshin: TestKoshin): Promise<void> {
  const asked = { institution: '1394', certificate: former.der, untilDay: '2027-12-31' };
  await acceptFormerAuthority({ ...asked, renewFrom: 'at-once' }, needsOf(koshin));
}

/** Registers a user of the test contract. */
export async function register(user: string, koshin: TestKoshin): Promise<void> {
  const identity = { institution: '1394', contract: TEST_CONTRACT, user };
  const person = { identity, name: '鈴木 太郎', role: 'user', pin: TEST_PIN } as const;
  await registerPerson(person, needsOf(koshin));
}

/** What a members' host answers to who shows this. */
export async function pageFor(
  { shows }: Shows,
  koshin: TestKoshin,
): Promise<Answer & { readonly url: string }> {
  return await enter(visitorOf(koshin, shows), koshin.mihon, koshin);
}

/** Logs in. */
export async function sessionFor({ shows }: Shows, koshin: TestKoshin): Promise<InSession> {
  const visitor = visitorOf(koshin, shows);
  const page = await enter(visitor, koshin.mihon, koshin);
  const answer = await submitPin(visitor, page, TEST_PIN);
  assert.equal(answer.location, '/notices', answer.text);
  return { visitor, origin: new URL(page.url).origin };
}

/** Waits until the handshake names the former CA, or no more; returns what it names. */
export async function untilNamed(isNamed: boolean, koshin: TestKoshin): Promise<string> {
  for (;;) {
    const named = await acceptedIssuersOf(koshin, koshin.mihon.membersDomain);
    if (named.includes('Kyu Ninsho CA G2') === isNamed) return named;
  }
}

const COLUMNS = 'contract,user,certificate,serial_hex,serial_decimal,not_after';

/** A line with the certificate itself. */
export function wholeLine(user: string, { shows }: Shows): string {
  return `${TEST_CONTRACT},${user},"${shows.cert}",,,`;
}

/** Imports a list of these lines. */
export async function importLines(
  lines: readonly string[],
  how: { readonly mode?: 'try'; readonly columns?: string },
  koshin: TestKoshin,
): Promise<FormerImport> {
  const { mode = 'import', columns = COLUMNS } = how;
  const reader = new CsvReader();
  const records = [...reader.feed([columns, ...lines, ''].join('\r\n')), ...reader.end()];
  const fileOf = async () => await Promise.resolve(undefined);
  const list = { institution: '1394', records, fileOf, mode } as const;
  return await importFormerCertificates(list, needsOf(koshin));
}

/** How many certificates the first institution has on record. */
export async function certificateCount({ house }: TestKoshin): Promise<number> {
  const { count } = await house.db
    .selectFrom('certificate')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('institution', '=', '1394')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What an import tells, in figures. */
export function told({ imported, numbered, leftOut, faults }: FormerImport) {
  return { imported, numbered, leftOut: leftOut.length, faults };
}
