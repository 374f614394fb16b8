// Letters (通知書) to users who have neither PIN nor certificate yet: one holds the code, the other the IDs with the
// first PIN. They go two ways, and the print files of the two are given to two people.
import type { Identity } from './identity.ts';

/** Which of the two letters. */
export type LetterKind = 'codes' | 'pins';

/** Letters that were asked for together. */
export type LetterBatch = {
  readonly institution: string;
  readonly id: string;
  /** Null: of any contract. */
  readonly contract: string | null;
  readonly askedBy: string;
  readonly askedAt: Date;
  /** Number of the request that another one decides. */
  readonly request: string;
  readonly codes: { readonly by: string; readonly at: Date } | null;
  readonly pins: { readonly by: string; readonly at: Date } | null;
};

/** To whom one letter goes. */
export type Addressee = {
  /** Its number in the batch, by which the two letters of one person are told to belong together. */
  readonly place: number;
  readonly identity: Identity;
  readonly name: string;
  readonly contractName: string;
  readonly postalCode: string | null;
  readonly address: string | null;
};

/** A letter as it is printed. */
export type Letter = Addressee &
  (
    | { readonly kind: 'codes'; readonly code: string; readonly expiresAt: Date }
    | { readonly kind: 'pins'; readonly pin: string }
  );

/** As many as one print file has at the most. */
export const MOST_LETTERS = 500;

/** The number that stands on a letter: the batch's first eight signs, and the place. */
export function letterNumber(batch: string, place: number): string {
  return `${batch.slice(0, 8).toUpperCase()}-${String(place).padStart(4, '0')}`;
}

/** For how many days a change of where letters go is shown to who approves them. */
export const LATELY_DAYS = 30;

/** A contract to whose people letters go, and when it was last called otherwise or given another address. */
export type MovedContract = {
  readonly institution: string;
  readonly contract: string;
  readonly name: string;
  readonly at: Date;
};
