// The pages of files of users, with sample views.
import type { ImportFault } from '../../src/banking/import-faults.ts';
import type { LetterBatch, LetterKind } from '../../src/banking/letter.ts';
import type { UserImport } from '../../src/banking/user-import.ts';
import { exportPage } from '../../src/console/pages/export-page.ts';
import { importPage } from '../../src/console/pages/import-page.ts';
import { importsPage } from '../../src/console/pages/imports-page.ts';
import { letterBatchPage } from '../../src/console/pages/letter-batch-page.ts';
import { lettersPage } from '../../src/console/pages/letters-page.ts';
import type { Html } from '../../src/http/html.ts';
import type { Language } from '../../src/words/language.ts';
import { SAMPLE_FOUND, SAMPLE_IMPORT, SAMPLE_LETTERS } from './sample-import.ts';
import { orderOf } from './sample-orders.ts';
import type { SamplePage } from './sample-page.ts';
import { FORM, staff, staffFrame } from './sample-staff.ts';

const CHECKED: UserImport = {
  institution: '1394',
  id: SAMPLE_IMPORT.import,
  fileName: SAMPLE_IMPORT.fileName,
  size: SAMPLE_IMPORT.size,
  sha256: new Uint8Array(32).fill(0xa7),
  encoding: 'auto',
  unit: 'contract',
  sentBy: 'tanto01',
  sentAt: new Date('2026-12-09T23:05:00Z'),
  state: 'checked',
  found: SAMPLE_FOUND,
  request: null,
  result: null,
  progress: null,
  endedAt: null,
};
const ASKED = { ...CHECKED, request: '2f0b7c1e-9d54-4c3a-8f16-0a1b2c3d4e5f' };
const UNDER_WAY: UserImport = {
  ...ASKED,
  state: 'approved',
  progress: { stage: 'doing', done: 6_000, of: 12_443 },
};
const DONE: UserImport = {
  ...ASKED,
  state: 'done',
  result: { contracts: 618, users: 12_431, leftOut: 3 },
  endedAt: new Date('2026-12-10T01:12:00Z'),
};
const FAILED: UserImport = { ...ASKED, unit: 'file', state: 'failed', endedAt: DONE.endedAt };

const FAULTS: readonly ImportFault[] = [
  { line: 131, column: 'contract', kind: 'contract-zeros-lost', value: '12345678' },
  { line: 1_204, column: 'role', kind: 'role-unknown', value: '部長' },
  { line: 8_020, column: 'mail', kind: 'mail-form', value: 'takahashi＠example.jp' },
  { line: 8_021, column: 'name', kind: 'private-character', value: '高\u{FFFD} 太郎' },
  { line: 9_775, column: 'user', kind: 'user-twice', value: 'suzuki01' },
];

export const SAMPLE_IMPORT_PAGES: readonly SamplePage[] = [
  { name: 'console-imports', render: (l) => imports(l, [UNDER_WAY, CHECKED, DONE], null) },
  { name: 'console-imports-empty', render: (l) => imports(l, [], '7K3M9QPA') },
  { name: 'console-import-checked', render: (l) => one(l, CHECKED, FAULTS) },
  { name: 'console-import-under-way', render: (l) => one(l, UNDER_WAY, []) },
  { name: 'console-import-done', render: (l) => one(l, DONE, FAULTS) },
  { name: 'console-letters', render: (l) => letters(l, [GIVEN, WAITING], null) },
  { name: 'console-letters-nobody', render: (l) => letters(l, [], '7K3M9QPA') },
  { name: 'console-letter-batch', render: (l) => batch(l, ['codes']) },
  { name: 'console-letter-batch-given', render: (l) => batch(l, []) },
  { name: 'console-export', render: (l) => exporting(l, []) },
  { name: 'console-export-beyond', render: (l) => exporting(l, BEYOND) },
  { name: 'console-import-failed', render: (l) => one(l, FAILED, FAULTS.slice(4)) },
];

const BEYOND = [
  { contract: '00012345678', user: 'yoshino01', signs: ['𠮷'] },
  { contract: '00012345679', user: 'kei02', signs: ['〜', 'é'] },
];

const WAITING: LetterBatch = {
  institution: '1394',
  id: SAMPLE_LETTERS.batch,
  contract: null,
  askedBy: 'tanto01',
  askedAt: new Date('2026-12-10T02:00:00Z'),
  request: ASKED.request,
  codes: null,
  pins: { by: 'tanto01', at: new Date('2026-12-10T04:30:00Z') },
};
const GIVEN: LetterBatch = {
  ...WAITING,
  contract: '00012345678',
  codes: { by: 'shonin01', at: new Date('2026-12-10T05:10:00Z') },
};

function letters(
  language: Language,
  batches: readonly LetterBatch[],
  inquiryNumber: string | null,
): Html {
  const view = { ...staff(language), ...FORM, batches, entered: {}, inquiryNumber };
  return lettersPage(view, staffFrame(language));
}

function batch(language: Language, mayTake: readonly LetterKind[]): Html {
  const one = mayTake.length === 0 ? GIVEN : WAITING;
  const decided = { decidedBy: 'shonin01', decidedAt: new Date('2026-12-10T03:00:00Z') };
  const order = orderOf(SAMPLE_LETTERS, { state: 'done', ...decided });
  const view = { ...staff(language), ...FORM, batch: one, order, mayTake };
  return letterBatchPage(view, staffFrame(language));
}

function exporting(language: Language, beyond: typeof BEYOND): Html {
  const entered = { institution: '1394', encoding: 'cp932' };
  return exportPage({ ...staff(language), ...FORM, entered, beyond }, staffFrame(language));
}

function imports(
  language: Language,
  list: readonly UserImport[],
  inquiryNumber: string | null,
): Html {
  const view = { ...staff(language), ...FORM, imports: list, inquiryNumber };
  return importsPage(view, staffFrame(language));
}

function one(language: Language, kept: UserImport, faults: readonly ImportFault[]): Html {
  const request = kept.request === null ? null : 'done';
  return importPage({ ...staff(language), ...FORM, kept, request, faults }, staffFrame(language));
}
