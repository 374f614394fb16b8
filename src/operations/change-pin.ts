// 利用者暗証番号の変更 by its owner, in an open session: against the current PIN, by the rules of a new one.
// Who else was logged in as this person is not any more.
import { type Pin, parseNewPin } from '../banking/pin.ts';
import { brokenPinRules, type PinRule } from '../banking/pin-rules.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { beginAnew } from '../store/acquisitions.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { setPin } from '../store/pins.ts';
import { endSessionsOfPerson } from '../store/sessions.ts';
import { type RightPin, settleRightPin, withRightPin } from './check-pin.ts';
import { checkIsStillOpen } from './check-still-open.ts';
import type { PinHasher } from './pin-hasher.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** What was typed, and the inquiry number that is shown should it be refused. */
export type PinChange = {
  readonly current: string;
  readonly wanted: string;
  readonly repeated: string;
  readonly inquiry: string;
};

/** Why a new PIN is refused: a rule it breaks, the old one again, or two that differ. */
export type NewPinFault = PinRule | 'same-as-current' | 'repeated-otherwise';

/** A new PIN that cannot be taken; the current one was not tried, nor counted. */
export class NewPinRefusal extends Refusal {
  readonly faults: readonly NewPinFault[];

  constructor(faults: readonly NewPinFault[]) {
    super('invalid-input', 'the new PIN cannot be taken');
    this.faults = faults;
  }
}

type Needs = { readonly db: Db; readonly clock: Clock; readonly pins: PinHasher };

/** Changes the PIN; refuses with `NewPinRefusal`, and as `withRightPin`. */
export async function changePin(
  user: AuthenticatedUser,
  change: PinChange,
  needs: Needs,
): Promise<void> {
  const wanted = parseWanted(user, change);
  const { certificate } = user;
  const { current: pin, inquiry } = change;
  const keep = async (right: RightPin): Promise<void> => {
    const hash = await right.place.hash(wanted);
    await keepNewPin(user, { right, hash }, needs.db);
  };
  await withRightPin({ certificate, pin, inquiry }, keep, needs);
}

function parseWanted({ person }: AuthenticatedUser, change: PinChange): Pin {
  const { current, wanted, repeated } = change;
  const faults: NewPinFault[] = [...brokenPinRules(wanted, person.identity)];
  if (wanted === current) faults.push('same-as-current');
  if (wanted !== repeated) faults.push('repeated-otherwise');
  if (faults.length > 0) throw new NewPinRefusal(faults);
  return parseNewPin(wanted, person.identity);
}

async function keepNewPin(
  { certificate, session }: AuthenticatedUser,
  { right, hash }: { readonly right: RightPin; readonly hash: string },
  db: Db,
): Promise<void> {
  const { identity, now: at } = right;
  await inTransaction(db, async (tx) => {
    await settleRightPin(right, tx);
    await checkIsStillOpen(session, tx);
    await setPin(identity, { hash, isInitial: false }, tx);
    await beginAnew(identity, tx);
    await endSessionsOfPerson(identity, { reason: 'pin-changed', at, but: session }, tx);
    await appendAudit(
      [
        {
          institution: identity.institution,
          at,
          event: 'pin-changed',
          person: identity,
          certificate: certificate.sha256,
          detail: { by: identity.user },
        },
      ],
      tx,
    );
  });
}
