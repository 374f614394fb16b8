// A user (利用者) or administrator (管理者) of a contract, as the bank keeps them. Not the PIN's hash.
import type { Identity } from './identity.ts';

/** What a person may do in the contract. */
export type Role = 'user' | 'administrator';

/** A contract (ご契約先): a company. */
export type Contract = {
  readonly institution: string;
  readonly contract: string;
  readonly name: string;
  /** How the name is read; null where that is not known. */
  readonly kana: string | null;
  readonly openedAt: Date;
  /** When its company left; null while it is open. */
  readonly closedAt: Date | null;
};

/** A person of a contract. */
export type Person = {
  readonly identity: Identity;
  readonly name: string;
  readonly contractName: string;
  readonly role: Role;
  readonly previousLoginAt: Date | null;
  readonly isLocked: boolean;
  readonly isStopped: boolean;
  /** Rights are held back after a reissue until somebody else confirms. */
  readonly isFrozen: boolean;
  /** Somebody else chose the PIN: it is to be changed before anything else. */
  readonly hasInitialPin: boolean;
};
