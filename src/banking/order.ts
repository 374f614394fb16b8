// What one of the bank's staff asks for and another approves (申請と承認): its content, states and life. What was
// approved is exactly what is done: the content is one text, whose SHA-256 both have seen.
import type { MemberAction, ReissueReason } from './company.ts';
import type { ContractFacts } from './contract-facts.ts';
import type { RenewFrom } from './former-authority.ts';
import type { ImportUnit } from './import-plan.ts';
import type { PersonNames } from './person-names.ts';
import type { Policy } from './policy.ts';
import type { ImportFound } from './user-import.ts';

/** Everything that takes two of the bank's staff. */
export const ORDER_KINDS = [
  'open-contract',
  'change-contract',
  'close-contract',
  'change-person',
  'change-policy',
  'change-administrator',
  'publish-notice',
  'import-users',
  'accept-former-authority',
  'end-former-authority',
  'print-letters',
] as const;

/** What is asked for. */
export type OrderKind = (typeof ORDER_KINDS)[number];

/** The content of an order, by its kind; all of it is in the text that is approved. */
export type OrderContent = { readonly institution: string } & (
  | {
      readonly kind: 'open-contract';
      readonly contract: string;
      readonly name: string;
      readonly kana: string | null;
      /** Its first administrator. */
      readonly user: string;
      readonly userName: string;
      readonly userKana: string | null;
    }
  | {
      readonly kind: 'change-contract';
      readonly contract: string;
      /** What is changed: others on record meanwhile, and the order is none any more. */
      readonly from: ContractFacts;
      readonly to: ContractFacts;
    }
  | {
      readonly kind: 'close-contract';
      readonly contract: string;
      readonly name: string;
      /** How many people could log in and how many certificates were not over when it was asked for. */
      readonly users: number;
      readonly certificates: number;
    }
  | {
      readonly kind: 'change-person';
      readonly contract: string;
      readonly user: string;
      /** What is changed: others on record meanwhile, and the order is none any more. */
      readonly from: PersonNames;
      readonly to: PersonNames;
    }
  | {
      readonly kind: 'change-policy';
      /** The version that is changed: another one meanwhile, and the order is none any more. */
      readonly fromVersion: number;
      readonly policy: Policy;
    }
  | {
      readonly kind: 'change-administrator';
      readonly action: MemberAction;
      readonly contract: string;
      readonly user: string;
      readonly slot: number;
      /** Of a reissue. */
      readonly reissue: ReissueReason | null;
    }
  | {
      readonly kind: 'publish-notice';
      /** Null: every contract. */
      readonly contract: string | null;
      /** Null: everybody of the contract. */
      readonly user: string | null;
      readonly isImportant: boolean;
      readonly title: string;
      /** Markdown. */
      readonly body: string;
      /** First day on which it is shown, `2027-03-01`; null: from its approval on. */
      readonly fromDay: string | null;
      /** Last day on which it is shown, `2027-03-31`; null: no end. */
      readonly untilDay: string | null;
    }
  | {
      readonly kind: 'import-users';
      /** The file that was sent, its sum in hexadecimal, and what was found in it. */
      readonly import: string;
      readonly fileName: string;
      readonly size: number;
      readonly sha256: string;
      readonly unit: ImportUnit;
      readonly found: ImportFound;
      /** Whether it was asked for at the console or by a command on the server. */
      readonly from: 'console' | 'server';
    }
  | {
      readonly kind: 'accept-former-authority';
      /** DER of its certificate, base64, and what is seen of it: common name, SHA-256 of the key. */
      readonly certificate: string;
      readonly name: string;
      readonly key: string;
      /** Last day on which its certificates are accepted, `2028-03-31`. */
      readonly untilDay: string;
      readonly renewFrom: RenewFrom;
    }
  | {
      readonly kind: 'end-former-authority';
      readonly name: string;
      readonly key: string;
      /** How many certificates nothing of ours had taken the place of when it was asked for. */
      readonly notMoved: number;
    }
  | {
      readonly kind: 'print-letters';
      /** The letters, to whom each of them is kept with them. */
      readonly batch: string;
      readonly contract: string | null;
      readonly letters: number;
    }
);

/** What is asked for by a form of its own fields; files of users and letters have pages of their own. */
export type FormOrderKind = Exclude<OrderKind, 'import-users' | 'print-letters'>;

/** The kinds of these. */
export const FORM_ORDER_KINDS: readonly FormOrderKind[] = ORDER_KINDS.filter(
  (kind) => kind !== 'import-users' && kind !== 'print-letters',
);

/** The content of one kind. */
export type ContentOf<K extends OrderKind> = Extract<OrderContent, { readonly kind: K }>;

/** How far an order has come. */
export type OrderState = 'waiting' | 'done' | 'rejected' | 'withdrawn' | 'expired';

/** An order as it is kept. */
export type Order = {
  readonly id: string;
  readonly content: OrderContent;
  /** The text of the content, and its SHA-256. */
  readonly text: string;
  readonly sha256: Uint8Array;
  readonly reason: string;
  /** Number of a paper, a letter or an application; null where there is none. */
  readonly reference: string | null;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly state: OrderState;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
};

const LIFE_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** When an order of now can no longer be decided. */
export function orderEndsAt(now: Date): Date {
  return new Date(now.getTime() + LIFE_DAYS * DAY_MS);
}

/** How an order stands now: one that nobody has decided in time has expired, before anything says so. */
export function stateOf(
  { state, expiresAt }: Pick<Order, 'state' | 'expiresAt'>,
  now: Date,
): OrderState {
  return state === 'waiting' && now.getTime() >= expiresAt.getTime() ? 'expired' : state;
}

/** The contract whom an order concerns, and the user of it, where it concerns one. */
export function concernedBy(
  content: OrderContent,
): { readonly contract: string; readonly user: string | null } | null {
  switch (content.kind) {
    case 'change-contract':
    case 'close-contract':
      return { contract: content.contract, user: null };
    case 'open-contract':
    case 'change-person':
    case 'change-administrator':
      return { contract: content.contract, user: content.user };
    case 'change-policy':
    case 'publish-notice':
    case 'import-users':
    case 'accept-former-authority':
    case 'end-former-authority':
    case 'print-letters':
      return null;
  }
}

/** Whether a text can be the number of an order. */
export function isOrderId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** The one text of a content: fields in the order of their names, so that equal contents are equal texts. */
export function orderText(content: OrderContent): string {
  return JSON.stringify(content, (_name, value: unknown) => sorted(value));
}

/** The content of a text that `orderText` wrote. */
export function orderContent(text: string): OrderContent {
  return JSON.parse(text) as OrderContent;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
