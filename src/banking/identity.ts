// Who a user is: institution, contract and user ID, parsed once. Not the person's record.
import { Refusal } from '../errors.ts';

/** The identity of a user, as every certificate and session names it. */
export type Identity = {
  /** Four digits. */
  readonly institution: string;
  /** Eleven digits. */
  readonly contract: string;
  /** 1 to 30 half-width letters and digits; case is kept. */
  readonly user: string;
};

const INSTITUTION = /^[0-9]{4}$/;
const CONTRACT = /^[0-9]{11}$/;
const USER = /^[A-Za-z0-9]{1,30}$/;

/** Checks the three parts of an identity and refuses (`invalid-input`) what has another form. */
export function parseIdentity(input: Identity): Identity {
  if (!INSTITUTION.test(input.institution)) {
    throw new Refusal('invalid-input', 'an institution code has four digits');
  }
  if (!CONTRACT.test(input.contract)) {
    throw new Refusal('invalid-input', 'a contract ID has eleven digits');
  }
  if (!USER.test(input.user)) {
    throw new Refusal('invalid-input', 'a user ID has 1 to 30 half-width letters and digits');
  }
  return { institution: input.institution, contract: input.contract, user: input.user };
}

/** Whether the three parts of an identity have their forms. */
export function isIdentity({ institution, contract, user }: Identity): boolean {
  return INSTITUTION.test(institution) && CONTRACT.test(contract) && USER.test(user);
}
