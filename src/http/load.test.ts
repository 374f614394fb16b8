import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Load, type LoadLimits } from './load.ts';

const WIDE: LoadLimits = {
  atOnce: 2,
  waitMilliseconds: 60_000,
  inFlight: 1_000,
  loopDelayMilliseconds: 60_000,
};
const OVERLOADED = { code: 'overloaded' };

/** Who has begun, in their order. */
function crowd(load: Load) {
  const begun: string[] = [];
  const enter = (address: string) => {
    const place = load.enter(address);
    const outcome = place.turn.then(
      () => void begun.push(address),
      () => void begun.push(`${address} refused`),
    );
    return { ...place, outcome };
  };
  return { begun, enter };
}

test('so many are worked on at once; the others wait for their turn, in their order', async () => {
  using load = new Load(WIDE);
  const { begun, enter } = crowd(load);
  const places = ['a', 'b', 'c', 'd'].map(enter);
  await turn();
  assert.deepEqual(begun, ['a', 'b']);
  places[0]?.leave();
  places[0]?.leave();
  await turn();
  assert.deepEqual(begun, ['a', 'b', 'c']);
  places[1]?.leave();
  await places[3]?.outcome;
  assert.deepEqual(begun, ['a', 'b', 'c', 'd']);
});

test('whoever sends the most waits the longest', async () => {
  using load = new Load({ ...WIDE, atOnce: 1 });
  const { begun, enter } = crowd(load);
  const places = ['many', 'many', 'many', 'many', 'one', 'other'].map(enter);
  for (const index of [0, 1, 4, 5, 2, 3]) {
    await places[index]?.outcome;
    places[index]?.leave();
  }
  assert.deepEqual(begun, ['many', 'many', 'one', 'other', 'many', 'many']);
});

test('whoever goes while waiting takes nobody’s turn', async () => {
  using load = new Load({ ...WIDE, atOnce: 1 });
  const { begun, enter } = crowd(load);
  const [first, gone, next] = ['first', 'gone', 'next'].map(enter);
  gone?.leave();
  first?.leave();
  await next?.outcome;
  assert.deepEqual(begun, ['first', 'gone refused', 'next']);
});

test('who would wait too long, as measured, is turned away at once', () => {
  using load = new Load({ ...WIDE, atOnce: 1, waitMilliseconds: 1_000 });
  // One after the other takes ten milliseconds at least: so no more than a hundred may wait.
  for (let i = 0; i < 50; i += 1) {
    const { leave } = load.enter('a');
    const until = performance.now() + 20;
    while (performance.now() < until);
    leave();
  }
  const { enter } = crowd(load);
  const first = enter('a');
  let waiting = 0;
  for (; !load.isOver('a'); waiting += 1) enter('a');
  assert.ok(waiting > 0 && waiting <= 100, `${waiting} wait`);
  assert.throws(() => load.enter('a'), OVERLOADED);
  assert.equal(load.isOver('b'), waiting < 2, 'another address waits for two turns at most');
  first.leave();
  assert.equal(load.isOver('a'), false);
});

test('where each request is slow, fewer are begun at once, but always some', async () => {
  using load = new Load({ ...WIDE, atOnce: 64, waitMilliseconds: 80 });
  for (let i = 0; i < 100; i += 1) {
    const { leave } = load.enter('a');
    const until = performance.now() + 12;
    while (performance.now() < until);
    leave();
  }
  let begun = 0;
  for (; !load.isOver('a'); begun += 1) await load.enter('a').turn;
  assert.ok(begun >= 7 && begun <= 9, `${begun} are begun`);
});

test('who has waited too long all the same is refused, though nothing moves', async () => {
  using load = new Load({ ...WIDE, atOnce: 1, waitMilliseconds: 50 });
  const held = load.enter('a');
  await assert.rejects(load.enter('b').turn, OVERLOADED);
  held.leave();
  await load.enter('b').turn;
});

test('those in a queue of their own take no place of others, but are counted in all', async () => {
  using load = new Load({ ...WIDE, atOnce: 1, inFlight: 3 });
  const [one] = [load.enterOwnQueue(), load.enterOwnQueue()];
  await load.enter('a').turn;
  assert.throws(() => load.enter('a'), OVERLOADED);
  assert.throws(() => load.enterOwnQueue(), OVERLOADED);
  one?.leave();
  one?.leave();
  const { leave } = load.enterOwnQueue();
  assert.equal(load.isOver('a'), true);
  leave();
  assert.equal(load.isOver('a'), false);
});

test('an event loop that is late again and again is too much, until it runs freely again', async () => {
  using load = new Load({ ...WIDE, loopDelayMilliseconds: 200 });
  const block = () => {
    const until = performance.now() + 500;
    while (performance.now() < until);
  };
  while (!load.isOver('a')) {
    block();
    await turn();
  }
  assert.equal(load.isLate, true);
  while (load.isOver('a')) await turn();
});
