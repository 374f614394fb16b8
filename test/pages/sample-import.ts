// A file of users, as it is asked for.
import type { OrderContent } from '../../src/banking/order.ts';
import type { ImportFound } from '../../src/banking/user-import.ts';

/** What was found in it. */
export const SAMPLE_FOUND: ImportFound = {
  encoding: 'cp932',
  lines: 12_480,
  contracts: 618,
  newContracts: 604,
  users: 12_431,
  unchanged: 12,
  faultyContracts: 3,
  faults: 5,
};

export const SAMPLE_IMPORT = {
  kind: 'import-users',
  institution: '1394',
  import: '7d1c2b3a-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  fileName: '利用者_2026-12.csv',
  size: 1_874_233,
  sha256: 'a7'.repeat(32),
  unit: 'contract',
  found: SAMPLE_FOUND,
  from: 'server',
} as const satisfies OrderContent;

/** Letters to those who came by it. */
export const SAMPLE_LETTERS = {
  kind: 'print-letters',
  institution: '1394',
  batch: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  contract: null,
  letters: 500,
} as const satisfies OrderContent;
