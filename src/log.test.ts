import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeError } from './log.ts';

test('an error is described by name, message, code, place and causes, and by nothing else it holds', () => {
  const cause = Object.assign(new TypeError('inner'), { client: { secretKey: 'do not tell' } });
  const error = Object.assign(new Error('outer', { cause }), {
    code: '57P01',
    client: cause.client,
  });
  const described = describeError(error);
  assert.deepEqual(Object.keys(described), ['name', 'message', 'code', 'stack', 'cause']);
  const { name, message, code, stack } = described;
  assert.deepEqual([name, message, code], ['Error', 'outer', '57P01']);
  assert.match(String(stack), /log\.test\.ts/);
  assert.match(JSON.stringify(described), /TypeError.*inner/);
  assert.doesNotMatch(JSON.stringify(described), /do not tell/);
});

test('the several errors of one failure are all told, and a circle of causes ends', () => {
  const several = new AggregateError([new Error('first address'), new Error('second address')]);
  assert.match(JSON.stringify(describeError(several)), /first address.*second address/);
  const circle = new Error('circle');
  circle.cause = circle;
  assert.match(JSON.stringify(describeError(circle)), /circle/);
  assert.deepEqual(describeError('no error'), { message: 'no error' });
});
