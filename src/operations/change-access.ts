// An administrator unlocks a member's PIN or gives them a new first one, stops them or lets them go on, and
// gives their rights back after a reissue; the bank makes one of them an administrator, or takes that back.

import type { AuditEntry } from '../audit/entry.ts';
import { beginAnew } from '../store/acquisitions.ts';
import { setClosed } from '../store/contracts.ts';
import { giveRightsBack, setRole, stopPerson } from '../store/persons.ts';
import { setPin, unlockPin } from '../store/pins.ts';
import { endSessionsOfPerson } from '../store/sessions.ts';
import { identityOf, sessionOf } from './actor.ts';
import {
  type Asked,
  type ChangeNeeds,
  type Changing,
  changeMember,
  memberOf,
  personEntry,
} from './change-member.ts';
import { makeInitialPin } from './initial-pin.ts';
import { seedOf } from './once.ts';
import type { PinHasher } from './pin-hasher.ts';

/** Unlocks a PIN that wrong attempts locked (ロック解除); the PIN stays the same. */
export async function unlockMember(asked: Asked, needs: ChangeNeeds): Promise<void> {
  await changeMember('unlock', asked, {
    ...needs,
    work: async (changing, tx) => {
      await unlockPin(changing.person.identity, tx);
      return {
        entries: [personEntry('pin-unlocked', changing)],
        told: 'unlocked',
        answer: undefined,
      };
    },
  });
}

/** Gives a member a new first PIN, shown once to who asked; what is open ends. */
export async function resetPin(
  asked: Asked,
  needs: ChangeNeeds & { readonly pins: PinHasher; readonly codeKey: Uint8Array },
): Promise<string> {
  const identity = memberOf(asked);
  const seed = seedOf(asked.once, { session: sessionOf(asked.by), identity }, needs.codeKey);
  const pin = makeInitialPin(identity, seed);
  using place = needs.pins.reserve(identityOf(asked.by));
  const hash = await place.hash(pin);
  return await changeMember<string>('reset-pin', asked, {
    ...needs,
    work: async (changing, tx) => {
      const { identity } = changing.person;
      await setPin(identity, { hash, isInitial: true }, tx);
      await beginAnew(identity, tx);
      await endSessionsOfPerson(identity, { reason: 'pin-changed', at: changing.now }, tx);
      return { entries: [personEntry('pin-reset', changing)], told: 'pin-reset', answer: pin };
    },
  });
}

/** Makes an administrator of a user, for two of the bank's staff. */
export async function appointAdministrator(asked: Asked, needs: ChangeNeeds): Promise<void> {
  await changeMember('appoint', asked, {
    ...needs,
    work: async (changing, tx) => {
      await setRole(changing.person.identity, 'administrator', tx);
      return {
        entries: [personEntry('administrator-appointed', changing)],
        told: 'appointed',
        answer: undefined,
      };
    },
  });
}

/** Makes a user of an administrator, for two of the bank's staff; what they hold stays theirs. */
export async function dismissAdministrator(asked: Asked, needs: ChangeNeeds): Promise<void> {
  await changeMember('dismiss', asked, {
    ...needs,
    work: async (changing, tx) => {
      await setRole(changing.person.identity, 'user', tx);
      return {
        entries: [personEntry('administrator-dismissed', changing)],
        told: 'dismissed',
        answer: undefined,
      };
    },
  });
}

/** Stops a member (利用者停止): no login, whatever certificate they hold. */
export async function stopMember(asked: Asked, needs: ChangeNeeds): Promise<void> {
  await changeMember('stop', asked, {
    ...needs,
    work: async (changing, tx) => {
      const { identity } = changing.person;
      await stopPerson(identity, changing.now, tx);
      await endSessionsOfPerson(identity, { reason: 'stopped', at: changing.now }, tx);
      return {
        entries: [personEntry('user-stopped', changing)],
        told: 'stopped',
        answer: undefined,
      };
    },
  });
}

/** Lets a stopped member go on. With the first of a contract that was closed, the company is back. */
export async function resumeMember(asked: Asked, needs: ChangeNeeds): Promise<void> {
  await changeMember('resume', asked, {
    ...needs,
    work: async (changing, tx) => {
      const { identity } = changing.person;
      await stopPerson(identity, null, tx);
      const resumed = personEntry('user-resumed', changing);
      // Nobody of a closed contract could: it is the bank, who has locked it.
      const isBack = changing.byBank === true && (await setClosed(identity, null, tx));
      return {
        entries: isBack ? [resumed, reopenedEntry(changing)] : [resumed],
        told: 'resumed',
        answer: undefined,
      };
    },
  });
}

/**
 * Gives a member's rights back: whoever confirms has made sure that the reissue reached the right person, and
 * has not vouched for it themselves. Where nobody else could, it is for two of the bank's staff.
 */
export async function confirmRights(asked: Asked, needs: ChangeNeeds): Promise<void> {
  await changeMember('confirm-rights', asked, {
    ...needs,
    work: async (changing, tx) => {
      await giveRightsBack(changing.person.identity, tx);
      return {
        entries: [personEntry('rights-confirmed', changing)],
        told: 'rights-confirmed',
        answer: undefined,
      };
    },
  });
}

function reopenedEntry({ person: { identity }, by, now }: Changing): AuditEntry {
  const { institution, contract } = identity;
  return { institution, at: now, event: 'contract-reopened', contract, detail: { by } };
}
