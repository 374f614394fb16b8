// `npm run guide -- --lang ja --out DIR`: the guides of the sample institution; with `--order -` those of an order
// that comes on standard input, as `koshin guide` sends it.
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { isLanguage } from '../src/words/language.ts';
import { unlessPolicies } from '../test/browsers/automatic-choice.ts';
import { unlessInstalled } from '../test/interop/programs.ts';
import { makeGuides } from './make-guides.ts';
import { readOrder, sampleOrder } from './order.ts';

// At once: node:test, which test databases bring along, would report after our last line.
process.exit(await main());

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      lang: { type: 'string', default: 'ja' },
      out: { type: 'string', default: 'out/guide' },
      order: { type: 'string' },
    },
  });
  const { lang, out } = values;
  if (!isLanguage(lang)) {
    console.error('usage: npm run guide -- [--lang ja|en] [--out DIR]');
    return 2;
  }
  const missing = unlessPolicies || unlessInstalled('pk12util') || unlessInstalled('openssl');
  if (missing !== false) {
    console.error(`the guides cannot be made here: ${missing}`);
    return 1;
  }
  const order = values.order === '-' ? readOrder(await text(process.stdin)) : sampleOrder(lang);
  await makeGuides(order, out, (line) => console.log(line));
  return 0;
}
