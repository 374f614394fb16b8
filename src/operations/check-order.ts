// Whether what somebody asks for could be done now. When it is approved, the operations that do it judge again.
import { mayDo } from '../banking/company.ts';
import type { ContentOf, OrderContent, OrderKind } from '../banking/order.ts';
import { endOfTokyoDay, parseTokyoDay } from '../banking/tokyo-calendar.ts';
import { hasSomethingToDo } from '../banking/user-import.ts';
import { Refusal } from '../errors.ts';
import { heldInSlot } from '../store/certificates.ts';
import { findContract } from '../store/contracts.ts';
import type { Tx } from '../store/database.ts';
import { findImport } from '../store/imports.ts';
import { listInstitutions, policyAt, policyVersion } from '../store/institutions.ts';
import { countOtherAdministrators, hasHadCertificate, slotsOf } from '../store/members.ts';
import { findPerson } from '../store/persons.ts';
import { checkContractChange } from './change-contract.ts';
import { checkNamesChange } from './change-member-names.ts';
import { checkCloses } from './close-contract.ts';
import { checkAcceptance, checkSwitchOff, issuerIn } from './former-authority.ts';

type Checks = {
  readonly [K in OrderKind]: (content: ContentOf<K>, now: Date, tx: Tx) => Promise<void>;
};

const CHECKS: Checks = {
  'open-contract': async (content, _now, tx) => {
    if ((await findContract(content, tx)) === undefined) return;
    throw new Refusal('invalid-input', 'there is a contract of this ID already');
  },
  'change-contract': async (content, _now, tx) => await checkContractChange(content, tx),
  'close-contract': async (content, _now, tx) => await checkCloses(content, tx),
  'change-person': async (content, _now, tx) => await checkNamesChange(content, tx),
  'change-policy': async ({ institution, fromVersion }, _now, tx) => {
    if ((await policyVersion(institution, tx)) === fromVersion) return;
    throw new Refusal('order-over', 'the policy has been changed meanwhile');
  },
  'change-administrator': async (content, now, tx) => {
    const { institution, contract, user, slot: number, action, reissue } = content;
    const identity = { institution, contract, user };
    const slot = { identity, slot: number };
    const person = await findPerson(identity, tx);
    const slots = await slotsOf(identity, tx);
    if (person === undefined || !slots.includes(number)) {
      throw new Refusal('invalid-input', 'the contract has no such user, or the user no such slot');
    }
    if ((action === 'reissue') !== (reissue !== null)) {
      throw new Refusal('invalid-input', 'a reissue has a reason, and nothing else has');
    }
    const held = await heldInSlot(slot, tx);
    // Who approves is not known yet: whether they have vouched themselves is asked then.
    const standing = { held, hasHadOne: await hasHadCertificate(slot, tx) };
    const otherAdministrators = await countOtherAdministrators(identity, tx);
    const member = {
      person,
      slot: standing,
      slotCount: slots.length,
      vouchedBy: [],
      otherAdministrators,
    };
    const policy = await policyAt(institution, now, tx);
    if (mayDo(action, member, { policy, now, by: '', isBank: true })) return;
    throw new Refusal('not-for-member', `not for this user now: ${action}`);
  },
  'publish-notice': async ({ institution, contract, user, untilDay }, now, tx) => {
    if (untilDay !== null && endOfTokyoDay(parseTokyoDay(untilDay)).getTime() <= now.getTime()) {
      throw new Refusal('invalid-input', 'the last day is over');
    }
    if (contract === null) return;
    const isThere =
      user === null
        ? await findContract({ institution, contract }, tx)
        : await findPerson({ institution, contract, user }, tx);
    if (isThere !== undefined) return;
    throw new Refusal('invalid-input', 'there is no such contract or user');
  },
  // To whom they go was chosen in the transaction of the request; who needs none any more is left out.
  'print-letters': async () => {},
  'import-users': async (content, _now, tx) => {
    const { institution, import: id, sha256 } = content;
    const kept = await findImport({ institution, id }, tx);
    if (kept === undefined) throw new Refusal('invalid-input', 'there is no such file');
    if (kept.state !== 'checked' || !hasSomethingToDo(kept)) {
      throw new Refusal('invalid-input', 'the file is not one of which something is to be done');
    }
    if (Buffer.from(kept.sha256).toString('hex') !== sha256) {
      throw new Refusal('order-changed', 'the file is another one');
    }
  },
  'accept-former-authority': async ({ certificate, ...content }, now, tx) => {
    await checkAcceptance({ ...content, certificate: Uint8Array.fromBase64(certificate) }, now, tx);
  },
  'end-former-authority': async ({ institution, key }, now, tx) => {
    await checkSwitchOff({ institution, issuer: issuerIn(key) }, now, tx);
  },
};

/** Refuses an order that could not be done now; customers' banks alone have any. */
export async function checkOrderFits(content: OrderContent, now: Date, tx: Tx): Promise<void> {
  const { institution } = content;
  const bank = (await listInstitutions(tx)).find(({ code }) => code === institution);
  if (bank?.kind !== 'bank') throw new Refusal('invalid-input', `there is no bank ${institution}`);
  await checkOf(content.kind)(content, now, tx);
}

function checkOf(kind: OrderKind): (content: OrderContent, now: Date, tx: Tx) => Promise<void> {
  return CHECKS[kind] as (content: OrderContent, now: Date, tx: Tx) => Promise<void>;
}
