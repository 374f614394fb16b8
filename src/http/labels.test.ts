import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMark, LABEL_COUNT, makeMark, nextLabel, proofLabel } from './labels.ts';

const KEY = Buffer.alloc(32, 1);
const OF = { institution: '1394', label: 'm-0007', key: KEY };
const NOON = new Date('2026-11-25T03:00:00Z');
const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);

test('labels follow each other and start again after the last', () => {
  assert.deepEqual(nextLabel(6), { step: 7, label: 'm-0007' });
  assert.deepEqual(nextLabel(LABEL_COUNT / 2 - 1), { step: 0, label: 'm-0000' });
});

for (const step of [undefined, -1, LABEL_COUNT / 2, 1.5, Number.NaN]) {
  test(`after the step ${step} some label of the pool follows`, () => {
    assert.match(nextLabel(step).label, /^m-[0-2]\d{3}$/);
    assert.ok(nextLabel(step).step < LABEL_COUNT / 2);
  });
}

test('確認 has labels of its own, and never the one the browser is on', () => {
  for (const current of ['m-0007', 'm-2047', undefined, 'x']) {
    const step = Number(proofLabel(current).slice(2));
    assert.ok(step >= LABEL_COUNT / 2 && step < LABEL_COUNT, `${current}: ${step}`);
  }
  assert.equal(proofLabel('m-2048'), 'm-2049');
  assert.equal(proofLabel('m-4095'), 'm-2048');
});

const MARKS = [
  { name: 'at once', mark: makeMark(OF, NOON), of: OF, now: NOON, want: 'fresh' },
  { name: 'after 4:59', mark: makeMark(OF, NOON), of: OF, now: after(299), want: 'fresh' },
  { name: 'after 9:59', mark: makeMark(OF, NOON), of: OF, now: after(599), want: 'fresh' },
  { name: 'after 10:00', mark: makeMark(OF, NOON), of: OF, now: after(600), want: 'stale' },
  { name: 'from the future', mark: makeMark(OF, after(600)), of: OF, now: NOON, want: 'stale' },
  {
    name: 'of another label',
    mark: makeMark(OF, NOON),
    of: { ...OF, label: 'm-0008' },
    now: NOON,
    want: 'stale',
  },
  {
    name: 'of another institution',
    mark: makeMark(OF, NOON),
    of: { ...OF, institution: '1395' },
    now: NOON,
    want: 'stale',
  },
  {
    name: 'by another key',
    mark: makeMark(OF, NOON),
    of: { ...OF, key: Buffer.alloc(32, 2) },
    now: NOON,
    want: 'stale',
  },
  { name: 'that is empty', mark: '', of: OF, now: NOON, want: 'stale' },
  { name: 'cut short', mark: makeMark(OF, NOON).slice(0, -2), of: OF, now: NOON, want: 'stale' },
  { name: 'with junk behind', mark: `${makeMark(OF, NOON)}==`, of: OF, now: NOON, want: 'stale' },
] as const;
for (const { name, mark, of, now, want } of MARKS) {
  test(`a mark ${name} is ${want}`, () => assert.equal(checkMark(mark, of, now), want));
}
