import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Load } from './load.ts';

test('too many requests at once are too much, until one ends', () => {
  using load = new Load({ inFlight: 2, loopDelayMilliseconds: 60_000 });
  load.enter();
  assert.equal(load.isOver, false);
  const leave = load.enter();
  assert.equal(load.isOver, true);
  leave();
  assert.equal(load.isOver, false);
  load.enter();
  leave();
  assert.equal(load.isOver, true);
});

test('a blocked event loop is too much, until it runs freely again', async () => {
  using load = new Load({ inFlight: 10, loopDelayMilliseconds: 200 });
  const until = performance.now() + 500;
  while (performance.now() < until);
  while (!load.isOver) await turn();
  while (load.isOver) await turn();
});
