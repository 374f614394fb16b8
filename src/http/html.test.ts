import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from './html.ts';

test('text is escaped in content and in attributes', () => {
  const name = `<b title="x">O'Neil & Co`;
  assert.equal(
    html`<p class="${name}">${name}</p>`.markup,
    '<p class="&#60;b title&#61;&#34;x&#34;&#62;O&#39;Neil &#38; Co">&#60;b title&#61;&#34;x&#34;&#62;O&#39;Neil &#38; Co</p>',
  );
});

test('markup nests without being escaped again, alone and in lists', () => {
  const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
  assert.equal(
    html`<ul>${items}</ul>${html`<hr>`}`.markup,
    '<ul><li>a</li><li>&#60;</li></ul><hr>',
  );
});

test('a look-alike object is not taken for markup', () => {
  const { markup, ...mark } = html`<script>`;
  const forged = { markup, ...mark };
  for (const key of Object.getOwnPropertySymbols(forged)) Reflect.deleteProperty(forged, key);
  assert.throws(() => html`${forged}`, TypeError);
});

test('null and undefined leave nothing, zero is shown', () => {
  assert.equal(html`[${null}${undefined}${0}]`.markup, '[0]');
});
