// Edits of the audit log directly in PostgreSQL, drawn by a seed, as the owner of the tables could make
// them; some mend leaves, nodes and the signed head as well. No test itself.
import { hash } from 'node:crypto';
import { type AuditReport, verifyAudit } from '../../src/operations/verify-audit.ts';
import { pick, type Random, seededRandom } from '../fuzz/random.ts';
import { rebuildTree } from './rebuild-tree.ts';
import type { TestAudit } from './test-audit.ts';

/** The log that is edited, and where the newest checkpoint outside ends. */
export type EditedLog = { readonly audit: TestAudit; readonly anchored: number };

/** An edit that was drawn: what it does, at which position, and what verification made of it. */
export type EditOutcome = {
  readonly kind: string;
  readonly reach: Reach;
  readonly position: number;
  readonly report: AuditReport;
  /** Whether the first wrong place that was named is, or holds, the place of the edit. */
  readonly isPlaceNamed: boolean;
};

/** How far an edit goes: the entry only, its leaf too, or the tree made and signed anew. */
const REACHES = ['entry', 'leaf', 'tree'] as const;
type Reach = (typeof REACHES)[number];

type Spot = { readonly position: number; readonly other: number; readonly draw: Random };
/** Does the edit; the number of an entry that it adds, where it adds one. */
type Edit = (spot: Spot, reach: Reach, audit: TestAudit) => Promise<string | undefined>;

const OF_LEAF = `from audit_leaf l
  where l.institution = e.institution and l.entry = e.entry and l.position`;
const CHANGES = [
  `event = 'logged-off'`,
  `at = at + interval '1 microsecond'`,
  `contract = '00099999999'`,
  `user_id = user_id || 'x'`,
  `certificate = sha256('another')`,
  `inquiry = 'AAAA2222'`,
  `detail = detail || '{"isFirst": "no"}'`,
  `detail = jsonb_set(detail, '{number}', to_jsonb((detail->>'number')::numeric + 0.5))`,
  'salt = gen_random_uuid()',
  'contract = null',
];
const COLUMNS = 'at, event, contract, user_id, certificate, inquiry, detail, salt';

/** The kinds of edit. */
export const EDITS: Readonly<Record<string, Edit>> = {
  changed: async ({ position, draw }, reach, audit) => {
    const change = pick(draw, CHANGES);
    await audit.asOwner(`update audit_entry e set ${change} ${OF_LEAF} = $1`, [position]);
    if (reach === 'leaf') await rebuildTree(audit, [position]);
    return undefined;
  },
  deleted: async ({ position }, reach, audit) => {
    await audit.asOwner(
      `delete from audit_entry e using audit_leaf l
       where l.institution = e.institution and l.entry = e.entry and l.position = $1`,
      [position],
    );
    if (reach !== 'entry') {
      await audit.asOwner('delete from audit_leaf where position = $1', [position]);
      await shiftLeaves(audit, position + 1, -1);
    }
    return undefined;
  },
  inserted: async ({ position, draw }, reach, audit) => {
    // With a number as any new entry has it, or with one that was never used.
    const number = draw(2) === 0 ? `nextval('audit_entry_entry_seq')` : '0';
    const [row] = await audit.asOwner(
      `insert into audit_entry (institution, entry, ${COLUMNS}) overriding system value
       select e.institution, ${number}, e.at, e.event, e.contract, 'mallory', e.certificate,
         e.inquiry, e.detail, gen_random_uuid()
       from audit_entry e join audit_leaf l on l.institution = e.institution and l.entry = e.entry
       where l.position = $1 returning institution, entry`,
      [position],
    );
    if (reach !== 'entry') {
      await shiftLeaves(audit, position, 1);
      await audit.asOwner('insert into audit_leaf values ($1, $2, $3, $4)', [
        position,
        row?.['institution'],
        row?.['entry'],
        hash('sha256', '', 'buffer'),
      ]);
      if (reach === 'leaf') await rebuildTree(audit, [position]);
    }
    return String(row?.['entry']);
  },
  reordered: async ({ position, other }, reach, audit) => {
    if (reach === 'entry') {
      await audit.asOwner(
        `update audit_entry e set (${COLUMNS}) = (select ${COLUMNS} from audit_entry f
           join audit_leaf m using (institution, entry) where m.position = $1::bigint + $2::bigint - l.position)
         from audit_leaf l where l.institution = e.institution and l.entry = e.entry
           and l.position in ($1, $2)`,
        [position, other],
      );
      return undefined;
    }
    await audit.asOwner(
      'update audit_leaf set position = position + 1000000 where position in ($1, $2)',
      [position, other],
    );
    await audit.asOwner(
      'update audit_leaf set position = $1::bigint + $2::bigint + 1000000 - position where position >= 1000000',
      [position, other],
    );
    return undefined;
  },
  truncated: async ({ position }, reach, audit) => {
    await audit.asOwner(
      `delete from audit_entry e using audit_leaf l
       where l.institution = e.institution and l.entry = e.entry and l.position >= $1`,
      [position],
    );
    if (reach !== 'entry') {
      await audit.asOwner('delete from audit_leaf where position >= $1', [position]);
    }
    return undefined;
  },
};

