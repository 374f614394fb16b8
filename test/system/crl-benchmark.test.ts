// The database of the CRL benchmark fits the tables as they are: a small list is made from it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondsFromDatabase } from '../../bench/crl-from-database.ts';

test('the benchmark makes a CRL from a database of its own', async () => {
  const told: string[] = [];
  assert.ok((await secondsFromDatabase(1_000, (line) => told.push(line))) > 0);
  assert.ok(told.length > 0);
});
