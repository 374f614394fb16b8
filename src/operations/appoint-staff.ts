// Makes people of the staff house staff members of the banks. On the server only, by `koshin staff`: it is the
// root of trust of everything that staff do. Who does it is whoever may run commands there.
import { parseDisplayName } from '../banking/display-name.ts';
import { type Identity, parseIdentity } from '../banking/identity.ts';
import type { Institution } from '../banking/institution.ts';
import { STAFF_CONTRACT, type StaffScope } from '../banking/staff.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockContract } from '../store/contracts.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { listInstitutions, policyAt } from '../store/institutions.ts';
import { isUserIdTaken, lockPerson } from '../store/members.ts';
import { insertPerson } from '../store/persons.ts';
import { keepStaffMember, type StaffMember } from '../store/staff-members.ts';
import { personEntry } from './change-member.ts';
import { makeInitialPin } from './initial-pin.ts';
import { makeOffer, type Offer } from './offer-acquisition.ts';
import { randomSeed } from './once.ts';
import type { PinHasher } from './pin-hasher.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** What is recorded as who did it. */
const BY = 'koshin staff';

/** Gives a person of the staff house a role and scope, or changes them. */
export async function appointStaff(
  asked: StaffMember & { readonly user: string },
  needs: Needs,
): Promise<void> {
  const at = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    const institutions = await listInstitutions(tx);
    const identity = identityIn(staffHouseIn(institutions), asked.user);
    if ((await lockPerson(identity, tx)) === undefined) {
      throw new Refusal('invalid-input', `user-id: there is no staff member ${asked.user}`);
    }
    await keep(identity, { ...asked, at }, institutions, tx);
  });
}

/** Adds a staff member, with a first PIN and the code for a certificate, each to be told once. */
export async function addStaffMember(
  asked: StaffMember & { readonly user: string; readonly name: string },
  needs: Needs & { readonly codeKey: Uint8Array; readonly pins: PinHasher },
): Promise<Offer & { readonly pin: string }> {
  const house = staffHouseIn(await listInstitutions(needs.db));
  const identity = identityIn(house, asked.user);
  const name = parseDisplayName(asked.name);
  const pin = makeInitialPin(identity);
  const pinHash = await needs.pins.hash(pin);
  const now = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    await lockContract(identity, tx);
    if (await isUserIdTaken(identity, tx)) {
      throw new Refusal('invalid-input', `user-id: there is a staff member ${asked.user} already`);
    }
    const added = { identity, name, role: 'user', pinHash, hasInitialPin: true, at: now } as const;
    await insertPerson(added, tx);
    const person = await lockPerson(identity, tx);
    if (person === undefined) throw new Error('a person just added is not there');
    const policy = await policyAt(house.code, now, tx);
    const slot = { identity, slot: 1 };
    const changing = { person, slot, held: [], hasHadOne: false, by: BY, policy, now };
    const { offer, entries } = await makeOffer(
      changing,
      { seed: randomSeed(), codeKey: needs.codeKey },
      tx,
    );
    const { role } = person;
    await appendAudit([personEntry('person-registered', changing, { role }), ...entries], tx);
    await keep(identity, { ...asked, at: now }, await listInstitutions(tx), tx);
    return { ...offer, pin };
  });
}

async function keep(
  identity: Identity,
  { role, scope, at }: StaffMember & { readonly at: Date },
  institutions: readonly Institution[],
  tx: Tx,
): Promise<void> {
  checkScope(scope, institutions);
  await keepStaffMember(identity, { role, scope, at }, tx);
  const detail = { by: BY, role, scope: scope === 'all' ? scope : scope.join(' ') };
  const { institution } = identity;
  await appendAudit([{ institution, at, event: 'staff-appointed', person: identity, detail }], tx);
}

function checkScope(scope: StaffScope, institutions: readonly Institution[]): void {
  if (scope === 'all') return;
  for (const code of scope) {
    if (institutions.some((one) => one.code === code && one.kind === 'bank')) continue;
    throw new Refusal('invalid-input', `scope: there is no bank ${code}`);
  }
}

function staffHouseIn(institutions: readonly Institution[]): Institution {
  const house = institutions.find(({ kind }) => kind === 'staff');
  if (house !== undefined) return house;
  throw new Refusal(
    'invalid-input',
    'there is no staff house yet: found one with `koshin init FILE`',
  );
}

function identityIn({ code }: Institution, user: string): Identity {
  return parseIdentity({ institution: code, contract: STAFF_CONTRACT, user });
}
