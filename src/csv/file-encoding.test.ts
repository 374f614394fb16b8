import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findEncoding, textOf } from './file-encoding.ts';

/** 髙﨑①～ as CP932 has them. */
const SIGNS = Buffer.from('fbfcfab187408160', 'hex');

const CASES = [
  { name: 'plain ASCII', file: Buffer.from('a,b\n'), want: { encoding: 'utf-8', hasMark: false } },
  { name: 'UTF-8', file: Buffer.from('髙﨑①～𠮷\n'), want: { encoding: 'utf-8', hasMark: false } },
  {
    name: 'UTF-8 with its mark',
    file: Buffer.from('\uFEFF髙\n'),
    want: { encoding: 'utf-8', hasMark: true },
  },
  { name: 'CP932', file: SIGNS, want: { encoding: 'cp932', hasMark: false } },
  { name: 'UTF-16', file: Buffer.from('\uFEFFa', 'utf16le'), want: { fault: 'utf-16', line: 1 } },
  {
    name: 'neither, in its third line',
    file: Buffer.concat([Buffer.from('a\nb\n'), Buffer.from([0xff, 0x0a])]),
    want: { fault: 'encoding', line: 3 },
  },
] as const;

for (const { name, file, want } of CASES) {
  test(`${name} is found`, () => {
    assert.deepEqual(findEncoding(file, 'auto'), want);
  });
}

test('a file is only what was asked for', () => {
  assert.deepEqual(findEncoding(SIGNS, 'utf-8'), { fault: 'encoding', line: 1 });
});

test('髙 﨑 ① ～ come through CP932, wherever the file is cut', () => {
  const long = Buffer.concat([Buffer.alloc(65_535, 'a'), SIGNS]);
  const text = [...textOf(long, 'cp932')].join('');
  assert.equal(text.slice(65_535), '髙﨑①～');
});

test('the mark of UTF-8 is no part of the text', () => {
  assert.equal([...textOf(Buffer.from('\uFEFFa'), 'utf-8')].join(''), 'a');
});
