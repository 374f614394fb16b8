// The pages of the console, with sample views; requests have a file of their own.
import type { Person } from '../../src/banking/person.ts';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { auditPage } from '../../src/console/pages/audit-page.ts';
import { consoleHomePage } from '../../src/console/pages/console-home-page.ts';
import { contractPage } from '../../src/console/pages/contract-page.ts';
import { inquiryPage } from '../../src/console/pages/inquiry-page.ts';
import { personPage } from '../../src/console/pages/person-page.ts';
import { searchPage } from '../../src/console/pages/search-page.ts';
import type { Html } from '../../src/http/html.ts';
import type { HistoryEntry, PersonSlot } from '../../src/operations/read-histories.ts';
import { sampleInstitution } from '../../src/sample/institution.ts';
import type { Language } from '../../src/words/language.ts';
import { ENDS, NEXT_ENDS } from './sample-frame.ts';
import { mailAlarm, SAMPLE_MAIL_HISTORY } from './sample-mails.ts';
import { FACTS, ID, OPEN, orderOf, REISSUE } from './sample-orders.ts';
import type { SamplePage } from './sample-page.ts';
import { IDENTITY, NOW, staff, staffFrame } from './sample-staff.ts';

export const SAMPLE_CONSOLE_PAGES: readonly SamplePage[] = [
  { name: 'console-home', render: (l) => home(l, true) },
  { name: 'console-home-empty', render: (l) => home(l, false) },
  { name: 'console-search', render: (l) => search(l, '青葉') },
  { name: 'console-search-nothing', render: (l) => search(l, 'ない') },
  { name: 'console-contract', render: (l) => contract(l, null) },
  { name: 'console-contract-closed', render: (l) => contract(l, ENDS) },
  { name: 'console-person', render: (l) => person(l, ONE_PLACE) },
  { name: 'console-person-two-places', render: (l) => person(l, TWO_PLACES) },
  { name: 'console-inquiry', render: (l) => inquiry(l, true) },
  { name: 'console-inquiry-nothing', render: (l) => inquiry(l, false) },
  { name: 'console-audit', render: audit },
];

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
    closedAt: null,
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

/** An administrator whose PIN is locked. */
export function personOf(language: Language): Person {
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
  closedAt: null,
};

function contract(language: Language, closedAt: Date | null): Html {
  const member = {
    person: personOf(language),
    lastLoginAt: NOW,
    standing: 'current',
    certificate: certificate('current'),
  } as const;
  const none = { ...member, lastLoginAt: null, standing: 'none', certificate: undefined } as const;
  const listed = { members: [member, none], entries: ENTRIES, hasMore: true };
  const history = { contract: { ...CONTRACT, ...FACTS, closedAt }, ...listed };
  return contractPage({ ...staff(language), history }, staffFrame(language));
}

const ONE_PLACE: readonly PersonSlot[] = [
  { slot: 1, standing: 'offered', offerEndsAt: ENDS, actions: ['reissue', 'unlock', 'revoke'] },
];

const TWO_PLACES: readonly PersonSlot[] = [
  {
    ...{ slot: 1, standing: 'current', offerEndsAt: null },
    actions: ['unlock', 'reset-pin', 'reissue', 'suspend', 'revoke', 'dismiss', 'stop'],
  },
  {
    ...{ slot: 2, standing: 'none', offerEndsAt: null },
    actions: ['offer', 'unlock', 'reset-pin', 'dismiss', 'stop'],
  },
];

function person(language: Language, slots: readonly PersonSlot[]): Html {
  const history = {
    person: personOf(language),
    kana: 'ササキ ケイコ',
    contract: CONTRACT,
    slots,
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

function audit(language: Language): Html {
  const institutions = [{ code: '1394', name: staffFrame(language).institution.name }];
  const filter = { institution: '1394', event: 'logged-in' };
  return auditPage(
    { ...staff(language), filter, institutions, entries: ENTRIES, hasMore: true },
    staffFrame(language),
  );
}
