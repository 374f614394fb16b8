// The console's pages of requests, with sample views.
import type { FormOrderKind, OrderContent } from '../../src/banking/order.ts';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import { filledWith } from '../../src/console/order-known.ts';
import {
  chooseOrderPage,
  newOrderPage,
  type RefusedOrder,
} from '../../src/console/pages/new-order-page.ts';
import { orderDonePage } from '../../src/console/pages/order-done-page.ts';
import { orderPage } from '../../src/console/pages/order-page.ts';
import { ordersPage } from '../../src/console/pages/orders-page.ts';
import type { Form } from '../../src/http/form-body.ts';
import type { Html } from '../../src/http/html.ts';
import type { Language } from '../../src/words/language.ts';
import { personOf } from './sample-console-pages.ts';
import { NEXT_ENDS } from './sample-frame.ts';
import { SAMPLE_IMPORT, SAMPLE_LETTERS } from './sample-import.ts';
import { SAMPLE_NOTICE } from './sample-notice.ts';
import {
  APPOINTING,
  CLOSING,
  FACTS,
  MOVED,
  OPEN,
  orderOf,
  POLICY,
  REISSUE,
  RENAMED,
} from './sample-orders.ts';
import type { SamplePage } from './sample-page.ts';
import { FORM, IDENTITY, NOW, staff, staffFrame } from './sample-staff.ts';

const DECIDED = { decidedBy: 'shonin02', decidedAt: NOW } as const;

const REFUSED: RefusedOrder = { inquiryNumber: '7K3M9QPA', isStale: false };

export const SAMPLE_ORDER_PAGES: readonly SamplePage[] = [
  { name: 'console-orders', render: orders },
  { name: 'console-order', render: (l) => order(l, OPEN, 'decides') },
  { name: 'console-order-own', render: (l) => order(l, SAMPLE_NOTICE, 'own') },
  { name: 'console-order-policy', render: (l) => order(l, POLICY, 'reads') },
  { name: 'console-order-contract', render: (l) => order(l, MOVED, 'decides') },
  { name: 'console-order-closing', render: (l) => order(l, CLOSING, 'decides') },
  { name: 'console-order-administrator', render: (l) => order(l, REISSUE, 'decides') },
  { name: 'console-order-appointing', render: (l) => order(l, APPOINTING, 'decides') },
  { name: 'console-order-letters', render: (l) => order(l, SAMPLE_LETTERS, 'decides') },
  { name: 'console-order-import', render: (l) => order(l, SAMPLE_IMPORT, 'decides') },
  { name: 'console-order-done', render: orderDone },
  { name: 'console-choose-order', render: chooseOrder },
  { name: 'console-new-contract', render: (l) => newOrder(l, 'open-contract', REFUSED) },
  { name: 'console-change-contract', render: (l) => newOrder(l, 'change-contract', null) },
  {
    name: 'console-change-contract-stale',
    render: (l) => newOrder(l, 'change-contract', { ...REFUSED, isStale: true }),
  },
  { name: 'console-change-person', render: (l) => newOrder(l, 'change-person', null) },
  { name: 'console-order-person', render: (l) => order(l, RENAMED, 'decides') },
  { name: 'console-close-contract', render: (l) => newOrder(l, 'close-contract', null) },
  { name: 'console-new-policy', render: (l) => newOrder(l, 'change-policy', null) },
  { name: 'console-new-administrator', render: (l) => newOrder(l, 'change-administrator', null) },
  {
    name: 'console-new-dismissal',
    render: (l) => newOrder(l, 'change-administrator', null, { action: 'dismiss' }),
  },
  { name: 'console-new-notice', render: (l) => newOrder(l, 'publish-notice', null) },
];

function orders(language: Language): Html {
  const latest = [
    orderOf(POLICY, { state: 'done', ...DECIDED }),
    orderOf(SAMPLE_NOTICE, { state: 'rejected', ...DECIDED, decisionReason: 'x' }),
    orderOf(OPEN, { state: 'expired' }),
  ];
  const waiting = [orderOf(OPEN), orderOf(SAMPLE_NOTICE)];
  return ordersPage({ ...staff(language), waiting, latest, now: NOW }, staffFrame(language));
}

/** An order's page. */
export function order(
  language: Language,
  content: OrderContent,
  as: 'decides' | 'own' | 'reads',
): Html {
  const standing = {
    order: orderOf(content),
    mayDecide: as === 'decides',
    isOwn: as === 'own',
    policy: DEFAULT_POLICY,
    person: content.kind === 'change-administrator' ? personOf(language) : null,
    moved: content.kind === 'print-letters' ? [{ ...FACTS, ...IDENTITY, at: NOW }] : [],
  };
  const done = as === 'own' ? 'sent' : null;
  return orderPage({ ...staff(language), ...FORM, standing, done }, staffFrame(language));
}

function orderDone(language: Language): Html {
  const offer = { code: '7K3M9QPA', expiresAt: NEXT_ENDS };
  const handed = { person: { name: '青葉 太郎', identity: IDENTITY }, firstPin: 'abcd2345', offer };
  return orderDonePage({ ...staff(language), handed }, staffFrame(language));
}

function chooseOrder(language: Language): Html {
  const kinds = [
    'open-contract',
    'change-contract',
    'change-policy',
    'change-administrator',
    'publish-notice',
  ] as const;
  return chooseOrderPage({ ...staff(language), kinds }, staffFrame(language));
}

/** The form of a request. */
export function newOrder(
  language: Language,
  kind: FormOrderKind,
  refused: RefusedOrder | null,
  more: Readonly<Record<string, string>> = {},
): Html {
  const known = { ...IDENTITY, slot: '1', action: 'reissue', ...more };
  const filled: Partial<Record<FormOrderKind, Form>> = {
    'change-policy': filledWith('change-policy', { policy: DEFAULT_POLICY, version: 1 }),
    'change-contract': filledWith('change-contract', FACTS),
    'change-person': filledWith('change-person', RENAMED.from),
    'close-contract': filledWith('close-contract', {
      name: FACTS.name,
      users: 12,
      certificates: 11,
    }),
  };
  const entered = { ...known, ...filled[kind] };
  return newOrderPage(
    { ...staff(language), ...FORM, kind, entered, refused, isPreviewed: false },
    staffFrame(language),
  );
}
