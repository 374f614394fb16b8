// What is left of an object after a few of its octets are others: something that is read, or a Refusal. No test itself.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Refusal } from '../src/errors.ts';

/** Holds a parser to it, with one to four octets changed each time. */
export function readOrRefused(
  der: Uint8Array,
  parse: (octets: Uint8Array) => unknown,
  numRuns: number,
): void {
  const change = fc.tuple(fc.nat(der.length - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const octets = der.slice();
      for (const [at, octet] of changes) octets[at] = octet;
      try {
        parse(octets);
      } catch (error) {
        assert.ok(error instanceof Refusal, String(error));
      }
    }),
    { numRuns },
  );
}
