// Opens contracts and registers their people. Who may ask for it is the caller's to check.
import { parseDisplayName, parseReading } from '../banking/display-name.ts';
import type { Identity } from '../banking/identity.ts';
import { parseIdentity } from '../banking/identity.ts';
import { parseMailAddress } from '../banking/mail-address.ts';
import type { Role } from '../banking/person.ts';
import { parseNewPin } from '../banking/pin.ts';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { insertContract } from '../store/contracts.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { insertPerson } from '../store/persons.ts';
import { type ApprovedOrder, nameOf, recordedOf } from './actor.ts';
import type { PinHasher } from './pin-hasher.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** Opens a contract (ご契約先). */
export async function openContract(
  contract: {
    readonly institution: string;
    readonly contract: string;
    readonly name: string;
    readonly kana?: string | null;
    readonly by?: ApprovedOrder;
  },
  needs: Needs,
): Promise<void> {
  const at = needs.clock.now();
  const { institution, contract: id, by } = contract;
  const name = parseDisplayName(contract.name);
  const kana = parseReading(contract.kana ?? null);
  await inTransaction(needs.db, async (tx) => {
    await insertContract({ institution, contract: id, name, kana, at }, tx);
    const detail = { contract: id, name, ...(by && { by: nameOf(by) }) };
    const entry = { institution, at, event: 'contract-opened', contract: id, detail } as const;
    await appendAudit(by === undefined ? [entry] : recordedOf([entry], by), tx);
  });
}

/** Registers a person with a PIN that is their own already, as in the sample: nobody has to change it. */
export async function registerPerson(
  person: {
    readonly identity: Identity;
    readonly name: string;
    readonly kana?: string | null;
    readonly role: Role;
    readonly mail?: string | null;
    readonly pin: string;
  },
  needs: Needs & { readonly pins: PinHasher },
): Promise<void> {
  const identity = parseIdentity(person.identity);
  const name = parseDisplayName(person.name);
  const kana = parseReading(person.kana ?? null);
  const mail = parseMailAddress(person.mail ?? '');
  const pinHash = await needs.pins.hash(parseNewPin(person.pin, identity));
  const at = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    await insertPerson({ identity, name, kana, role: person.role, mail, pinHash, at }, tx);
    await appendAudit(
      [
        {
          institution: identity.institution,
          at,
          event: 'person-registered',
          person: identity,
          detail: { role: person.role },
        },
      ],
      tx,
    );
  });
}
