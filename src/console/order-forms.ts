// What the forms of requests send, read into the content of an order. Each kind has its fields and its reader; one
// without does not compile.
import { checkPolicy, POLICY_FIGURES, POLICY_SWITCHES } from '../banking/check-policy.ts';
import { BANK_ACTIONS } from '../banking/company.ts';
import { type ContractFacts, factsText, parseContractFacts } from '../banking/contract-facts.ts';
import { parseDisplayName, parseReading } from '../banking/display-name.ts';
import { RENEW_FROM } from '../banking/former-authority.ts';
import { parseIdentity } from '../banking/identity.ts';
import type { FormOrderKind, OrderContent } from '../banking/order.ts';
import { type PersonNames, parsePersonNames, personNamesText } from '../banking/person-names.ts';
import type { Policy } from '../banking/policy.ts';
import { parseTokyoDay } from '../banking/tokyo-calendar.ts';
import { Refusal } from '../errors.ts';
import type { Form } from '../http/form-body.ts';
import type { Closing } from '../operations/close-contract.ts';
import { hexOf, seeFormer } from '../operations/former-authority.ts';
import { HOME_CHOICES } from '../words/policy.ts';
import { decodePem } from '../x509/pem.ts';

/** Fields of every request. */
export const ORDER_FIELDS = {
  institution: 'institution',
  reason: 'reason',
  reference: 'reference',
} as const;

/** Fields of a new contract. */
export const CONTRACT_FIELDS = {
  contract: 'contract',
  name: 'name',
  kana: 'kana',
  user: 'user',
  userName: 'user-name',
  userKana: 'user-kana',
} as const;

/** Fields of a contract that is changed; `seen` is what was on record when the form was filled. */
export const CONTRACT_CHANGE_FIELDS = {
  contract: 'contract',
  seen: 'seen',
  name: 'name',
  kana: 'kana',
  postalCode: 'postal-code',
  address: 'address',
} as const;

/** Fields of a person who is called otherwise; `seen` is what was on record when the form was filled. */
export const PERSON_FIELDS = {
  contract: 'contract',
  user: 'user',
  seen: 'seen',
  name: 'name',
  kana: 'kana',
} as const;

/** Fields of an action for an administrator. */
export const ADMINISTRATOR_FIELDS = {
  contract: 'contract',
  user: 'user',
  slot: 'slot',
  action: 'action',
  reissue: 'reissue',
} as const;

/** Fields of a notice. */
export const NOTICE_FIELDS = {
  contract: 'contract',
  user: 'user',
  important: 'important',
  title: 'title',
  body: 'body',
  fromDay: 'from',
  untilDay: 'until',
} as const;

/** Fields of a former authority: its certificate as text, or the SHA-256 of its key. */
export const AUTHORITY_FIELDS = {
  certificate: 'certificate',
  untilDay: 'until',
  renewFrom: 'renew-from',
  key: 'key',
} as const;

/** Fields of a policy besides its settings, which are named as they are. */
export const POLICY_FIELDS = { version: 'version' } as const;

/** The reasons of a reissue. */
export const REISSUE_REASONS = ['lost', 'new-pc', 'vanished', 'theft'] as const;

const LONGEST_TITLE = 100;
const LONGEST_BODY = 4_000;

/** What is known, by kind, of what is to be changed; null where nothing has to be. */
export type Known = {
  readonly 'open-contract': null;
  readonly 'change-contract': ContractFacts;
  readonly 'close-contract': Closing;
  readonly 'change-person': PersonNames;
  readonly 'change-policy': { readonly policy: Policy; readonly version: number };
  readonly 'change-administrator': null;
  readonly 'publish-notice': null;
  readonly 'accept-former-authority': null;
  readonly 'end-former-authority': { readonly name: string; readonly notMoved: number };
};

type Readers = {
  readonly [K in FormOrderKind]: (form: Form, institution: string, known: Known[K]) => OrderContent;
};

