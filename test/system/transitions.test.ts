// Every move is tried from every state of a slot. What came of it, and what the slot holds afterwards, has to be what
// docs/transitions.md says, cell by cell: ● done, and a letter for the refusal, which changes nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { CertificateState } from '../../src/banking/certificate-life.ts';
import { Refusal } from '../../src/errors.ts';
import { acquireCertificate } from '../../src/operations/acquire-certificate.ts';
import type { Administrator } from '../../src/operations/administrator.ts';
import { askForCode } from '../../src/operations/ask-for-code.ts';
import { beginAcquisition } from '../../src/operations/begin-acquisition.ts';
import {
  confirmRights,
  resetPin,
  resumeMember,
  stopMember,
  unlockMember,
} from '../../src/operations/change-access.ts';
import { type FindRecord, judgeCertificate } from '../../src/operations/identify-certificate.ts';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { offerAcquisition, reissueCertificate } from '../../src/operations/offer-acquisition.ts';
import { withdrawFromMember } from '../../src/operations/withdraw-member.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { listAcquisitions } from '../../src/store/acquisitions.ts';
import { findCertificate } from '../../src/store/certificates.ts';
import { inTransaction } from '../../src/store/database.ts';
import { policyAt } from '../../src/store/institutions.ts';
import { setMailAddress } from '../../src/store/mail-addresses.ts';
import { administratorOf, companyNeeds } from './company-people.ts';
import { type Placed, SLOT_STATES } from './slot-states.ts';
import { openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

type Try = {
  readonly user: string;
  readonly by: Administrator;
  /** Another one, who has vouched for nobody. */
  readonly other: Administrator;
  readonly placed: Placed;
  readonly bank: TestBank;
};

const DOCUMENT = new URL('../../docs/transitions.md', import.meta.url);

const LETTERS: Partial<Record<string, string>> = {
  'transition-forbidden': '–',
  'not-for-member': '–',
  'policy-forbids': 'p',
  'outside-window': 'w',
  expired: 'e',
  unproven: 'u',
  superseded: 's',
  replaced: 's',
  suspended: 'h',
  revoked: 'r',
  'acquisition-refused': 'c',
  'acquisition-ended': 'c',
  'acquisition-over': 'd',
  'unproven-exists': '2',
  'pin-locked': 'l',
  'user-stopped': 'x',
  'not-found': '0',
};

/** Moves of a certificate in the order of the document's columns. */
const MOVES: Readonly<Record<string, (one: Try) => Promise<unknown>>> = {
  'log in': async ({ placed, bank }) => {
    const certificate = await judged(placed, bank);
    const evidence = { kind: 'mutual-tls', certificate } as const;
    await logIn({ evidence, pin: TEST_PIN }, companyNeeds(bank));
  },
  renew: async ({ placed, bank }) => {
    const current = await judged(placed, bank);
    const policy = await policyAt(bank.bank.code, bank.clock.now(), bank.db);
    const asked = { current, policy, waiting: undefined, key: makeRequest().csr };
    await renewCertificate(
      { ...asked, unproven: 'keep', touch: null },
      bank.bank,
      companyNeeds(bank),
    );
  },
  acquire: async ({ user, by, placed, bank }) => {
    const needs = companyNeeds(bank);
    const identity = { ...by.person.identity, user };
    const code = placed.code ?? '00000000';
    const begun = await beginAcquisition(
      { ...identity, pin: TEST_PIN, code, inquiry: '7K3M9Q01' },
      needs,
    );
    const asked = { ticket: begun.ticket, key: makeRequest().csr, newPin: null };
    await acquireCertificate({ ...asked, unproven: 'keep' }, bank.bank, needs);
  },
  offer: async ({ user, by, bank }) =>
    await offerAcquisition({ by, user, slot: 1 }, companyNeeds(bank)),
  // Nobody is told what came of it: an offer is there, or none.
  ask: async ({ user, by, bank }) => {
    const identity = { ...by.person.identity, user };
    await inTransaction(bank.db, async (tx) => {
      await setMailAddress(identity, `${user}@mail.example`, tx);
    });
    await askForCode(identity, companyNeeds(bank));
    const offers = await listAcquisitions(identity, bank.db);
    if (offers.some(({ offeredBy }) => offeredBy === user)) return;
    throw new Refusal('not-for-member', 'no code was made');
  },
  reissue: async ({ user, by, bank }) =>
    await reissueCertificate({ by, user, slot: 1, reason: 'lost' }, companyNeeds(bank)),
  suspend: async ({ user, by, bank }) =>
    await withdrawFromMember('suspend', { by, user, slot: 1 }, companyNeeds(bank)),
  lift: async ({ user, by, bank }) =>
    await withdrawFromMember('lift', { by, user, slot: 1 }, companyNeeds(bank)),
  revoke: async ({ user, by, bank }) =>
    await withdrawFromMember('revoke', { by, user, slot: 1 }, companyNeeds(bank)),
  unlock: async ({ user, by, bank }) =>
    await unlockMember({ by, user, slot: 1 }, companyNeeds(bank)),
  'reset PIN': async ({ user, by, bank }) =>
    await resetPin({ by, user, slot: 1 }, companyNeeds(bank)),
  stop: async ({ user, by, bank }) => await stopMember({ by, user, slot: 1 }, companyNeeds(bank)),
  resume: async ({ user, by, bank }) =>
    await resumeMember({ by, user, slot: 1 }, companyNeeds(bank)),
  confirm: async ({ user, other, bank }) =>
    await confirmRights({ by: other, user, slot: 1 }, companyNeeds(bank)),
  'confirm own': async ({ user, by, bank }) =>
    await confirmRights({ by, user, slot: 1 }, companyNeeds(bank)),
};

for (const state of SLOT_STATES) {
  test(`from ${state.name}: each move has the outcome that the document says`, async () => {
    await using bank = await openTestBank({ now: state.day });
    const by = await administratorOf(bank, 'kanri01');
    const other = await administratorOf(bank, 'kanri02');
    const outcomes: string[] = [];
    const holds: string[] = [];
    for (const [i, [name, move]] of Object.entries(MOVES).entries()) {
      const user = `u${i}`;
      const placed = await state.place(user, by, bank);
      const before = await whatIsHeld(user, bank);
      const tried = async () => await move({ user, by, other, placed, bank });
      const outcome = await outcomeOf(name, tried);
      outcomes.push(outcome);
      const after = await whatIsHeld(user, bank);
      const isDone = outcome === '●';
      holds.push(isDone ? after.letters : '=');
      if (!isDone) assert.deepEqual(after, before, `${name} was refused, but changed something`);
    }
    assert.deepEqual(outcomes, await rowOf(state.name, 'outcome'));
    assert.deepEqual(holds, await rowOf(state.name, 'held'));
  });
}

async function judged({ certificate }: Placed, bank: TestBank) {
  if (certificate === undefined) throw new Refusal('not-found', 'there is no certificate');
  const der = await bank.db
    .selectFrom('certificate')
    .select('der')
    .where('sha256', '=', certificate.sha256)
    .executeTakeFirstOrThrow();
  const { db, clock } = bank;
  const find: FindRecord = async ({ sha256 }) => await findCertificate(bank.bank.code, sha256, db);
  return await judgeCertificate({ leaf: der.der, inquiry: '7K3M9Q01' }, bank.bank, {
    db,
    clock,
    home: 'file',
    find,
  });
}

async function outcomeOf(name: string, move: () => Promise<unknown>): Promise<string> {
  try {
    await move();
    return '●';
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const letter = LETTERS[refusal.code];
    if (letter === undefined) {
      throw new Error(`${name}: no letter for ${refusal.code}`, { cause: refusal });
    }
    return letter;
  }
}

const STATE_LETTERS: Readonly<Record<CertificateState, string>> = {
  issued: 'i',
  current: 'c',
  suspended: 's',
  superseded: '',
  replaced: '',
  revoked: '',
};

/** What a slot holds, an open code, and the person's marks, in letters; – for nothing at all. */
async function whatIsHeld(
  user: string,
  { db }: TestBank,
): Promise<{ readonly letters: string; readonly offers: number; readonly open: number }> {
  const certificates = await db
    .selectFrom('certificate')
    .select('state')
    .where('user_id', '=', user)
    .orderBy('proved_at')
    .execute();
  const offers = await db
    .selectFrom('acquisition')
    .select('ended_at')
    .where('user_id', '=', user)
    .execute();
  const person = await db
    .selectFrom('person')
    .select(['pin_locked_at', 'stopped_at', 'frozen_at', 'pin_is_initial'])
    .where('user_id', '=', user)
    .executeTakeFirstOrThrow();
  const held = certificates.map(({ state }) => STATE_LETTERS[state]).join('');
  const marks = [
    person.pin_locked_at && 'l',
    person.stopped_at && 'x',
    person.frozen_at && 'f',
    person.pin_is_initial && 'p',
  ];
  const open = offers.filter(({ ended_at: endedAt }) => endedAt === null).length;
  const letters = `${held}${open > 0 ? '*' : ''} ${marks.filter(Boolean).join('')}`;
  return { letters: letters.trim() || '–', offers: offers.length, open };
}

/** The cells of a state's row in one of the document's two tables. */
async function rowOf(state: string, table: 'outcome' | 'held'): Promise<readonly string[]> {
  const lines = (await readFile(DOCUMENT, 'utf8')).split('\n');
  const rows = lines.filter((line) => line.split('|')[1]?.trim() === state);
  const row = table === 'outcome' ? rows[0] : rows[1];
  if (row === undefined) throw new Error(`docs/transitions.md has no row for ${state}`);
  return row
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}
