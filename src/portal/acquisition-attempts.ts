// How often strangers may try what needs no certificate: from one address, for one user and in one contract; whether
// those exist makes no difference.
import type { FastifyRequest } from 'fastify';
import type { Identity } from '../banking/identity.ts';
import { Refusal } from '../errors.ts';
import { addressKey } from '../http/address-key.ts';
import { type BucketLimits, TokenBuckets } from '../http/counters.ts';
import { identityOf } from '../operations/begin-acquisition.ts';

/** Counts attempts of one kind. */
export class AcquisitionAttempts {
  readonly #address: TokenBuckets;
  readonly #user: TokenBuckets;
  readonly #contract: TokenBuckets;

  constructor(limits: Readonly<Record<'address' | 'user' | 'contract', BucketLimits>>) {
    this.#address = new TokenBuckets(limits.address);
    this.#user = new TokenBuckets(limits.user);
    this.#contract = new TokenBuckets(limits.contract);
  }

  /** Counts one for whoever was entered; refuses `too-many-attempts`. */
  check(request: FastifyRequest, entered: Identity): void {
    this.checkAddress(request);
    const identity = identityOf(entered);
    // What can be nobody is nobody's attempt: the address has paid for it.
    if (identity === undefined) return;
    const contract = `${identity.institution} ${identity.contract}`;
    const now = performance.now();
    const mayTry =
      this.#user.take(`${contract} ${identity.user}`, now) && this.#contract.take(contract, now);
    if (!mayTry) throw tooMany();
  }

  /** Counts one of the address alone; refuses `too-many-attempts`. */
  checkAddress({ socket }: FastifyRequest): void {
    if (!this.#address.take(addressKey(socket.remoteAddress), performance.now())) throw tooMany();
  }
}

function tooMany(): Refusal {
  return new Refusal('too-many-attempts', 'too many attempts in a short time');
}
