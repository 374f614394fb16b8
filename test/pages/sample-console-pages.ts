// The pages of the console, with sample views.
import type { FormOrderKind, Order, OrderContent } from '../../src/banking/order.ts';
import { orderText } from '../../src/banking/order.ts';
import type { Person } from '../../src/banking/person.ts';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import type { ConsoleView } from '../../src/console/console-document.ts';
import { auditPage } from '../../src/console/pages/audit-page.ts';
import { consoleHomePage } from '../../src/console/pages/console-home-page.ts';
import { contractPage } from '../../src/console/pages/contract-page.ts';
import { inquiryPage } from '../../src/console/pages/inquiry-page.ts';
import {
  chooseOrderPage,
  newOrderPage,
  policyForm,
} from '../../src/console/pages/new-order-page.ts';
import { orderDonePage } from '../../src/console/pages/order-done-page.ts';
import { orderPage } from '../../src/console/pages/order-page.ts';
import { ordersPage } from '../../src/console/pages/orders-page.ts';
import { personPage } from '../../src/console/pages/person-page.ts';
import { searchPage } from '../../src/console/pages/search-page.ts';
import type { Frame } from '../../src/frame/document.ts';
import type { Html } from '../../src/http/html.ts';
import type { HistoryEntry } from '../../src/operations/read-histories.ts';
import { sampleInstitution } from '../../src/sample/institution.ts';
import type { Language } from '../../src/words/language.ts';
import { ENDS, NEXT_ENDS, sampleAccount, sampleFrame } from './sample-frame.ts';
import { SAMPLE_IMPORT, SAMPLE_LETTERS } from './sample-import.ts';
import { mailAlarm, SAMPLE_MAIL_HISTORY } from './sample-mails.ts';
import { SAMPLE_NOTICE } from './sample-notice.ts';
import type { SamplePage } from './sample-page.ts';

const NOW = new Date('2026-12-11T01:20:00Z');
const IDENTITY = { institution: '1394', contract: '00012345678', user: 'kanri01' };
const FORM = { formToken: 'sample', touch: 'none', script: null } as const;
const ID = '2f0b7c1e-9d54-4c3a-8f16-0a1b2c3d4e5f';

const OPEN: OrderContent = {
  kind: 'open-contract',
  institution: '1394',
  contract: '00098765432',
  name: '株式会社あおば工業',
  kana: 'アオバコウギョウ',
  user: 'aoba01',
  userName: '青葉 太郎',
  userKana: 'アオバ タロウ',
};
const POLICY: OrderContent = {
  kind: 'change-policy',
  institution: '1394',
  fromVersion: 1,
  policy: { ...DEFAULT_POLICY, pinErrorLimit: 5, graceDays: 60, keyHomes: ['device'] },
};
const REISSUE: OrderContent = {
  ...IDENTITY,
  kind: 'change-administrator',
  slot: 1,
  action: 'reissue',
  reissue: 'theft',
};

export const SAMPLE_CONSOLE_PAGES: readonly SamplePage[] = [
  { name: 'console-home', render: (l) => home(l, true) },
  { name: 'console-home-empty', render: (l) => home(l, false) },
  { name: 'console-search', render: (l) => search(l, '青葉') },
  { name: 'console-search-nothing', render: (l) => search(l, 'ない') },
  { name: 'console-contract', render: contract },
  { name: 'console-person', render: person },
  { name: 'console-inquiry', render: (l) => inquiry(l, true) },
  { name: 'console-inquiry-nothing', render: (l) => inquiry(l, false) },
  { name: 'console-orders', render: orders },
  { name: 'console-order', render: (l) => order(l, OPEN, 'decides') },
  { name: 'console-order-own', render: (l) => order(l, SAMPLE_NOTICE, 'own') },
  { name: 'console-order-policy', render: (l) => order(l, POLICY, 'reads') },
  { name: 'console-order-administrator', render: (l) => order(l, REISSUE, 'decides') },
  { name: 'console-order-letters', render: (l) => order(l, SAMPLE_LETTERS, 'decides') },
  { name: 'console-order-import', render: (l) => order(l, SAMPLE_IMPORT, 'decides') },
  { name: 'console-order-done', render: orderDone },
  { name: 'console-choose-order', render: chooseOrder },
  { name: 'console-new-contract', render: (l) => newOrder(l, 'open-contract', '7K3M9QPA') },
  { name: 'console-new-policy', render: (l) => newOrder(l, 'change-policy', null) },
  { name: 'console-new-administrator', render: (l) => newOrder(l, 'change-administrator', null) },
  { name: 'console-new-notice', render: (l) => newOrder(l, 'publish-notice', null) },
  { name: 'console-audit', render: audit },
];

