// What the operations as a whole need; a face passes it on and takes nothing out of it.
import type { Clock } from '../clock.ts';
import type { Db } from '../store/database.ts';
import type { PinHasher } from './pin-hasher.ts';

/** Everything that any operation asks for. */
export type OperationNeeds = {
  readonly db: Db;
  readonly clock: Clock;
  readonly pins: PinHasher;
};
