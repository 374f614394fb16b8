import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noticeProse } from './notice-prose.ts';

const CASES = [
  { name: 'a line of text is a paragraph', text: '停止します', want: '<p>停止します</p>' },
  { name: 'a new line is one', text: 'a\nb', want: '<p>a<br>b</p>' },
  { name: 'an empty line ends a paragraph', text: 'a\n\nb', want: '<p>a</p><p>b</p>' },
  {
    name: 'headings come below the title',
    text: '# a\n\n### b',
    want: '<h2>a</h2><h3>b</h3>',
  },
  {
    name: 'emphasis ends before Japanese letters',
    text: '**重要。**です',
    want: '<p><strong>重要。</strong>です</p>',
  },
  {
    name: 'lists, the second from its number on',
    text: '- a\n- b\n\n3. c',
    want: '<ul class="dots"><li>a</li><li>b</li></ul><ol start="3"><li>c</li></ol>',
  },
  {
    name: 'a link over https leads there',
    text: '[x](https://a.example/?q="1")',
    want: '<p><a href="https://a.example/?q&#61;%221%22" rel="noopener noreferrer">x</a></p>',
  },
  {
    name: 'markup is text',
    text: '<b>x</b> &amp;',
    want: '<p>&#60;b&#62;x&#60;/b&#62; &#38;amp;</p>',
  },
  {
    name: 'a block of markup is text',
    text: '<script>\nalert(1)\n</script>',
    want: '<p>&#60;script&#62;<br>alert(1)<br>&#60;/script&#62;</p>',
  },
] as const;

for (const { name, text, want } of CASES) {
  test(name, () => {
    assert.equal(noticeProse(text).markup.replaceAll('<wbr>', '').replaceAll('\n', ''), want);
  });
}

for (const address of [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'http://a.example/',
  'data:text/html,x',
  '//a.example/',
  '/company',
  'mailto:a@a.example',
]) {
  test(`no link to ${address}`, () => {
    assert.doesNotMatch(noticeProse(`[x](${address})`).markup, /<a /);
  });
}

test('a picture is the text it was typed as', () => {
  assert.doesNotMatch(noticeProse('![x](https://a.example/b.png)').markup, /<img/);
});

for (const text of ['>'.repeat(4000), '1. '.repeat(1300), '['.repeat(4000), '- '.repeat(2000)]) {
  test(`4,000 times ${text.slice(0, 2)} is shown`, () => {
    const { markup } = noticeProse(text);
    assert.ok((markup.match(/<(blockquote|ol|ul)/g) ?? []).length <= 16);
  });
}
