// A line of JSON that holds an object. Not what is in it.
import { Refusal } from '../errors.ts';

/** Reads a line; throws Refusal('malformed') that names what it should have been. */
export function jsonObjectFrom(line: string, what: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch (cause) {
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('malformed', `${what}: not JSON`, { cause });
  }
  throw new Refusal('malformed', `${what}: not an object`);
}
