// Sequencing the audit log: nothing is lost, nothing is taken twice, and nothing is signed that does not go
// on from what was signed before.
import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { parseCheckpoint } from '../../src/audit/checkpoint.ts';
import { Frontier } from '../../src/audit/frontier.ts';
import { openNote } from '../../src/audit/signed-note.ts';
import { nodeVerifier } from '../../src/keys/node-verifier.ts';
import { anchorFile, newestAnchor } from '../../src/operations/anchor-file.ts';
import { sha256 } from '../../src/operations/checkpoint-signer.ts';
import { readHead } from '../../src/store/audit-tree.ts';
import { connectionTo } from '../../src/store/database-address.ts';
import { openTestAudit, type TestAudit } from './test-audit.ts';

/** The root by the leaves as they lie in the database, and the signed one. */
async function rootsOf({ db, signer }: TestAudit) {
  const { rows } = await sql<{ hash: Uint8Array }>`
    select hash from audit_leaf order by position`.execute(db);
  const frontier = new Frontier(sha256);
  for (const { hash } of rows) frontier.append(new Uint8Array(hash));
  const { note } = await readHead(db);
  const { text } = openNote(note ?? '', signer.key, nodeVerifier);
  return { signed: parseCheckpoint(text), size: rows.length, root: frontier.root() };
}

async function sequencedEntries({ db }: TestAudit): Promise<readonly number[]> {
  const { rows } = await sql<{ entry: number }>`
    select entry from audit_leaf order by position`.execute(db);
  return rows.map(({ entry }) => entry);
}

test('entries get into the tree in the order of their numbers, and the root is signed', async () => {
  await using audit = await openTestAudit();
  const sequencer = audit.sequencer();
  assert.deepEqual(await sequencer.sequence(), {
    kind: 'sequenced',
    count: 0,
    isCaughtUp: true,
    oldest: undefined,
  });
  for (const count of [1, 2, 300, 0, 255, 7]) {
    await audit.append(count);
    const step = await sequencer.sequence();
    assert.ok(step.kind === 'sequenced' && step.count === count);
    const { signed, size, root } = await rootsOf(audit);
    assert.deepEqual([signed.size, signed.root], [size, root]);
  }
  const entries = await sequencedEntries(audit);
  assert.deepEqual(
    entries,
    entries.toSorted((a, b) => a - b),
  );
  assert.equal(entries.length, 565);
});

test('an entry that is committed after one with a greater number is not lost', async () => {
  await using audit = await openTestAudit();
  const sequencer = audit.sequencer();
  const late = new pg.Client(connectionTo(audit.address));
  await late.connect();
  try {
    await late.query('begin');
    const { rows } = await late.query<{ entry: string }>(
      `insert into audit_entry (institution, at, event, detail)
       values ('1394', now(), 'logged-in', '{}') returning entry`,
    );
    const number = Number(rows[0]?.entry);
    // Many steps, so that everything that could be settled without it is.
    for (let i = 0; i < 5; i++) {
      await audit.append(2);
      await sequencer.sequence();
      assert.ok((await readHead(audit.db)).settled < number);
    }
    await late.query('commit');
    const step = await sequencer.sequence();
    assert.ok(step.kind === 'sequenced' && step.count === 1);
    assert.equal((await sequencedEntries(audit)).at(-1), number);
    for (let i = 0; i < 3; i++) {
      await audit.append(1);
      await sequencer.sequence();
    }
    assert.ok((await readHead(audit.db)).settled > number);
  } finally {
    await late.end();
  }
});

test('several sequencers and writers at once: every entry is in the tree once', async () => {
  await using audit = await openTestAudit();
  const sequencers = Array.from({ length: 3 }, () => audit.sequencer());
  let isWriting = true;
  const sequencing = sequencers.map(async (one) => {
    while (isWriting) await one.sequence();
  });
  const writing = Array.from({ length: 4 }, async () => {
    for (let i = 0; i < 30; i++) await audit.append(2);
  });
  await Promise.all(writing);
  isWriting = false;
  await Promise.all(sequencing);
  await audit.sequencer().sequence();
  const { signed, size, root } = await rootsOf(audit);
  assert.deepEqual([size, signed.size, signed.root], [240, 240, root]);
  assert.equal(new Set(await sequencedEntries(audit)).size, 240);
});

test('a checkpoint leaves for the file outside once, and a line cut off is no obstacle', async () => {
  await using audit = await openTestAudit();
  const sequencer = audit.sequencer();
  await sequencer.anchor();
  assert.equal(await newestAnchor(audit.folder), undefined);
  await audit.append(3);
  await sequencer.anchor();
  await sequencer.anchor();
  await appendFile(anchorFile(audit.folder), '{"at":"2027-');
  assert.equal((await newestAnchor(audit.folder))?.checkpoint.size, 3);
  await audit.append(2);
  await audit.sequencer().anchor();
  const newest = await newestAnchor(audit.folder);
  assert.deepEqual(
    [newest?.checkpoint.size, newest?.isCaughtUp, newest?.at],
    [5, true, audit.clock.now()],
  );
  assert.equal((await readFile(anchorFile(audit.folder), 'utf8')).trimEnd().split('\n').length, 3);
});

test('nothing is signed while the place outside is not there', async () => {
  await using audit = await openTestAudit();
  await audit.append(1);
  const nowhere = join(audit.folder, 'not-mounted');
  await assert.rejects(audit.sequencer(nowhere).sequence(), { code: 'ENOENT' });
  assert.equal((await readHead(audit.db)).size, 0);
});

const BROKEN: readonly { name: string; statements: readonly string[]; says: RegExp }[] = [
  {
    name: 'a database of an earlier time',
    statements: [
      'delete from audit_leaf where position >= 4',
      "update audit_head set size = 4, settled = 4, note = '#4'",
    ],
    says: /has 4 entries, but 6 were signed already/,
  },
  {
    name: 'a leaf that is not the one signed',
    statements: ["update audit_leaf set hash = sha256('x') where position = 5"],
    says: /not lead to the root|not the one of its last checkpoint/,
  },
  {
    name: 'a leaf that is gone',
    statements: ['delete from audit_leaf where position = 2'],
    says: /lacks nodes of the entries/,
  },
  {
    name: 'a checkpoint that another key has signed',
    statements: ["update audit_head set note = replace(note, E'\\n\\n', E'\\nmore\\n\\n')"],
    says: /checkpoint: not an origin/,
  },
];

for (const { name, statements, says } of BROKEN) {
  test(`a sequencer that finds ${name} signs nothing`, async () => {
    await using audit = await openTestAudit();
    const first = audit.sequencer();
    await audit.append(4);
    await first.sequence();
    const { note } = await readHead(audit.db);
    await audit.append(2);
    await first.anchor();
    for (const statement of statements) {
      await audit.asOwner(statement.replace('#4', (note ?? '').replaceAll("'", "''")));
    }
    const before = await readHead(audit.db);
    await audit.append(1);
    await assert.rejects(audit.sequencer().sequence(), says);
    assert.deepEqual(await readHead(audit.db), before);
  });
}
