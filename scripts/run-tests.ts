// `npm test`: the checks, then every suite, and one closing line that counts them all.
// `--only unit,gates` picks suites; KOSHIN_TEST_JOBS says how many files run at a time.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { CHECKS, runChecks } from './check.ts';
import { eachOf, endProgramsOnSignal } from './run-program.ts';
import { type FileResult, runTestFile } from './run-test-file.ts';
import type { Outcome } from './test-reporter.ts';
import { SUITES, type TestFile, testFiles } from './test-suites.ts';

type Count = { passed: number; failed: number; skipped: number; seconds: number };

const MOST_JOBS = 4;

if (import.meta.main) {
  endProgramsOnSignal();
  process.exitCode = await main();
}

async function main(): Promise<number> {
  const suites = chosenSuites();
  const files = testFiles(suites);
  const jobs = jobsAtATime();
  const counts = new Map(suites.map((suite) => [suite, emptyCount()]));
  const told: string[] = [];

  if (suites.includes('check')) {
    const started = performance.now();
    // The architecture test is a suite of its own here.
    const names = Object.keys(CHECKS).filter((name) => !suites.includes(name));
    const failed = await runChecks(names, jobs);
    told.push(...failed.map((name) => `FAIL  check: ${name}`));
    counts.set('check', {
      passed: names.length - failed.length,
      failed: failed.length,
      skipped: 0,
      seconds: (performance.now() - started) / 1000,
    });
  }

  await eachOf(files, jobs, async (each) => {
    const result = await runTestFile(each.file);
    printFile(each, result);
    addTo(counts.get(each.suite) ?? emptyCount(), result);
    told.push(...result.outcomes.flatMap((outcome) => reminder(each, outcome)));
  });

  return printEnd(counts, told);
}

function chosenSuites(): string[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const all = ['check', ...Object.keys(SUITES)];
  if (values.only === undefined) return all;
  const wanted = values.only.split(',').map((name) => name.trim());
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Error(`no suite ${unknown.join(', ')}; there are ${all.join(', ')}`);
  }
  return all.filter((name) => wanted.includes(name));
}

function jobsAtATime(): number {
  const asked = process.env['KOSHIN_TEST_JOBS'];
  if (asked === undefined) return Math.min(availableParallelism(), MOST_JOBS);
  const jobs = Number(asked);
  if (!Number.isInteger(jobs) || jobs < 1) {
    throw new Error('KOSHIN_TEST_JOBS is a whole number from 1');
  }
  return jobs;
}

function printFile({ suite, file }: TestFile, result: FileResult): void {
  const { passed, failed, skipped } = countOf(result.outcomes);
  const mark = failed > 0 ? 'FAIL' : 'ok  ';
  const numbers = [
    `${passed} passed`,
    failed && `${failed} failed`,
    skipped && `${skipped} skipped`,
  ];
  console.log(
    `${mark}  ${suite.padEnd(12)} ${file.padEnd(50)} ${numbers.filter(Boolean).join(', ')}  ${result.seconds.toFixed(1)} s`,
  );
  if (result.leftProcesses) console.log(`      left processes running; they were ended`);
  if (failed === 0) return;
  for (const { name, detail } of result.outcomes.filter(({ is }) => is === 'failed')) {
    console.log(indented(`✗ ${name}\n${indented(detail)}`));
  }
  if (result.output.trim() !== '') {
    console.log(indented(`what the file wrote:\n${indented(lastLines(result.output, 60))}`));
  }
}

function reminder({ file }: TestFile, { is, name, detail }: Outcome): string[] {
  if (is === 'skipped') return [`skip  ${file}: ${name}: ${detail}`];
  return is === 'failed' ? [`FAIL  ${file}: ${name}`] : [];
}

function printEnd(counts: ReadonlyMap<string, Count>, told: readonly string[]): number {
  const sum = emptyCount();
  console.log('');
  for (const [suite, count] of counts) {
    const { passed, failed, skipped, seconds } = count;
    console.log(
      `${suite.padEnd(12)} ${passed} passed, ${failed} failed, ${skipped} skipped  ${seconds.toFixed(1)} s`,
    );
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  if (told.length > 0) console.log(`\n${told.toSorted().reverse().join('\n')}`);
  console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  return sum.failed === 0 && sum.passed > 0 ? 0 : 1;
}

function addTo(count: Count, { outcomes, seconds }: FileResult): void {
  const { passed, failed, skipped } = countOf(outcomes);
  count.passed += passed;
  count.failed += failed;
  count.skipped += skipped;
  count.seconds += seconds;
}

function countOf(outcomes: readonly Outcome[]): Omit<Count, 'seconds'> {
  const number = (wanted: Outcome['is']) => outcomes.filter(({ is }) => is === wanted).length;
  return { passed: number('passed'), failed: number('failed'), skipped: number('skipped') };
}

function emptyCount(): Count {
  return { passed: 0, failed: 0, skipped: 0, seconds: 0 };
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '      ');
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