const READERS: Readers = {
  'open-contract': (form, institution) => {
    const contract = text(form, CONTRACT_FIELDS.contract).normalize('NFKC');
    const user = text(form, CONTRACT_FIELDS.user);
    const identity = parseIdentity({ institution, contract, user });
    return {
      kind: 'open-contract',
      institution,
      contract: identity.contract,
      name: parseDisplayName(text(form, CONTRACT_FIELDS.name)),
      kana: parseReading(text(form, CONTRACT_FIELDS.kana)),
      user: identity.user,
      userName: parseDisplayName(text(form, CONTRACT_FIELDS.userName)),
      userKana: parseReading(text(form, CONTRACT_FIELDS.userKana)),
    };
  },
  'change-contract': (form, institution, from) => {
    const { contract, seen, name, kana, postalCode, address } = CONTRACT_CHANGE_FIELDS;
    if (text(form, seen) !== factsText(from)) {
      throw new Refusal('order-over', 'the contract was changed while the form was filled');
    }
    const to = parseContractFacts({
      name: text(form, name),
      kana: text(form, kana),
      postalCode: text(form, postalCode),
      address: text(form, address),
    });
    return { kind: 'change-contract', institution, contract: text(form, contract), from, to };
  },
  'close-contract': (form, institution, closing) => {
    const contract = text(form, CONTRACT_CHANGE_FIELDS.contract);
    return { kind: 'close-contract', institution, contract, ...closing };
  },
  'change-person': (form, institution, from) => {
    const { contract, user, seen, name, kana } = PERSON_FIELDS;
    if (text(form, seen) !== personNamesText(from)) {
      throw new Refusal('order-over', 'the user was renamed while the form was filled');
    }
    const to = parsePersonNames({ name: text(form, name), kana: text(form, kana) });
    const person = { contract: text(form, contract), user: text(form, user) };
    return { kind: 'change-person', institution, ...person, from, to };
  },
  'change-policy': (form, institution, { policy }) => {
    const fromVersion = whole(text(form, POLICY_FIELDS.version));
    return { kind: 'change-policy', institution, fromVersion, policy: policyIn(form, policy) };
  },
  'change-administrator': (form, institution) => {
    const contract = text(form, ADMINISTRATOR_FIELDS.contract);
    const user = text(form, ADMINISTRATOR_FIELDS.user);
    const identity = parseIdentity({ institution, contract, user });
    const action = BANK_ACTIONS.find((one) => one === form[ADMINISTRATOR_FIELDS.action]);
    if (action === undefined) throw new Refusal('invalid-input', 'no such action of the bank');
    const reissue = REISSUE_REASONS.find((one) => one === form[ADMINISTRATOR_FIELDS.reissue]);
    const slot = whole(text(form, ADMINISTRATOR_FIELDS.slot));
    const named = { contract: identity.contract, user: identity.user, slot };
    return {
      kind: 'change-administrator',
      institution,
      ...named,
      action,
      reissue: action === 'reissue' ? (reissue ?? null) : null,
    };
  },
  'publish-notice': (form, institution) => {
    const contract = emptyAsNull(text(form, NOTICE_FIELDS.contract).normalize('NFKC'));
    const user = emptyAsNull(text(form, NOTICE_FIELDS.user));
    if (user !== null && contract === null) {
      throw new Refusal('invalid-input', 'a user is one of a contract');
    }
    const fromDay = dayIn(form, NOTICE_FIELDS.fromDay);
    const untilDay = dayIn(form, NOTICE_FIELDS.untilDay);
    if (fromDay !== null && untilDay !== null && untilDay < fromDay) {
      throw new Refusal('invalid-input', 'the last day is before the first');
    }
    return {
      kind: 'publish-notice',
      institution,
      contract,
      user,
      isImportant: form[NOTICE_FIELDS.important] === 'yes',
      title: bounded(parseDisplayName(text(form, NOTICE_FIELDS.title)), LONGEST_TITLE),
      body: bounded(text(form, NOTICE_FIELDS.body).replaceAll('\r\n', '\n').trim(), LONGEST_BODY),
      fromDay,
      untilDay,
    };
  },
  'accept-former-authority': (form, institution) => {
    const { der, name, key } = authorityIn(text(form, AUTHORITY_FIELDS.certificate));
    const untilDay = text(form, AUTHORITY_FIELDS.untilDay);
    parseTokyoDay(untilDay);
    const renewFrom = RENEW_FROM.find((one) => one === form[AUTHORITY_FIELDS.renewFrom]);
    if (renewFrom === undefined) throw new Refusal('invalid-input', 'no such time to renew');
    const certificate = der.toBase64();
    return {
      kind: 'accept-former-authority',
      institution,
      certificate,
      name,
      key,
      untilDay,
      renewFrom,
    };
  },
  'end-former-authority': (form, institution, off) => {
    const key = text(form, AUTHORITY_FIELDS.key);
    return { kind: 'end-former-authority', institution, key, ...off };
  },
};

