// A reporter for node:test that writes one JSON line for each test that counts, and one at the end.
// Not for people: `run-tests.ts` reads it. Suites, and tests that only hold others, do not count.
import { inspect } from 'node:util';

/** What became of one test; `name` is the path of titles that leads to it. */
export type Outcome = {
  readonly is: 'passed' | 'failed' | 'skipped';
  readonly name: string;
  readonly detail: string;
};

/** The last line: without it the file ended before its tests did. */
export type Ended = { readonly is: 'ended' };

type Reported = {
  readonly name: string;
  readonly nesting: number;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details: { readonly type?: string; readonly error?: unknown };
};

type TestEvent =
  | { readonly type: 'test:start' | 'test:pass' | 'test:fail'; readonly data: Reported }
  | { readonly type: 'test:summary' };

// node:test takes a reporter from the default export only.
// biome-ignore lint/style/noDefaultExport: asked for by node:test
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const titles: string[] = [];
  const holdsOthers: boolean[] = [];
  for await (const event of events) {
    if (event.type === 'test:summary') yield line({ is: 'ended' });
    if (event.type === 'test:start') {
      const { name, nesting } = event.data;
      titles.length = nesting;
      titles[nesting] = name;
      holdsOthers[nesting] = false;
      if (nesting > 0) holdsOthers[nesting - 1] = true;
    }
    if (event.type === 'test:pass' || event.type === 'test:fail') {
      const { data } = event;
      const outcome = outcomeOf(event.type, data, holdsOthers[data.nesting] ?? false);
      const name = [...titles.slice(0, data.nesting), data.name].join(' > ');
      if (outcome !== undefined) yield line({ ...outcome, name });
    }
  }
}

function outcomeOf(
  type: 'test:pass' | 'test:fail',
  { skip, todo, details }: Reported,
  holdsOthers: boolean,
): Omit<Outcome, 'name'> | undefined {
  if (isSet(skip)) return { is: 'skipped', detail: reason(skip, 'no reason given') };
  if (isSet(todo)) return { is: 'skipped', detail: `to do: ${reason(todo, 'no reason given')}` };
  if (type === 'test:fail') {
    // The tests inside have been reported already.
    if (property(details.error, 'failureType') === 'subtestsFailed') return undefined;
    const cause = property(details.error, 'cause') ?? details.error;
    return { is: 'failed', detail: inspect(cause, { depth: 6 }) };
  }
  return details.type === 'suite' || holdsOthers ? undefined : { is: 'passed', detail: '' };
}

function isSet(mark: string | boolean | undefined): mark is string | true {
  return mark !== undefined && mark !== false;
}

function reason(mark: string | true, without: string): string {
  return mark === true || mark === '' ? without : mark;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function line(value: Outcome | Ended): string {
  return `${JSON.stringify(value)}\n`;
}
