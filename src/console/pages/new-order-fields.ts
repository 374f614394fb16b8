// The fields of each kind of request, as its form shows them.
import { MAIL_DAYS, POLICY_FIGURES, POLICY_SWITCHES } from '../../banking/check-policy.ts';
import { RENEW_FROM } from '../../banking/former-authority.ts';
import type { FormOrderKind } from '../../banking/order.ts';
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import type { Form } from '../../http/form-body.ts';
import { type Html, html } from '../../http/html.ts';
import type { Desk } from '../../operations/read-console.ts';
import {
  AUTHORITIES,
  AUTHORITY_FOLLOWS,
  PEOPLE,
  RENEW_FROM_WORDS,
} from '../../words/authorities.ts';
import { IMPORTS } from '../../words/imports.ts';
import { inLanguage } from '../../words/language.ts';
import { ACTIONS, REASONS } from '../../words/member-actions.ts';
import { HOME_CHOICES, MAIL_DAYS_HINT, POLICY_WORDS, RENEWAL_EXTENDS } from '../../words/policy.ts';
import {
  CERTIFICATES,
  CLOSING_FOLLOWS,
  CONSOLE,
  CONTRACT_FOLLOWS,
  ORDERS,
} from '../../words/staff.ts';
import { choiceField, hiddenField, lineField, textField } from '../order-fields.ts';
import {
  ADMINISTRATOR_FIELDS,
  AUTHORITY_FIELDS,
  CONTRACT_CHANGE_FIELDS,
  CONTRACT_FIELDS,
  NOTICE_FIELDS,
  ORDER_FIELDS,
  PERSON_FIELDS,
  POLICY_FIELDS,
  REISSUE_REASONS,
} from '../order-forms.ts';
import { facts, keyText, mono, plain } from '../rows.ts';

/** Who is there, and what was entered or is known already. */
type FieldsView = { readonly desk: Desk; readonly entered: Form };

/** The fields of one kind. */
export function orderFields(kind: FormOrderKind, view: FieldsView, frame: Frame): Html {
  return FIELDS[kind](view, frame);
}