/** The frame of the staff house. */
export function staffFrame(language: Language): Frame {
  const name = language === 'ja' ? 'みほん信用金庫 業務管理' : 'Mihon Shinkin Bank, Staff';
  return { ...sampleFrame(language), institution: { name, code: '0000' } };
}

/** Who is at the console in every view. */
export function staff(language: Language): ConsoleView {
  const company = staffFrame(language).institution.name;
  return {
    account: {
      ...sampleAccount(language),
      company,
      user: language === 'ja' ? '石川 誠' : 'Makoto Ishikawa',
      isStaff: true,
    },
    desk: {
      role: 'approver',
      scope: 'all',
      institutions: [sampleInstitution(8080)],
      waiting: 2,
      mayDo: () => true,
    },
  };
}

/** An order of this content. */
export function orderOf(content: OrderContent, more: Partial<Order> = {}): Order {
  return {
    id: ID,
    content,
    text: orderText(content),
    sha256: new Uint8Array(32).fill(0xa7),
    reason: '申込書 第12号を確認しました。',
    reference: '申-12',
    requestedBy: 'tanto01',
    requestedAt: new Date('2026-12-09T23:05:00Z'),
    expiresAt: new Date('2026-12-16T23:05:00Z'),
    state: 'waiting',
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    ...more,
  };
}

const DECIDED = { decidedBy: 'shonin02', decidedAt: NOW } as const;

function home(language: Language, hasWork: boolean): Html {
  const waiting = hasWork ? [orderOf(OPEN), orderOf(REISSUE)] : [];
  const notices = hasWork
    ? [
        {
          id: 'x',
          title: language === 'ja' ? '電子証明書の更新をお願いします' : 'Please renew',
        },
      ]
    : [];
  const shown = { ...staff(language), waiting, notices, mail: mailAlarm(hasWork), now: NOW };
  return consoleHomePage(shown, staffFrame(language));
}

function search(language: Language, typed: string): Html {
  const isFound = typed === '青葉';
  const opened = {
    institution: '1394',
    contract: '00098765432',
    name: '株式会社あおば工業',
    kana: 'アオバコウギョウ',
    openedAt: NOW,
  };
  const found = {
    contracts: isFound ? [opened] : [],
    people: isFound
      ? [
          {
            identity: IDENTITY,
            name: '青葉 太郎',
            kana: 'アオバ タロウ',
            contractName: '株式会社あおば工業',
          },
        ]
      : [],
    certificates: isFound ? [certificate('current')] : [],
    inquiry: isFound ? '7K3M9QPA' : null,
    hasMore: isFound,
  };
  return searchPage({ ...staff(language), typed, found }, staffFrame(language));
}

/** A certificate as the console lists it. */
export function certificate(state: UserCertificate['state']): UserCertificate {
  return {
    issuer: new Uint8Array(32),
    serial: Uint8Array.from({ length: 20 }, (_, i) => 17 + i * 11),
    sha256: new Uint8Array(32).fill(1),
    identity: IDENTITY,
    slot: 1,
    commonName: '00012345678 kanri01 1394 2026-12',
    home: 'file',
    state,
    notBefore: NOW,
    notAfter: state === 'current' ? NEXT_ENDS : ENDS,
    issuedAt: NOW,
    provedAt: NOW,
    endedAt: state === 'current' ? null : NOW,
    predecessor: null,
    acquiredAs: 'first',
    renewableFrom: null,
  };
}

function personOf(language: Language): Person {
  return {
    identity: IDENTITY,
    name: language === 'ja' ? '佐々木 恵子' : 'Keiko Sasaki',
    contractName: '株式会社さくら商事',
    role: 'administrator',
    previousLoginAt: null,
    isLocked: true,
    isStopped: false,
    isFrozen: false,
    hasInitialPin: false,
  };
}

