// What a file of users would do, against a real database: each kind of fault, and that nothing is changed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ImportFaultKind } from '../../src/banking/import-faults.ts';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import { type ImportPlan, planImport } from '../../src/operations/plan-import.ts';
import {
  BEYOND_CP932,
  contractId,
  FAULTY_LINES,
  fileOf,
  goodLines,
  lineOf,
} from './import-files.ts';
import { openTestBank, type TestBank } from './test-bank.ts';

const FAULTY_COUNT = 1_000;

let bank: TestBank;
before(async () => {
  bank = await openTestBank();
});
after(async () => {
  await bank[Symbol.asyncDispose]();
});

for (const [kind, faulty] of Object.entries(FAULTY_LINES)) {
  test(`a line is told to have this fault and no other: ${kind}`, async () => {
    const { faults } = await plan([...goodLines(1, 2, 5), faulty(contractId(77))]);
    assert.deepEqual(kindsOf(faults), [kind]);
    assert.equal(faults[0]?.line, 4);
  });
}

const TOGETHER: readonly {
  readonly name: string;
  readonly lines: readonly string[];
  readonly want: readonly (readonly [number, ImportFaultKind])[];
}[] = [
  {
    name: 'a user ID twice, in other capitals',
    lines: [lineOf(), lineOf({ user: 'AOBA01' })],
    want: [[3, 'user-twice']],
  },
  {
    name: 'a contract of two names',
    lines: [lineOf(), lineOf({ user: 'aoba02', contractName: '株式会社あおば' })],
    want: [[3, 'contract-differs-in-file']],
  },
  {
    name: 'more users than policy allows',
    lines: goodLines(1, DEFAULT_POLICY.usersPerContract + 1),
    want: [[2, 'too-many-users']],
  },
];

for (const { name, lines, want } of TOGETHER) {
  test(`lines are held against each other: ${name}`, async () => {
    const { faults } = await plan(lines);
    assert.deepEqual(
      faults.map(({ line, kind }) => [line, kind]),
      want,
    );
  });
}

test('lines are held against what is on record', async () => {
  const { contract } = await bank.register('suzuki01');
  const on = { contract, contractName: '', contractKana: '' };
  const { faults, counts } = await plan([
    lineOf({ ...on, user: 'suzuki01', name: '別の 名前', role: '利用者', kana: '', mail: '' }),
    lineOf({ ...on, user: 'tanaka01' }),
  ]);
  assert.deepEqual(kindsOf(faults), ['user-differs']);
  assert.equal(counts.users, 0);
  const other = await plan([lineOf({ ...on, user: 'SUZUKI01' })]);
  assert.deepEqual(kindsOf(other.faults), ['user-other-capitals']);
  const named = await plan([lineOf({ contract, user: 'tanaka01' })]);
  assert.deepEqual(kindsOf(named.faults), ['contract-differs', 'contract-differs']);
});

test('a thousand faulty lines of more than twenty kinds are a thousand lines of report, and change nothing', async () => {
  const before = await peopleOnRecord();
  const makers = Object.values(FAULTY_LINES);
  assert.ok(makers.length >= 20);
  const faulty = Array.from({ length: FAULTY_COUNT }, (_, place) => {
    const make = makers[place % makers.length];
    return make === undefined ? '' : make(contractId(50_000 + place));
  });
  const { faults, lines, counts } = await plan([...goodLines(100, 10), ...faulty]);
  assert.equal(lines, 2_000);
  assert.equal(faults.length, FAULTY_COUNT);
  assert.equal(new Set(faults.map(({ line }) => line)).size, FAULTY_COUNT);
  assert.ok(new Set(kindsOf(faults)).size >= 20);
  assert.equal(counts.users, 0);
  assert.equal(await peopleOnRecord(), before);
});

test('by contract, those without a fault are to be done, and the others are not', async () => {
  const lines = [...goodLines(3, 2), lineOf({ contract: contractId(2), user: 'x!' })];
  const { counts, faultyContracts } = await plan(lines, 'contract');
  assert.deepEqual(counts, { contracts: 2, newContracts: 2, users: 4, unchanged: 0 });
  assert.equal(faultyContracts, 1);
});

test('characters beyond CP932 come through in UTF-8, and what neither encoding has is refused', async () => {
  const utf8 = await plan([lineOf({ name: BEYOND_CP932 })]);
  assert.equal(utf8.planned[0]?.users[0]?.name, BEYOND_CP932);
  const broken = Buffer.concat([fileOf(goodLines(1, 1)), Buffer.from([0xff, 0x0a])]);
  const { faults, encoding } = await planOf(broken, 'file');
  assert.equal(encoding, null);
  assert.deepEqual(
    faults.map(({ line, kind }) => [line, kind]),
    [[3, 'encoding']],
  );
});

for (const [name, file, want] of [
  ['an empty file', Buffer.from(''), 'no-lines'],
  ['a header alone', fileOf([]), 'no-lines'],
  ['tabs in place of commas', Buffer.from('ご契約先ID\t利用者ID\t氏名\t区分\n'), 'tabs'],
] as const) {
  test(`${name} has no plan`, async () => {
    const { faults, counts } = await planOf(file, 'contract');
    assert.ok(kindsOf(faults).includes(want));
    assert.equal(counts.users, 0);
  });
}

async function plan(lines: readonly string[], unit: 'file' | 'contract' = 'file') {
  return await planOf(fileOf(lines), unit);
}

async function planOf(file: Uint8Array, unit: 'file' | 'contract'): Promise<ImportPlan> {
  const asked = {
    institution: bank.bank.code,
    encoding: 'auto',
    unit,
    policy: DEFAULT_POLICY,
  } as const;
  return await planImport(file, asked, { db: bank.db, onProgress: async () => {} });
}

function kindsOf(faults: ImportPlan['faults']): readonly ImportFaultKind[] {
  return faults.map(({ kind }) => kind);
}

async function peopleOnRecord(): Promise<number> {
  const { count } = await bank.db
    .selectFrom('person')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