/** What a CA's certificate in PEM says; whatever is wrong with it is corrected in the form. */
function authorityIn(pem: string) {
  try {
    const der = decodePem(pem, 'CERTIFICATE');
    const { name, issuer } = seeFormer(der);
    return { der, name, key: hexOf(issuer) };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('invalid-input', 'this is no certificate of an acceptable CA', { cause });
  }
}

/** The content that a form asks for; refuses (`invalid-input`) what has not its form. */
export function orderContentIn<K extends FormOrderKind>(
  kind: K,
  form: Form,
  known: Known[K],
): OrderContent {
  return READERS[kind](form, form[ORDER_FIELDS.institution] ?? '', known);
}

function policyIn(form: Form, policy: Policy): Policy {
  const figures = Object.fromEntries(
    Object.keys(POLICY_FIGURES).map((name) => [name, whole(text(form, name))]),
  );
  const switches = Object.fromEntries(POLICY_SWITCHES.map((name) => [name, form[name] === 'yes']));
  const renewalExtends = form['renewalExtends'] === 'issue-day' ? 'issue-day' : 'old-end';
  const homes = Object.keys(HOME_CHOICES).find((one) => one === form['keyHomes']);
  const [first, ...others] = (homes ?? '').split(' ') as ('device' | 'file')[];
  if (homes === undefined || first === undefined) {
    throw new Refusal('invalid-input', 'keyHomes is one of those offered');
  }
  const changed: Policy = {
    ...policy,
    ...figures,
    ...switches,
    renewalExtends,
    keyHomes: [first, ...others],
    mailDaysBefore: daysIn(text(form, 'mailDaysBefore')),
  };
  checkPolicy(changed);
  return changed;
}

/** Days with commas between them, in any order; an empty text names none. */
function daysIn(typed: string): readonly number[] {
  const parts = typed
    .normalize('NFKC')
    .split(/[,、]/)
    .map((part) => part.trim());
  const days = typed === '' ? [] : parts.map(whole);
  return days.toSorted((one, other) => other - one);
}

/** A day as `2027-03-31`, or null where none was entered. */
function dayIn(form: Form, name: string): string | null {
  const typed = emptyAsNull(text(form, name).normalize('NFKC').replaceAll('/', '-'));
  if (typed !== null) parseTokyoDay(typed);
  return typed;
}

function text(form: Form, name: string): string {
  return (form[name] ?? '').trim();
}

function whole(typed: string): number {
  const plain = typed.normalize('NFKC');
  if (/^[0-9]{1,6}$/.test(plain)) return Number(plain);
  throw new Refusal('invalid-input', 'a figure is a whole number');
}

function emptyAsNull(typed: string): string | null {
  return typed === '' ? null : typed;
}

function bounded(typed: string, most: number): string {
  if (typed !== '' && typed.length <= most) return typed;
  throw new Refusal('invalid-input', `a text has 1 to ${most} characters`);
}
