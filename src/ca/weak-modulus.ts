// What of an RSA modulus can be seen to be no product of two good primes. Pure; whether a number is
// prime is asked of whoever can say it fast.

/** Says whether a number is prime. */
export type IsPrime = (number: bigint) => Promise<boolean>;

const SMALLEST_PRIME_NOT_TRIED = 752;
const FERMAT_ROUNDS = 100;

/** Why a modulus is weak; undefined where nothing is known against it. Takes milliseconds, for the prime. */
export async function weaknessOf(modulus: bigint, isPrime: IsPrime): Promise<string | undefined> {
  // NIST SP 800-89 §5.3.3: no prime below 752 divides it, and it is neither a prime nor a power of one.
  if (SMALL_PRIMES.some((prime) => modulus % prime === 0n)) return 'has a small factor';
  if (hasCloseFactors(modulus)) return 'has two factors close together';
  return (await isPrime(modulus)) ? 'is a prime' : undefined;
}

const SMALL_PRIMES: readonly bigint[] = primesBelow(SMALLEST_PRIME_NOT_TRIED).map(BigInt);

function primesBelow(bound: number): readonly number[] {
  const primes: number[] = [];
  for (let number = 2; number < bound; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}

/** Fermat's way to factors: it finds those that differ in their lower halves only, squares of primes too. */
function hasCloseFactors(odd: bigint): boolean {
  let middle = squareRoot(odd);
  if (middle * middle === odd) return true;
  for (let round = 0; round < FERMAT_ROUNDS; round += 1) {
    middle += 1n;
    if (isSquare(middle * middle - odd)) return true;
  }
  return false;
}

/** Squares have few remainders: of 64, 63, 65 and 11 the others are told apart without a root. */
const SQUARE_REMAINDERS = [64, 63, 65, 11].map((divisor) => ({
  divisor: BigInt(divisor),
  remainders: new Set(
    Array.from({ length: divisor }, (_, root) => BigInt((root * root) % divisor)),
  ),
}));

function isSquare(number: bigint): boolean {
  for (const { divisor, remainders } of SQUARE_REMAINDERS) {
    if (!remainders.has(number % divisor)) return false;
  }
  return squareRoot(number) ** 2n === number;
}

/** The root, rounded down, by Newton's steps from above. */
function squareRoot(number: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(number.toString(16).length * 2));
  for (;;) {
    const next = (root + number / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
