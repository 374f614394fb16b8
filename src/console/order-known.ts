// What is known where something is asked for, by its kind: read for who may ask, and what its form is filled with.
import { POLICY_FIGURES, POLICY_SWITCHES } from '../banking/check-policy.ts';
import { type ContractFacts, factsText, shownPostalCode } from '../banking/contract-facts.ts';
import type { FormOrderKind } from '../banking/order.ts';
import { type PersonNames, personNamesText } from '../banking/person-names.ts';
import type { Policy } from '../banking/policy.ts';
import type { PageNeeds } from '../frame/page.ts';
import type { Form } from '../http/form-body.ts';
import type { Closing } from '../operations/close-contract.ts';
import { readSwitchOff } from '../operations/read-authorities.ts';
import {
  readClosing,
  readContractFacts,
  readPersonNames,
  readPolicy,
} from '../operations/read-console.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import {
  AUTHORITY_FIELDS,
  CONTRACT_CHANGE_FIELDS,
  type Known,
  ORDER_FIELDS,
  PERSON_FIELDS,
  POLICY_FIELDS,
} from './order-forms.ts';

/** Who asks, for which institution, with what the form or the page's address named. */
type Asked = { readonly user: AuthenticatedUser; readonly institution: string };

type Reads = {
  readonly [K in FormOrderKind]: (asked: Asked, form: Form, needs: PageNeeds) => Promise<Known[K]>;
};

const nothing = async () => null;

const READS: Reads = {
  'open-contract': nothing,
  'change-contract': async (asked, form, needs) =>
    await readContractFacts({ ...asked, contract: contractIn(form) }, needs),
  'close-contract': async (asked, form, needs) =>
    await readClosing({ ...asked, contract: contractIn(form) }, needs),
  'change-person': async ({ user, institution }, form, needs) => {
    const contract = contractIn(form);
    const person = { institution, contract, user: form[PERSON_FIELDS.user] ?? '' };
    return await readPersonNames({ user, person }, needs);
  },
  'change-policy': async (asked, _form, needs) => await readPolicy(asked, needs),
  'change-administrator': nothing,
  'publish-notice': nothing,
  'accept-former-authority': nothing,
  'end-former-authority': async (asked, form, needs) =>
    await readSwitchOff({ ...asked, key: form[AUTHORITY_FIELDS.key] ?? '' }, needs),
};

type Fills = { readonly [K in FormOrderKind]: (known: Known[K]) => Form };

const empty = () => ({});

const FILLS: Fills = {
  'open-contract': empty,
  'change-contract': contractForm,
  'close-contract': closingForm,
  'change-person': personForm,
  'change-policy': policyForm,
  'change-administrator': empty,
  'publish-notice': empty,
  'accept-former-authority': empty,
  'end-former-authority': ({ name, notMoved }) => ({ name, 'not-moved': String(notMoved) }),
};

/** Reads it; refuses `not-in-role`, and `not-found` where there is no such thing to be changed. */
export async function readKnown<K extends FormOrderKind>(
  kind: K,
  { user, form }: { readonly user: AuthenticatedUser; readonly form: Form },
  needs: PageNeeds,
): Promise<Known[K]> {
  const institution = form[ORDER_FIELDS.institution] ?? '';
  return await READS[kind]({ user, institution }, form, needs);
}

/** What a form shows of it at first. */
export function filledWith<K extends FormOrderKind>(kind: K, known: Known[K]): Form {
  return FILLS[kind](known);
}

function contractIn(form: Form): string {
  return form[CONTRACT_CHANGE_FIELDS.contract] ?? '';
}

function closingForm({ name, users, certificates }: Closing): Form {
  return { name, users: String(users), certificates: String(certificates) };
}

function contractForm(recorded: ContractFacts): Form {
  const { seen, name, kana, postalCode, address } = CONTRACT_CHANGE_FIELDS;
  return {
    [seen]: factsText(recorded),
    [name]: recorded.name,
    [kana]: recorded.kana ?? '',
    [postalCode]: recorded.postalCode === null ? '' : shownPostalCode(recorded.postalCode),
    [address]: recorded.address ?? '',
  };
}

function personForm(recorded: PersonNames): Form {
  const { seen, name, kana } = PERSON_FIELDS;
  return {
    [seen]: personNamesText(recorded),
    [name]: recorded.name,
    [kana]: recorded.kana ?? '',
  };
}

function policyForm({ policy, version }: Known['change-policy']): Form {
  const switches = POLICY_SWITCHES.map((name) => [name, policy[name] ? 'yes' : 'no'] as const);
  const figures = Object.keys(POLICY_FIGURES).map(
    (name) => [name, String(policy[name as keyof Policy])] as const,
  );
  return {
    ...Object.fromEntries([...figures, ...switches]),
    renewalExtends: policy.renewalExtends,
    keyHomes: [...policy.keyHomes].toSorted().join(' '),
    mailDaysBefore: policy.mailDaysBefore.join(', '),
    [POLICY_FIELDS.version]: String(version),
  };
}
