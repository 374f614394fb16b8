// `npm run fuzz -- [--seconds 60] [--seed N]`: hostile inputs for every decoder, with the counts.
// Ends with code 1 for a finding, which is printed so that it can be had again; for memory that grows; and, of
// a minute or more, for fewer inputs than a million.
import { parseArgs } from 'node:util';
import { judgeFuzz } from '../test/fuzz/judge-fuzz.ts';
import { runFuzz } from '../test/fuzz/run-fuzz.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
const seconds = Number(values.seconds);
const report = await runFuzz(seconds, seed);

console.log(`seed ${seed}, ${seconds} s`);
for (const [decoder, inputs] of Object.entries(report.byDecoder)) {
  console.log(`  ${decoder.padEnd(24)} ${inputs} inputs`);
}
console.log(`${report.inputs} inputs: ${report.read} read, ${report.refused} refused`);
console.log(`slowest ${report.slowestMs.toFixed(1)} ms`);
console.log(
  `memory in use grew by ${(report.memoryGrowth / 1024 / 1024).toFixed(1)} MiB once warm`,
);
for (const { decoder, problem, input } of report.findings) {
  console.log(`FINDING  ${decoder}: ${problem}\n  ${Buffer.from(input).toString('base64')}`);
}
const { lines, isGood } = judgeFuzz(report, seconds);
for (const line of lines) console.log(line);
process.exitCode = isGood ? 0 : 1;
