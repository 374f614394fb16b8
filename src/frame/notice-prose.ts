// The text of a bank's notice as its readers see it: paragraphs, headings, lists and emphasis, written in Markdown.
// Nothing in it becomes markup that is not named here, and no picture, table or address of another scheme.
import MarkdownIt, { type Token } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { type Html, html } from '../http/html.ts';
import { inPhrases } from './in-phrases.ts';

/** Deeper quotations and lists are shown as they were typed. */
const DEEPEST = 8;
const RULES = [
  'heading',
  'list',
  'blockquote',
  'hr',
  'emphasis',
  'balance_pairs',
  'fragments_join',
  'newline',
  'escape',
  'link',
];

// The second: emphasis ends before Japanese letters too, as in **重要。**です.
const markdown = MarkdownIt('zero', { breaks: true, maxNesting: DEEPEST * 2 })
  .enable(RULES)
  .use(cjkFriendly);
markdown.validateLink = (address) => /^https:\/\/[^\s]/i.test(address);

/** The text of a notice as markup. */
export function noticeProse(text: string): Html {
  return html`${assembled(markdown.parse(text, {}))}`;
}

type Opened = { readonly open: Token | null; readonly parts: Html[] };

function assembled(tokens: readonly Token[]): readonly Html[] {
  const outermost: Opened = { open: null, parts: [] };
  const stack = [outermost];
  for (const token of tokens) {
    if (token.nesting === 1) {
      stack.push({ open: token, parts: [] });
      continue;
    }
    const top = token.nesting === -1 ? stack.pop() : undefined;
    const made = top?.open ? wrapped(top.open, top.parts) : leaf(token);
    (stack.at(-1) ?? outermost).parts.push(made);
  }
  return outermost.parts;
}

const WRAPS: Readonly<Record<string, (parts: readonly Html[], open: Token) => Html>> = {
  // A loose list's items have paragraphs, a tight one's text alone.
  paragraph_open: (parts, { hidden }) => (hidden ? html`${parts}` : html`<p>${parts}</p>`),
  // The title of the notice is the page's heading.
  heading_open: (parts, { tag }) =>
    tag === 'h1' || tag === 'h2' ? html`<h2>${parts}</h2>` : html`<h3>${parts}</h3>`,
  bullet_list_open: (parts) => html`<ul class="dots">${parts}</ul>`,
  ordered_list_open: (parts, open) => html`<ol start="${open.attrGet('start') ?? 1}">${parts}</ol>`,
  list_item_open: (parts) => html`<li>${parts}</li>`,
  blockquote_open: (parts) => html`<blockquote>${parts}</blockquote>`,
  strong_open: (parts) => html`<strong>${parts}</strong>`,
  em_open: (parts) => html`<em>${parts}</em>`,
  link_open: (parts, open) =>
    html`<a href="${open.attrGet('href') ?? ''}" rel="noopener noreferrer">${parts}</a>`,
};

function wrapped(open: Token, parts: readonly Html[]): Html {
  const wrap = WRAPS[open.type];
  return wrap === undefined ? html`${parts}` : wrap(parts, open);
}

function leaf(token: Token): Html {
  if (token.children !== null) return html`${assembled(token.children)}`;
  if (token.type === 'softbreak' || token.type === 'hardbreak') return html`<br>`;
  if (token.type === 'hr') return html`<hr>`;
  return inPhrases(token.content);
}
