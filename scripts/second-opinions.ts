// `node scripts/second-opinions.ts [--each 2000] [--seed 1]`: what openssl and GnuTLS say of objects
// that were generated. The last line is `N objects, N statements missing`; minutes for the full run.
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { judgeAll } from '../test/generated/judge.ts';

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
  },
});
const each = Number(values.each);
for (const [program, ...args] of [
  ['openssl', 'version'],
  ['certtool', '--version'],
] as const) {
  console.log(execFileSync(program, args, { encoding: 'utf8' }).split('\n')[0]);
}
const failures = await judgeAll(each, Number(values.seed), (line) => console.log(line));
for (const failure of failures) console.log(`MISSING  ${failure}`);
console.log(`${4 * each} objects, ${failures.length} statements missing`);
process.exitCode = failures.length === 0 ? 0 : 1;
