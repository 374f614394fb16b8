// Whether a number is prime, by OpenSSL on a thread of its own. A number that is not takes one
// exponentiation; a prime takes as many as make a wrong answer less likely than 2^-128.
import { checkPrime } from 'node:crypto';
import { promisify } from 'node:util';

/** Says whether a number is prime. */
export const isPrime: (number: bigint) => Promise<boolean> = promisify(checkPrime);