/** Makes the edit that a number stands for, verifies, and puts everything back. */
export async function tryEdit(seed: number, log: EditedLog): Promise<EditOutcome> {
  const { audit, anchored } = log;
  const draw = seededRandom(seed);
  const [kind, edit] = pick(draw, Object.entries(EDITS));
  const reach = pick(draw, REACHES);
  const first = draw(anchored - 1);
  const second = first + 1 + draw(anchored - 1 - first);
  const spot = { position: first, other: second, draw };
  const added = await edit(spot, reach, audit);
  if (reach === 'tree') await rebuildTree(audit);
  const report = await verifyTestAudit(audit);
  await putBack(audit);
  const [found] = report.findings;
  const isPlaceNamed =
    found !== undefined &&
    ((found.from <= first && first <= found.to) ||
      report.findings.some(({ name }) => added !== undefined && name?.entry === added));
  return { kind, reach, position: first, report, isPlaceNamed };
}

/** Verifies as the program would; entries are never removed by rule. */
export async function verifyTestAudit(audit: TestAudit): Promise<AuditReport> {
  const { db, signer, folder, clock } = audit;
  return await verifyAudit({
    db,
    key: signer.key,
    anchorFolder: folder,
    retentionDays: null,
    clock,
    onProgress: () => {},
  });
}

/** Fills a log: some hundred entries, several checkpoints outside, and some entries after the newest. */
export async function fillLog(audit: TestAudit): Promise<EditedLog> {
  const sequencer = audit.sequencer();
  for (const count of [1, 120, 200, 3, 250]) {
    await audit.append(count);
    await sequencer.anchor();
    audit.clock.set(new Date(audit.clock.now().getTime() + 3_600_000));
  }
  await audit.append(1);
  await sequencer.anchor();
  await audit.append(20);
  await sequencer.sequence();
  for (const table of TABLES) await audit.asOwner(`create table kept_${table} as table ${table}`);
  return { audit, anchored: 575 };
}

const TABLES = ['audit_entry', 'audit_leaf', 'audit_node', 'audit_head'] as const;

async function putBack(audit: TestAudit): Promise<void> {
  await audit.asOwner(`truncate ${TABLES.join(', ')}`);
  for (const table of TABLES) {
    await audit.asOwner(`insert into ${table} overriding system value select * from kept_${table}`);
  }
}

async function shiftLeaves(audit: TestAudit, from: number, by: number): Promise<void> {
  await audit.asOwner('update audit_leaf set position = position + 1000000 where position >= $1', [
    from,
  ]);
  await audit.asOwner(
    'update audit_leaf set position = position - 1000000 + $1::bigint where position >= 1000000',
    [by],
  );
}
