import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownWork } from './statement-reader.ts';

test('a transaction that queues mails by itself is of no journey, the next one on its connection is', () => {
  const isOwn = ownWork();
  const told = 'insert into "mail" ("about") values ($1) on conflict do nothing';
  const statements = [
    ['begin', false],
    ['select "position" from "mail_cursor" for update', true],
    [told, true],
    ['update "mail_cursor" set "position" = $1', true],
    ['commit', true],
    ['update "session" set "seen_at" = $1', false],
    ['begin isolation level read committed', false],
    [told, false],
    ['commit', false],
    ['with moved as ( update audit_head set size = $1', true],
    ['update "person" set "pin_errors" = $1', false],
  ] as const;
  for (const [sql, expected] of statements) assert.equal(isOwn({ sql }), expected, sql);
});
