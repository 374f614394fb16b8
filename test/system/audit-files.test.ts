// What leaves the house of the audit log: exports and proofs that stand alone, and entries that go by rule.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEntryProof } from '../../src/audit/entry-proof.ts';
import { Refusal } from '../../src/errors.ts';
import { nodeVerifier } from '../../src/keys/node-verifier.ts';
import { sha256 } from '../../src/operations/checkpoint-signer.ts';
import { exportAudit, verifyExport } from '../../src/operations/export-audit.ts';
import { proveEntry } from '../../src/operations/prove-entry.ts';
import { retireEntries } from '../../src/operations/retire-entries.ts';
import { verifyAudit } from '../../src/operations/verify-audit.ts';
import { openDatabase } from '../../src/store/database.ts';
import { openTestAudit, type TestAudit } from './test-audit.ts';
import { quietLog } from './test-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MEANS = { hash: sha256, verifier: nodeVerifier };
const codeIs = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code;

function needsOf({ db, signer, folder, clock }: TestAudit, retentionDays: number | null = null) {
  const onProgress = () => {};
  return { db, key: signer.key, anchorFolder: folder, retentionDays, clock, onProgress };
}

async function exported({ db }: TestAudit, institution: string | null): Promise<string[]> {
  const parts: string[] = [];
  await exportAudit(institution, async (lines) => void parts.push(lines), db);
  return parts.join('').trimEnd().split('\n');
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function moveOn({ clock }: TestAudit, days: number): Promise<void> {
  clock.set(new Date(clock.now().getTime() + days * DAY_MS));
}

test('an export is verified alone; one of an institution shows nothing of the others', async () => {
  await using audit = await openTestAudit();
  await audit.append(300);
  await audit.sequencer().anchor();
  for (const institution of [null, '1394', '1395']) {
    const lines = await exported(audit, institution);
    const report = await verifyExport(() => each(lines), needsOf(audit));
    assert.deepEqual([report.findings, report.size], [[], 300]);
    const others =
      institution === null ? [] : ['1394', '1395'].filter((one) => one !== institution);
    for (const other of others) assert.ok(!lines.join().includes(`"${other}"`));
  }
  const lines = await exported(audit, null);
  const other = JSON.stringify('user17').slice(1, -1);
  for (const { name, edited, position } of [
    {
      name: 'changed',
      edited: lines.map((line) => line.replace(`"${other}\\`, `"user99\\`)),
      position: 17,
    },
    { name: 'deleted', edited: lines.toSpliced(18, 1), position: 17 },
    { name: 'truncated', edited: lines.slice(0, 18), position: 17 },
    {
      name: 'head of another tree',
      edited: [lines[0]?.replace('\\n300\\n', '\\n299\\n') ?? '', ...lines.slice(1)],
      position: 0,
    },
  ]) {
    const report = await verifyExport(() => each(edited), needsOf(audit));
    const [first] = report.findings;
    assert.ok(first !== undefined, name);
    if (position > 0) assert.ok(first.from <= position && position <= first.to, name);
  }
  await assert.rejects(
    verifyExport(() => each([]), needsOf(audit)),
    codeIs('malformed'),
  );
});

test('the proof of an entry is checked with the key alone, and is of no other log', async () => {
  await using audit = await openTestAudit();
  await audit.append(70);
  await audit.sequencer().sequence();
  const file = await proveEntry(42, audit.db);
  const { entry, position } = checkEntryProof(file, audit.signer.key, MEANS);
  assert.deepEqual([entry.entry, entry.user, position], ['42', 'user41', 41]);
  await using other = await openTestAudit();
  assert.throws(() => checkEntryProof(file, other.signer.key, MEANS), codeIs('bad-signature'));
  await assert.rejects(proveEntry(9999, audit.db), codeIs('not-found'));
});

test('entries go by rule: the tree stands, and what goes sooner or more is found', async () => {
  await using audit = await openTestAudit();
  await using owner = openDatabase(audit.owner, { log: quietLog, poolSize: 2 });
  const sequencer = audit.sequencer();
  await audit.append(40);
  await sequencer.anchor();
  await moveOn(audit, 300);
  await audit.append(10);
  await sequencer.anchor();
  const ofOwner = (days: number | null) => ({ ...needsOf(audit, days), db: owner });
  await assert.rejects(retireEntries(ofOwner(null)), codeIs('policy-forbids'));
  assert.deepEqual(await retireEntries(ofOwner(365)), []);
  await assert.rejects(retireEntries(needsOf(audit, 100)), { code: '42501' });
  await moveOn(audit, 66);
  const removed = await retireEntries(ofOwner(365));
  assert.deepEqual(removed, [
    { institution: '1394', entries: 27 },
    { institution: '1395', entries: 13 },
  ]);
  // At once, and when the record has itself become part of the tree.
  for (const step of ['now', 'sequenced']) {
    if (step === 'sequenced') await sequencer.anchor();
    const report = await verifyAudit(needsOf(audit, 365));
    assert.deepEqual([report.findings, report.retired], [[], 40]);
  }
  await assert.rejects(proveEntry(3, audit.db), codeIs('not-found'));
  const lines = await exported(audit, '1394');
  assert.deepEqual((await verifyExport(() => each(lines), needsOf(audit, 365))).findings, []);
  const forever = await verifyAudit(needsOf(audit, null));
  assert.deepEqual([forever.findings.length, forever.findings[0]?.kind], [40, 'deleted']);
  // A record that says to allow more, forged as one can forge rows.
  await audit.asOwner(
    `insert into audit_entry (institution, at, event, detail)
    values ('1394', $1, 'entries-retired', '{"before": 45}')`,
    [audit.clock.now()],
  );
  await audit.asOwner('delete from audit_entry where entry between 41 and 45');
  const forged = await verifyAudit(needsOf(audit, 365));
  assert.deepEqual(
    forged.findings.map(({ kind, from }) => [kind, from]),
    [40, 41, 42, 43, 44].map((position) => ['deleted', position]),
  );
  await assert.rejects(retireEntries(ofOwner(365)), codeIs('invalid-input'));
});
