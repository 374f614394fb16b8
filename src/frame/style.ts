// The one style sheet of the portal, inlined into every page so that no page costs a second request.
// Written with the html tag, whose literals are taken as they are; the sum of these bytes is in the CSP.
// Custom properties of the first rule are those of @digital-go-jp/design-tokens that are used here.
import { createHash } from 'node:crypto';
import { html } from '../http/html.ts';

export const STYLE = html`
:root {
  --color-primitive-blue-50: #e8f1fe;
  --color-primitive-blue-200: #c5d7fb;
  --color-primitive-blue-900: #0017c1;
  --color-primitive-blue-1000: #00118f;
  --color-primitive-blue-1200: #000060;
  --color-primitive-green-50: #e6f5ec;
  --color-primitive-green-800: #197a4b;
  --color-primitive-yellow-50: #fbf5e0;
  --color-primitive-yellow-300: #ffd43d;
  --color-primitive-yellow-900: #927200;
  --color-primitive-orange-900: #ac3e00;
  --color-primitive-red-50: #fdeeee;
  --color-primitive-red-900: #ce0000;
  --color-neutral-white: #ffffff;
  --color-neutral-black: #000000;
  --color-neutral-solid-gray-50: #f2f2f2;
  --color-neutral-solid-gray-200: #cccccc;
  --color-neutral-solid-gray-536: #767676;
  --color-neutral-solid-gray-600: #666666;
  --color-neutral-solid-gray-700: #4d4d4d;
  --color-neutral-solid-gray-900: #1a1a1a;
  --font-size-14: 0.875rem;
  --font-size-16: 1rem;
  --font-size-17: 1.0625rem;
  --font-size-18: 1.125rem;
  --font-size-20: 1.25rem;
  --font-size-24: 1.5rem;
  --font-size-28: 1.75rem;
  --font-size-36: 2.25rem;
  --font-size-45: 2.8125rem;
  --line-height-140: 1.4;
  --line-height-150: 1.5;
  --line-height-175: 1.75;
  --border-radius-4: 0.25rem;
  --border-radius-8: 0.5rem;
  --border-radius-12: 0.75rem;
}
:root {
  --sans: 'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'BIZ UDPGothic', Meiryo, system-ui, sans-serif;
  --mono: ui-monospace, 'SF Mono', Consolas, 'Noto Sans Mono CJK JP', 'Noto Sans Mono', monospace;
  --line: 1px solid var(--color-neutral-solid-gray-200);
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { font: var(--font-size-16)/var(--line-height-175) var(--sans); color: var(--color-neutral-solid-gray-900); background: var(--color-neutral-white); line-break: strict; overflow-wrap: anywhere; text-size-adjust: 100%; }
:lang(ja) { word-break: auto-phrase; }
:lang(en) { word-break: normal; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; }
main { flex: 1; padding-block: 40px 72px; outline: none; }
.wrap { width: 100%; max-width: 1120px; margin-inline: auto; padding-inline: 20px; }
h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; }
h1, h2, h3 { line-height: var(--line-height-140); text-wrap: balance; }
h1 { font-size: var(--font-size-28); letter-spacing: 0.01em; }
h2 { font-size: var(--font-size-20); }
h3 { font-size: var(--font-size-17); }
p, li { text-wrap: pretty; }
ul { list-style: none; }
a { color: var(--color-primitive-blue-1000); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 3px; }
:focus-visible { outline: 4px solid var(--color-neutral-black); outline-offset: 2px; border-radius: var(--border-radius-4); box-shadow: 0 0 0 2px var(--color-primitive-yellow-300); }
.nowrap { white-space: nowrap; }
:lang(ja) :is(h1, h2, h3, time, .moment, .desk, :has(> wbr)) { word-break: keep-all; }
.mono { font-family: var(--mono); overflow-wrap: break-word; }
.serial { font-family: var(--mono); }
.quiet { color: var(--color-neutral-solid-gray-700); }
.small { font-size: var(--font-size-14); }
.stack { display: flex; flex-direction: column; align-items: stretch; gap: 16px; }
.stack.wide { gap: 40px; }
.lead { font-size: var(--font-size-17); }
.hidden-text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.skip { position: absolute; left: 16px; top: -80px; z-index: 2; padding: 10px 20px; background: var(--color-neutral-white); }
.skip:focus { top: 8px; }
.site { border-top: 6px solid var(--color-primitive-blue-900); border-bottom: var(--line); }
.site .wrap { display: flex; align-items: center; justify-content: space-between; gap: 16px; min-height: 64px; }
.brand { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: 16px; padding-block: 10px; line-height: var(--line-height-140); color: inherit; text-decoration: none; }
a.brand:hover { text-decoration: underline; }
.brand b { font-size: var(--font-size-18); }
.brand span { font-size: var(--font-size-14); color: var(--color-neutral-solid-gray-700); }
.languages a { display: inline-flex; align-items: center; min-height: 44px; padding-inline: 8px; margin-inline-end: -8px; white-space: nowrap; }
.foot { background: var(--color-neutral-solid-gray-50); border-top: var(--line); padding-block: 32px 40px; }
.foot h2 { font-size: var(--font-size-16); }
.foot .wrap { display: flex; flex-direction: column; gap: 4px; }
.phone { font-size: var(--font-size-20); font-weight: 700; font-variant-numeric: tabular-nums; white-space: nowrap; }

.button { display: inline-flex; align-items: center; justify-content: center; min-height: 56px; min-width: 200px; max-width: 100%; padding: 10px 32px; border: 2px solid var(--color-primitive-blue-900); border-radius: var(--border-radius-8); background: var(--color-primitive-blue-900); color: var(--color-neutral-white); font: 700 var(--font-size-17)/var(--line-height-150) var(--sans); text-align: center; text-decoration: none; text-wrap: balance; cursor: pointer; }
.button:hover { background: var(--color-primitive-blue-1000); border-color: var(--color-primitive-blue-1000); text-decoration: underline; text-decoration-thickness: 1px; }
.button:active { background: var(--color-primitive-blue-1200); border-color: var(--color-primitive-blue-1200); }
.button.second { background: var(--color-neutral-white); color: var(--color-primitive-blue-900); }
.button.second:hover { background: var(--color-primitive-blue-50); color: var(--color-primitive-blue-1000); }
.button.slim { min-height: 44px; min-width: 0; padding: 6px 20px; border-width: 1px; font-size: var(--font-size-16); }
.button[disabled] { background: var(--color-neutral-solid-gray-200); border-color: var(--color-neutral-solid-gray-200); color: var(--color-neutral-solid-gray-700); cursor: default; text-decoration: none; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 16px 24px; }
.textlink { display: inline-flex; align-items: center; min-height: 44px; }

.columns { display: grid; gap: 48px; }
.hero { background: var(--color-primitive-blue-50); margin-top: -40px; padding-block: 48px; margin-bottom: 48px; }
.hero h1 { font-size: var(--font-size-36); }
.hero .lead { margin-block: 16px 28px; }
.second-way { margin-top: 20px; display: flex; flex-wrap: wrap; align-items: center; column-gap: 16px; }
.links li + li { border-top: var(--line); }
.links a { display: flex; align-items: center; justify-content: space-between; gap: 16px; min-height: 60px; padding-block: 12px; }
.links a::after { content: ''; flex: none; width: 9px; height: 9px; margin-inline: 8px; border: solid currentcolor; border-width: 2px 2px 0 0; rotate: 45deg; }
.links { border-block: var(--line); margin-top: 16px; }

.panel { border: var(--line); border-radius: var(--border-radius-12); padding: 20px; display: flex; flex-direction: column; gap: 12px; }
aside.panel, nav.contents { align-self: start; }
.panel.soft { background: var(--color-neutral-solid-gray-50); border-color: transparent; }
.panel.info { background: var(--color-primitive-blue-50); border-color: var(--color-primitive-blue-200); }
.panel.warn { background: var(--color-primitive-yellow-50); border-color: var(--color-primitive-yellow-900); }
.panel.good { background: var(--color-primitive-green-50); border-color: var(--color-primitive-green-800); }
.panel.bad { background: var(--color-primitive-red-50); border: 2px solid var(--color-primitive-red-900); }
.panel h2, .panel h3 { font-size: var(--font-size-17); }
.panel.bad h2 { color: var(--color-primitive-red-900); }
.panel.bad a { color: var(--color-primitive-red-900); font-weight: 700; display: inline-block; padding-block: 8px; margin-block: -8px; }
.sentence { display: inline-block; }

.facts { display: grid; gap: 12px; }
.facts dt { font-size: var(--font-size-14); color: var(--color-neutral-solid-gray-700); line-height: var(--line-height-150); }
.facts dd { line-height: var(--line-height-150); }
.facts .strong { font-size: var(--font-size-20); font-weight: 700; }
.certificate-name { font-family: var(--mono); font-weight: 700; line-height: var(--line-height-150); display: flex; flex-wrap: wrap; column-gap: 0.5em; }
.soon { color: var(--color-primitive-orange-900); font-weight: 700; }

.steps { list-style: none; counter-reset: step; display: flex; flex-direction: column; gap: 20px; margin-top: 16px; }
.steps li { counter-increment: step; position: relative; padding-left: 48px; min-height: 32px; padding-top: 1px; }
.steps li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 32px; height: 32px; border-radius: 50%; display: grid; place-items: center; background: var(--color-primitive-blue-50); color: var(--color-primitive-blue-1000); font-weight: 700; line-height: 1; }
.dots li { position: relative; padding-left: 1.25em; }
.dots li::before { content: ''; position: absolute; left: 0.3em; top: 0.75em; width: 6px; height: 6px; border-radius: 50%; background: currentcolor; }
.dots { display: flex; flex-direction: column; gap: 8px; }

.anatomy { display: grid; grid-template-columns: repeat(2, auto); justify-content: start; gap: 12px 24px; margin-block: 8px; }
.anatomy div { border-top: 3px solid var(--color-primitive-blue-900); padding-top: 6px; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.anatomy dd { font-family: var(--mono); font-weight: 700; font-size: var(--font-size-17); white-space: nowrap; }
.anatomy dt { font-size: var(--font-size-14); color: var(--color-neutral-solid-gray-700); line-height: var(--line-height-150); }

.field { display: flex; flex-direction: column; gap: 8px; }
.field label { font-weight: 700; font-size: var(--font-size-17); }
.field input { width: 100%; max-width: 320px; min-height: 56px; padding: 8px 16px; border: 1px solid var(--color-neutral-solid-gray-600); border-radius: var(--border-radius-8); font: var(--font-size-18)/var(--line-height-150) var(--sans); background: var(--color-neutral-white); color: inherit; }
.choices { border: 0; display: flex; flex-direction: column; gap: 12px; width: 100%; max-width: 688px; }
.choices legend { font-weight: 700; font-size: var(--font-size-17); margin-bottom: 12px; padding: 0; }
.choice { display: flex; gap: 12px; padding: 12px 16px; border: 1px solid var(--color-neutral-solid-gray-536); border-radius: var(--border-radius-8); cursor: pointer; }
.choice input { width: 24px; height: 24px; flex: none; margin: 2px 0 0; accent-color: var(--color-primitive-blue-900); }
.checks { border-top: var(--line); margin-top: 16px; }
.checks li { border-bottom: var(--line); padding-block: 12px; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 24px; }
.checks .good b { color: var(--color-primitive-green-800); }
.checks .bad b { color: var(--color-primitive-red-900); }
.checks .unknown b { color: var(--color-neutral-solid-gray-700); font-weight: 400; }
.step-of { font-weight: 700; color: var(--color-neutral-solid-gray-700); }
.step-of + h1 { margin-top: -8px; }
.rules { display: flex; flex-direction: column; gap: 4px; margin-top: 4px; }
.rules li { position: relative; padding-left: 32px; line-height: var(--line-height-150); }
.rules li::before { content: ''; position: absolute; left: 4px; top: 3px; width: 18px; height: 18px; border-radius: 50%; border: 2px solid var(--color-neutral-solid-gray-536); }
.rules .kept { color: var(--color-primitive-green-800); }
.rules .kept::before { border-color: var(--color-primitive-green-800); background: var(--color-primitive-green-800); }
.rules .kept::after { content: ''; position: absolute; left: 10.5px; top: 6px; width: 5px; height: 10px; border: solid var(--color-neutral-white); border-width: 0 2px 2px 0; rotate: 45deg; }
.field input[aria-invalid] { border: 2px solid var(--color-primitive-red-900); }
.field-error { color: var(--color-primitive-red-900); font-weight: 700; }

.account { background: var(--color-primitive-blue-50); border-bottom: 1px solid var(--color-primitive-blue-200); padding-block: 16px; }
.account .wrap { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 8px 24px; }
.account .facts { order: 1; flex-basis: 100%; gap: 10px 40px; padding-top: 12px; border-top: 1px solid var(--color-primitive-blue-200); }
.ways { display: flex; flex-wrap: wrap; align-items: center; gap: 12px 20px; white-space: nowrap; }
.who { line-height: var(--line-height-150); }
.who b { display: block; font-size: var(--font-size-17); }

.notices { border-top: var(--line); margin-top: 16px; }
.notices li { border-bottom: var(--line); position: relative; padding-block: 18px; display: flex; flex-direction: column; gap: 4px; }
.notices .meta { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; font-size: var(--font-size-14); line-height: var(--line-height-150); color: var(--color-neutral-solid-gray-700); }
.notices a { font-size: var(--font-size-17); display: inline-flex; align-items: center; min-height: 44px; }
@media (min-width: 768px) { .members li { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; } }
.standing { color: var(--color-primitive-green-800); }
.standing:is(.ending, .offered, .unproven, .none) { color: var(--color-primitive-orange-900); }
.standing:is(.expired, .suspended) { color: var(--color-primitive-red-900); }
.mark { display: inline-block; padding: 2px 10px; border-radius: var(--border-radius-4); font-size: var(--font-size-14); font-weight: 700; line-height: var(--line-height-150); white-space: nowrap; background: var(--color-neutral-solid-gray-700); color: var(--color-neutral-white); }
.mark.in-use { background: var(--color-primitive-green-800); }
.mark.important { background: var(--color-primitive-orange-900); }
.kicker { color: var(--color-primitive-orange-900); font-weight: 700; display: flex; align-items: center; gap: 10px; }
.kicker::before { content: '!'; flex: none; width: 24px; height: 24px; border-radius: 50%; background: currentcolor; color: inherit; display: grid; place-items: center; font-size: var(--font-size-16); line-height: 1; box-shadow: inset 0 0 0 2px currentcolor; background: none; }
.kicker + h1 { margin-top: -8px; }
.after-heading { margin-top: 12px; }
.after-links { margin-top: 32px; }
.empty { margin-top: 12px; }
.notice-meta { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; }
.choose { border-top: var(--line); padding-top: 8px; margin-bottom: -12px; display: flex; flex-wrap: wrap; align-items: center; column-gap: 16px; }
.inquiry { font-family: var(--mono); font-size: var(--font-size-24); font-weight: 700; letter-spacing: 0.08em; line-height: var(--line-height-140); }
.inquiry-number { font-family: var(--mono); letter-spacing: 0.04em; white-space: nowrap; }
.topic { display: flex; flex-direction: column; gap: 12px; scroll-margin-top: 24px; }
.topic + .topic { border-top: var(--line); padding-top: 32px; }
.contents { order: -1; }
.contents h2 { font-size: var(--font-size-18); margin-bottom: 4px; }
.contents a { padding-block: 8px; line-height: var(--line-height-150); }
.steps + h3 { margin-top: 16px; }
.panel h3 + .steps { margin-top: 4px; }
.steps h3 { margin-bottom: 6px; padding-top: 3px; }
.narrow { max-width: 640px; width: 100%; }
.ruled { border-top: var(--line); padding-top: 32px; }
.drawing { display: flex; flex-wrap: wrap; align-items: start; gap: 20px; padding: 20px; border-radius: var(--border-radius-12); background: var(--color-neutral-solid-gray-50); font-size: var(--font-size-14); line-height: var(--line-height-150); }
.window { flex: 1 1 220px; max-width: 320px; padding: 16px; display: flex; flex-direction: column; gap: 8px; border: 1px solid var(--color-neutral-solid-gray-536); border-radius: var(--border-radius-8); background: var(--color-neutral-white); }
.window .bar { margin: -16px -16px 4px; padding: 8px 16px; border-bottom: var(--line); color: var(--color-neutral-solid-gray-700); }
.window b { font-size: var(--font-size-16); }
.window i { flex: none; align-self: start; min-width: 24px; height: 24px; border-radius: 50%; display: grid; place-items: center; background: var(--color-primitive-blue-900); color: var(--color-neutral-white); font-style: normal; font-weight: 700; line-height: 1; }
.window svg { height: 64px; align-self: center; color: var(--color-primitive-blue-900); }
.marked { display: flex; gap: 8px; }
.marked > div { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 4px; }
.window .middle { text-align: center; }
.window .typed, .window .option { padding: 6px 12px; border: 1px solid var(--color-neutral-solid-gray-600); border-radius: var(--border-radius-4); }
.window .option { display: flex; gap: 8px; }
.window .chosen { border: 2px solid var(--color-primitive-blue-900); background: var(--color-primitive-blue-50); font-weight: 700; }
.window .press { display: flex; flex-wrap: wrap; justify-content: end; align-items: center; gap: 8px; margin-top: 4px; }
.window .press i { align-self: center; }
.window .press span { padding: 4px 16px; border-radius: var(--border-radius-4); background: var(--color-neutral-solid-gray-200); }
.panel.slim { padding: 16px 20px; gap: 4px; }
.steps.big { gap: 40px; margin-top: 0; }
.steps.big h3 { font-size: var(--font-size-20); padding-top: 2px; margin: 0; }
.steps.big > li { display: flex; flex-direction: column; gap: 12px; max-width: 688px; }
.plain-steps { padding-left: 1.6em; display: flex; flex-direction: column; gap: 8px; }
.plain-steps li { counter-increment: none; padding: 0 0 0 0.2em; min-height: 0; }
.plain-steps li::before { content: none; }
.plain-steps { list-style: decimal; }
.guide-title { font-weight: 700; }
details { border-top: var(--line); }
.folds { border-bottom: var(--line); margin-top: 8px; }
.folds + .folds { margin-top: 0; border-top: 0; }
.folds p { margin-bottom: 8px; }
.folds h2 { margin: 28px 0 12px; }
details.alone { border: 0; }
summary { min-height: 48px; padding-block: 10px; cursor: pointer; color: var(--color-primitive-blue-1000); }
summary:hover { text-decoration: underline; text-underline-offset: 0.2em; }
details[open] { padding-bottom: 20px; }
details p + p { margin-top: 12px; }
.password { display: flex; flex-wrap: wrap; align-items: center; gap: 12px 16px; }
.password output { padding: 10px 20px; border: 1px solid var(--color-neutral-solid-gray-600); border-radius: var(--border-radius-8); background: var(--color-neutral-solid-gray-50); font: 700 var(--font-size-20)/var(--line-height-150) var(--mono); letter-spacing: 0.04em; user-select: all; }
#copied { color: var(--color-primitive-green-800); font-weight: 700; }
[data-step=save] #proof-button { background: var(--color-neutral-white); color: var(--color-primitive-blue-900); }
[data-step=save] #proof-button:hover { background: var(--color-primitive-blue-50); }
[data-step=prove] li a.button { background: var(--color-neutral-white); color: var(--color-primitive-blue-900); }
.progress { list-style: none; display: flex; flex-direction: column; gap: 16px; margin-block: 8px; }
.progress li { position: relative; padding-left: 44px; min-height: 28px; }
.progress li::before { content: ''; position: absolute; left: 0; top: 1px; width: 28px; height: 28px; border-radius: 50%; border: 3px solid var(--color-neutral-solid-gray-200); }
.progress .done { display: none; }
.progress [data-state=waiting] { color: var(--color-neutral-solid-gray-600); }
.progress [data-state=busy] { font-weight: 700; }
.progress [data-state=busy]::before { border-color: var(--color-primitive-blue-200); border-top-color: var(--color-primitive-blue-900); }
.progress [data-state=done] .doing { display: none; }
.progress [data-state=done] .done { display: inline; }
.progress [data-state=done]::before { border-color: var(--color-primitive-green-800); background: var(--color-primitive-green-800); }
.progress [data-state=done]::after { content: ''; position: absolute; left: 10px; top: 6px; width: 8px; height: 14px; border: solid var(--color-neutral-white); border-width: 0 3px 3px 0; rotate: 45deg; }
@keyframes turn { to { rotate: 1turn; } }
.prose { max-width: 44em; display: flex; flex-direction: column; gap: 16px; }
.prose ol { padding-left: 1.75em; display: flex; flex-direction: column; gap: 8px; }
.prose blockquote { margin: 0; padding-left: 16px; border-left: 4px solid var(--color-neutral-solid-gray-200); }
.letter { max-width: 44em; margin-top: 8px; padding: 16px 20px; border: var(--line); border-radius: var(--border-radius-8); white-space: pre-wrap; }
.prose hr { width: 100%; margin: 0; border: 0; border-top: var(--line); }

.sections { background: var(--color-neutral-solid-gray-50); border-bottom: var(--line); }
.sections .wrap { display: flex; flex-wrap: wrap; align-items: center; gap: 0 24px; }
.sections ul { display: flex; flex-wrap: wrap; gap: 0 20px; }
.sections a { display: inline-flex; align-items: center; min-height: 44px; white-space: nowrap; }
.scroll { overflow-x: auto; margin-top: 12px; }
progress { width: 100%; max-width: 480px; height: 14px; accent-color: var(--color-primitive-blue-900); }
.rows { width: 100%; border-collapse: collapse; font-size: var(--font-size-14); line-height: var(--line-height-150); overflow-wrap: normal; }
.rows :is(th, td) { padding: 6px 20px 6px 0; border-bottom: var(--line); text-align: left; vertical-align: middle; }
.rows td > bdi { display: inline-block; min-width: 8em; }
.rows .result { min-width: 12em; }
.rows th { white-space: nowrap; color: var(--color-neutral-solid-gray-700); }
.rows td:is(:first-child, :last-child) { min-width: 9em; }
.rows :is(time, .mono) { white-space: nowrap; }
.rows a { display: inline-flex; align-items: center; min-height: 44px; min-width: 44px; }
.rows .told { min-width: 18em; }
.rows .fact { display: inline-block; margin-inline-end: 12px; overflow-wrap: anywhere; }
.sum { overflow-wrap: anywhere; }
.chart { margin-top: 12px; }
.chart > svg { width: 100%; height: auto; min-width: 600px; }
.chart { overflow-x: auto; }
.chart text { font-size: 13px; fill: var(--color-neutral-solid-gray-700); }
.chart ul { display: flex; flex-wrap: wrap; gap: 4px 24px; margin-top: 8px; font-size: var(--font-size-14); }
.field :is(select, textarea) { width: 100%; max-width: 640px; min-height: 48px; padding: 8px 12px; border: 1px solid var(--color-neutral-solid-gray-600); border-radius: var(--border-radius-8); font: var(--font-size-16)/var(--line-height-150) var(--sans); background: var(--color-neutral-white); color: inherit; }
.field select { max-width: 420px; }
.field.long input { max-width: 640px; }
.facts.across .textlink { margin-block: -10px; }
.settings { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); align-items: end; gap: 20px 32px; }
.search { display: flex; flex-wrap: wrap; align-items: end; gap: 12px 16px; }
.search .field { flex: 1 1 420px; }
.search .field input { max-width: none; min-height: 48px; }
.filter { display: flex; flex-wrap: wrap; align-items: end; gap: 12px 20px; }
.filter .field { flex: 0 1 200px; }
.filter .field :is(input, select) { min-height: 44px; font-size: var(--font-size-16); }
.filter .field label { font-size: var(--font-size-16); }

@media (min-width: 768px) {
  main { padding-block: 56px 96px; }
  .wrap { padding-inline: 32px; }
  h1 { font-size: var(--font-size-36); }
  h2 { font-size: var(--font-size-24); }
  .hero { margin-top: -56px; padding-block: 80px; margin-bottom: 64px; }
  .hero h1 { font-size: var(--font-size-45); }
  .panel { padding: 28px 32px; }
  .certificate-name { font-size: var(--font-size-18); }
  .panel h2, .panel h3 { font-size: var(--font-size-18); }
  .facts.across { grid-template-columns: repeat(auto-fit, minmax(180px, auto)); justify-content: start; gap: 16px 48px; }
  .anatomy { grid-template-columns: repeat(4, auto); }
  aside.panel { padding: 24px; }
}
@media (min-width: 960px) {
  .account .wrap { display: grid; grid-template-columns: 1fr auto; }
  .account .wrap:has(.facts) { grid-template-columns: auto 1fr auto; column-gap: 40px; }
  .account .facts { order: 0; padding: 0 0 0 40px; border: 0; border-left: 1px solid var(--color-primitive-blue-200); }
  .columns.start { grid-template-rows: auto 1fr; row-gap: 32px; }
  .columns.start aside { grid-area: 1 / 2 / span 2; }
  .contents { order: 0; position: sticky; top: 32px; }
  .columns { grid-template-columns: minmax(0, 640px) minmax(0, 336px); justify-content: space-between; }
  .columns.even { grid-template-columns: 1fr 1fr; gap: 72px; }
}
@media (prefers-reduced-motion: no-preference) {
  .button { transition: background-color 0.15s, border-color 0.15s; }
  .progress [data-state=busy]::before { animation: turn 1s linear infinite; }
}
@media (forced-colors: active) {
  .links a::after, .dots li::before { forced-color-adjust: none; }
}
@media print {
  .skip, .languages, .actions, .account form { display: none; }
  main { padding-block: 16px; }
  .site, .foot, .account, .hero, .panel { background: none; border-color: var(--color-neutral-solid-gray-536); }
  .panel, .notices li { break-inside: avoid; }
  .no-print { display: none; }
  .sheet + .sheet { break-before: page; }
}
`;

/** What the CSP's style-src allows: the sum of the one style sheet, as `'sha256-…'`. */
export function styleSource(): string {
  return `'sha256-${createHash('sha256').update(STYLE.markup).digest('base64')}'`;
}