function entry(
  number: number,
  event: string,
  detail: Readonly<Record<string, unknown>>,
): HistoryEntry {
  return {
    number,
    institution: '1394',
    at: NOW,
    event,
    person: IDENTITY,
    certificate: undefined,
    inquiry: event === 'request-refused' ? '7K3M9QPA' : null,
    detail,
  };
}

const ENTRIES: readonly HistoryEntry[] = [
  entry(1204, 'request-refused', { code: 'not-permitted', asked: 'GET /company' }),
  entry(1203, 'order-approved', {
    by: 'staff:shonin01',
    order: ID,
    kind: 'change-administrator',
    payload: 'a7'.repeat(32),
    reason: '再発行届',
  }),
  entry(1188, 'logged-in', {
    name: '00012345678 kanri01 1394 2026-12',
    by: 'pin',
    proof: 'mutual-tls',
  }),
  entry(1187, 'of-a-later-version', { fact: 1, signature: 'x' }),
];

const CONTRACT = {
  institution: '1394',
  contract: '00012345678',
  name: '株式会社さくら商事',
  kana: 'サクラショウジ',
  openedAt: NOW,
};

function contract(language: Language): Html {
  const member = {
    person: personOf(language),
    lastLoginAt: NOW,
    standing: 'current',
    certificate: certificate('current'),
  } as const;
  const none = { ...member, lastLoginAt: null, standing: 'none', certificate: undefined } as const;
  const history = { contract: CONTRACT, members: [member, none], entries: ENTRIES, hasMore: true };
  return contractPage({ ...staff(language), history }, staffFrame(language));
}

function person(language: Language): Html {
  const history = {
    person: personOf(language),
    kana: 'ササキ ケイコ',
    contract: CONTRACT,
    slots: [
      { slot: 1, standing: 'offered', offerEndsAt: ENDS, actions: ['reissue', 'unlock', 'revoke'] },
    ],
    certificates: [certificate('current'), certificate('superseded')],
    sessions: [
      { proof: 'mutual-tls', openedAt: NOW, seenAt: NOW, endedAt: null, endReason: null },
      { proof: 'signed-challenge', openedAt: NOW, seenAt: NOW, endedAt: NOW, endReason: 'idle' },
    ],
    notices: [
      {
        kind: 'bank',
        isImportant: true,
        title: '年末年始のサービス時間について',
        told: null,
        publishedAt: NOW,
        untilAt: null,
      },
      {
        kind: 'renewal',
        isImportant: true,
        title: '',
        told: null,
        publishedAt: NOW,
        untilAt: ENDS,
      },
      {
        kind: 'told',
        isImportant: false,
        title: '',
        told: { event: 'locked', name: 'x', user: 'x', by: null },
        publishedAt: NOW,
        untilAt: ENDS,
      },
    ],
    ...SAMPLE_MAIL_HISTORY,
    entries: ENTRIES,
    hasMore: true,
  } as const;
  return personPage({ ...staff(language), history, now: NOW }, staffFrame(language));
}

function inquiry(language: Language, isKnown: boolean): Html {
  const one = {
    institution: sampleInstitution(8080),
    entry: {
      ...entry(1, 'certificate-refused', {
        code: 'superseded',
        subject: '00012345678 kanri01 1394 2026-12',
      }),
    },
    person: personOf(language),
    shown: certificate('superseded'),
    held: [certificate('current')],
  };
  const view = {
    ...staff(language),
    number: '7K3M9QPA',
    found: isKnown ? [one, { ...one, held: [] }] : [],
    now: NOW,
  };
  return inquiryPage(view, staffFrame(language));
}

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
  inquiryNumber: string | null,
  more: Readonly<Record<string, string>> = {},
): Html {
  const known = { ...IDENTITY, slot: '1', action: 'reissue', ...more };
  const entered =
    kind === 'change-policy' ? policyForm('1394', { policy: DEFAULT_POLICY, version: 1 }) : known;
  return newOrderPage(
    { ...staff(language), ...FORM, kind, entered, inquiryNumber, isPreviewed: false },
    staffFrame(language),
  );
}

function audit(language: Language): Html {
  const institutions = [{ code: '1394', name: staffFrame(language).institution.name }];
  const filter = { institution: '1394', event: 'logged-in' };
  return auditPage(
    { ...staff(language), filter, institutions, entries: ENTRIES, hasMore: true },
    staffFrame(language),
  );
}