const FIELDS: Readonly<Record<FormOrderKind, (view: FieldsView, frame: Frame) => Html>> = {
  'open-contract': (view, frame) => {
    const say = inLanguage(frame.language);
    const { entered } = view;
    const kanaHint = say(ORDERS.kanaHint);
    return html`${institutionField(view, frame)}<section class="stack wide"><h2>${say(ORDERS.company)}</h2>
${lineField({ name: CONTRACT_FIELDS.contract, label: say(CONSOLE.contract), hint: say(ORDERS.contractHint), most: 11 }, entered)}
${lineField({ name: CONTRACT_FIELDS.name, label: say(CONSOLE.name), isLong: true }, entered)}
${lineField({ name: CONTRACT_FIELDS.kana, label: say(CONSOLE.kana), hint: kanaHint, isOptional: true, isLong: true }, entered)}</section>
<section class="stack wide"><h2>${say(ORDERS.administrator)}</h2>
${lineField({ name: CONTRACT_FIELDS.user, label: say(CONSOLE.user), hint: say(ORDERS.userHint), most: 30 }, entered)}
${lineField({ name: CONTRACT_FIELDS.userName, label: say(CONSOLE.name) }, entered)}
${lineField({ name: CONTRACT_FIELDS.userKana, label: say(CONSOLE.kana), hint: kanaHint, isOptional: true }, entered)}</section>`;
  },
  'change-contract': ({ entered }, frame) => contractFields(entered, frame),
  'close-contract': ({ entered }, frame) => closingFields(entered, frame),
  'change-person': ({ entered }, frame) => personFields(entered, frame),
  'change-policy': (view, frame) => policyFields(view, frame),
  'change-administrator': (view, frame) => administratorFields(view, frame),
  'publish-notice': (view, frame) => {
    const say = inLanguage(frame.language);
    const { entered } = view;
    const choices = [
      ['no', say(ORDERS.no)],
      ['yes', say(ORDERS.yes)],
    ] as const;
    return html`${institutionField(view, frame)}<section class="stack wide"><p class="quiet">${inPhrases(say(ORDERS.noticeTo))}</p>
${lineField({ name: NOTICE_FIELDS.contract, label: say(CONSOLE.contract), isOptional: true, most: 11 }, entered)}
${lineField({ name: NOTICE_FIELDS.user, label: say(CONSOLE.user), isOptional: true, most: 30 }, entered)}</section>
<section class="stack wide">${choiceField({ name: NOTICE_FIELDS.important, label: say(ORDERS.important), choices }, entered)}
${lineField({ name: NOTICE_FIELDS.title, label: say(ORDERS.title), isLong: true, most: 100 }, entered)}
${textField({ name: NOTICE_FIELDS.body, label: say(ORDERS.body), hint: say(ORDERS.bodyHint), rows: 8 }, entered)}
${lineField({ name: NOTICE_FIELDS.fromDay, label: say(ORDERS.fromDay), hint: say(ORDERS.fromHint), isOptional: true, most: 10 }, entered)}
${lineField({ name: NOTICE_FIELDS.untilDay, label: say(ORDERS.untilDay), hint: say(ORDERS.untilHint), isOptional: true, most: 10 }, entered)}</section>`;
  },
  'accept-former-authority': (view, frame) => {
    const say = inLanguage(frame.language);
    const { entered } = view;
    const { certificate, untilDay, renewFrom } = AUTHORITY_FIELDS;
    const choices = RENEW_FROM.map((one) => [one, say(RENEW_FROM_WORDS[one])] as const);
    return html`${institutionField(view, frame)}<section class="stack wide">
${textField({ name: certificate, label: say(AUTHORITIES.certificate), hint: say(AUTHORITIES.certificateHint), rows: 8 }, entered)}
${lineField({ name: untilDay, label: say(AUTHORITIES.until), hint: say(AUTHORITIES.untilHint), most: 10 }, entered)}
${choiceField({ name: renewFrom, label: say(AUTHORITIES.renewFrom), choices }, entered)}</section>`;
  },
  'end-former-authority': ({ entered }, frame) => {
    const say = inLanguage(frame.language);
    const { institution } = ORDER_FIELDS;
    const { key } = AUTHORITY_FIELDS;
    // Not known where the form is shown again with what was sent.
    const { name, 'not-moved': notMoved } = entered;
    return html`${hiddenField(institution, entered[institution] ?? '')}${hiddenField(key, entered[key] ?? '')}
${facts([
  [say(CONSOLE.institution), mono(entered[institution] ?? '')],
  [say(AUTHORITIES.name), name === undefined ? null : plain(name)],
  [say(AUTHORITIES.key), keyText(entered[key] ?? '')],
  [
    say(AUTHORITIES.notMoved),
    notMoved === undefined ? null : html`<b>${say(PEOPLE)(Number(notMoved))}</b>`,
  ],
])}<ul class="dots">${say(AUTHORITY_FOLLOWS.ending).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
  },
};

function institutionField({ desk, entered }: FieldsView, frame: Frame): Html {
  const choices = desk.institutions.map(
    ({ code, name, nameEnglish }) =>
      [code, `${code} ${frame.language === 'ja' ? name : nameEnglish}`] as const,
  );
  const label = inLanguage(frame.language)(CONSOLE.institution);
  return choiceField({ name: ORDER_FIELDS.institution, label, choices }, entered);
}

function policyFields({ entered }: FieldsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const figures = Object.keys(POLICY_FIGURES) as (keyof typeof POLICY_FIGURES)[];
  const yesNo = [
    ['yes', say(ORDERS.yes)],
    ['no', say(ORDERS.no)],
  ] as const;
  return html`${facts([[say(CONSOLE.institution), mono(entered[ORDER_FIELDS.institution] ?? '')]])}
${hiddenField(ORDER_FIELDS.institution, entered[ORDER_FIELDS.institution] ?? '')}${hiddenField(POLICY_FIELDS.version, entered[POLICY_FIELDS.version] ?? '')}
<section class="settings">${figures.map((name) => {
    const { least, most } = POLICY_FIGURES[name];
    return lineField(
      { name, label: say(POLICY_WORDS[name]), hint: `${least} – ${most}`, most: 6 },
      entered,
    );
  })}
${lineField({ name: 'mailDaysBefore', label: say(POLICY_WORDS.mailDaysBefore), hint: say(MAIL_DAYS_HINT)(MAIL_DAYS), isOptional: true, most: 20 }, entered)}
${POLICY_SWITCHES.map((name) => choiceField({ name, label: say(POLICY_WORDS[name]), choices: yesNo }, entered))}
${choiceField({ name: 'renewalExtends', label: say(POLICY_WORDS.renewalExtends), choices: choicesOf(RENEWAL_EXTENDS, frame) }, entered)}
${choiceField({ name: 'keyHomes', label: say(POLICY_WORDS.keyHomes), choices: choicesOf(HOME_CHOICES, frame) }, entered)}</section>`;
}

function choicesOf(
  words: Readonly<Record<string, { readonly ja: string; readonly en: string }>>,
  frame: Frame,
): readonly (readonly [string, string])[] {
  return Object.entries(words).map(([value, text]) => [value, text[frame.language]] as const);
}

function contractFields(entered: Form, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { contract, seen, name, kana, postalCode, address } = CONTRACT_CHANGE_FIELDS;
  const known = [ORDER_FIELDS.institution, contract, seen];
  return html`${known.map((field) => hiddenField(field, entered[field] ?? ''))}
${facts([
  [say(CONSOLE.institution), mono(entered[ORDER_FIELDS.institution] ?? '')],
  [say(CONSOLE.contract), mono(entered[contract] ?? '')],
])}<section class="stack wide">
${lineField({ name, label: say(CONSOLE.name), isLong: true }, entered)}
${lineField({ name: kana, label: say(CONSOLE.kana), hint: say(ORDERS.kanaHint), isOptional: true, isLong: true }, entered)}
${lineField({ name: postalCode, label: say(CONSOLE.postalCode), hint: say(ORDERS.postalHint), isOptional: true, most: 10 }, entered)}
${lineField({ name: address, label: say(CONSOLE.address), hint: say(ORDERS.addressHint), isOptional: true, isLong: true }, entered)}</section>
<ul class="dots">${say(CONTRACT_FOLLOWS).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
}

function personFields(entered: Form, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { contract, user, seen, name, kana } = PERSON_FIELDS;
  const known = [ORDER_FIELDS.institution, contract, user, seen];
  return html`${known.map((field) => hiddenField(field, entered[field] ?? ''))}
${facts([
  [say(CONSOLE.contract), mono(entered[contract] ?? '')],
  [say(CONSOLE.user), mono(entered[user] ?? '')],
])}<section class="stack wide">
${lineField({ name, label: say(CONSOLE.name) }, entered)}
${lineField({ name: kana, label: say(CONSOLE.kana), hint: say(ORDERS.kanaHint), isOptional: true }, entered)}</section>
<ul class="dots">${say(ACTIONS['change-name'].follows).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
}

function closingFields(entered: Form, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { institution } = ORDER_FIELDS;
  const { contract } = CONTRACT_CHANGE_FIELDS;
  // Not known where the form is shown again with what was sent.
  const { name, users, certificates } = entered;
  return html`${[institution, contract].map((field) => hiddenField(field, entered[field] ?? ''))}
${facts([
  [say(CONSOLE.institution), mono(entered[institution] ?? '')],
  [say(CONSOLE.contract), mono(entered[contract] ?? '')],
  [say(CONSOLE.name), name === undefined ? null : plain(name)],
  [
    say(ORDERS.notStopped),
    users === undefined ? null : html`<b>${say(IMPORTS.users)(Number(users))}</b>`,
  ],
  [
    say(ORDERS.toRevoke),
    certificates === undefined ? null : html`<b>${say(CERTIFICATES)(Number(certificates))}</b>`,
  ],
])}<ul class="dots">${say(CLOSING_FOLLOWS).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`;
}

function administratorFields({ entered }: FieldsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { contract, user, slot, action } = ADMINISTRATOR_FIELDS;
  const known = [ORDER_FIELDS.institution, contract, user, slot, action];
  const chosen = entered[action];
  const words = isAction(chosen) ? ACTIONS[chosen] : undefined;
  const reasons = REISSUE_REASONS.map((one) => [one, say(REASONS[one])] as const);
  return html`${known.map((name) => hiddenField(name, entered[name] ?? ''))}
${facts([
  [say(ORDERS.action), words === undefined ? '–' : html`<b>${say(words.label)}</b>`],
  [say(CONSOLE.contract), mono(entered[contract] ?? '')],
  [say(CONSOLE.user), mono(entered[user] ?? '')],
])}
${words === undefined ? null : html`<ul class="dots">${say(words.follows).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>`}
${chosen === 'reissue' ? choiceField({ name: ADMINISTRATOR_FIELDS.reissue, label: say(REASONS.title), choices: reasons }, entered) : null}`;
}

function isAction(text: string | undefined): text is keyof typeof ACTIONS {
  return text !== undefined && Object.hasOwn(ACTIONS, text);
}
