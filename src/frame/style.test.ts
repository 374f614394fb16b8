import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { STYLE, styleSource } from './style.ts';

const TOKENS = fileURLToPath(import.meta.resolve('@digital-go-jp/design-tokens/dist/tokens.css'));

test('every design token has the value its package gives it', async () => {
  const published = propertiesOf(await readFile(TOKENS, 'utf8'));
  const [tokens = ''] = STYLE.markup.split('}');
  const inlined = propertiesOf(tokens);
  assert.ok(inlined.size > 20);
  for (const [name, value] of inlined) assert.equal(value, published.get(name), name);
});

test('every custom property that is used is defined, and every defined one used', () => {
  const defined = new Set(propertiesOf(STYLE.markup).keys());
  const used = new Set(STYLE.markup.match(/(?<=var\()--[\w-]+/g));
  assert.deepEqual(defined, used);
});

test('the sum in the policy is that of the bytes between the style tags', () => {
  const sum = createHash('sha256').update(STYLE.markup).digest('base64');
  assert.equal(styleSource(), `'sha256-${sum}'`);
  assert.ok(!STYLE.markup.includes('</'));
});

function propertiesOf(css: string): Map<string, string> {
  const found = css.matchAll(/(?<=[{;\n]\s*)(--[\w-]+):\s*([^;]+);/g);
  return new Map(Array.from(found, ([, name = '', value = '']) => [name, value]));
}
