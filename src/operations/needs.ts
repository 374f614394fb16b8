// What the operations as a whole need; a face passes it on and takes nothing out of it.
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/database.ts';
import type { PinHasher } from './pin-hasher.ts';

/** Keys for what passkeys sign and by which they know their user. */
export type PasskeyKeys = {
  /** Of challenges and sealed evidence. */
  readonly challengeKey: Uint8Array;
  /** Of the handles under which devices file passkeys. */
  readonly handleKey: Uint8Array;
};

/** Everything that any operation asks for. */
export type OperationNeeds = PasskeyKeys & {
  /** Key under which the codes of acquisitions are kept. */
  readonly codeKey: Uint8Array;
  /** Key under which they are sealed until they are mailed. */
  readonly sealKey: Uint8Array;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly pins: PinHasher;
};
