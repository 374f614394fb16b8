// The pages of what a user does for themselves, with sample views.
import type { Html } from '../../src/http/html.ts';
import {
  type CertificateCheckView,
  certificateCheckPage,
} from '../../src/portal/pages/certificate-check-page.ts';
import { certificateEventsPage } from '../../src/portal/pages/certificate-events-page.ts';
import { type MyPageView, myPage } from '../../src/portal/pages/my-page.ts';
import { type PcChangeView, pcChangePage } from '../../src/portal/pages/pc-change-page.ts';
import { type PinChangeView, pinChangePage } from '../../src/portal/pages/pin-change-page.ts';
import { pinChangedPage } from '../../src/portal/pages/pin-changed-page.ts';
import { withdrawnPage } from '../../src/portal/pages/withdrawn-page.ts';
import type { Language } from '../../src/words/language.ts';
import {
  ENDS,
  sampleAccount,
  sampleCertificate,
  sampleFrame,
  sampleSuccessor,
} from './sample-frame.ts';
import type { SamplePage } from './sample-page.ts';

const TYPED = `
  const lines = [...document.querySelectorAll('#pin-rules li')];
  for (const line of lines.slice(0, 3)) { line.classList.add('kept'); line.querySelector('span').hidden = false; }`;
const TOUCH_FAILED = `
  for (const id of ['touch-failed', 'touch-cancelled']) document.getElementById(id).hidden = false;`;

export const SAMPLE_OWN_PAGES: readonly SamplePage[] = [
  { name: 'my-page', render: (l) => mine(l, { kind: 'open' }) },
  { name: 'my-page-new', render: firstDay },
  { name: 'my-page-waiting', render: (l) => mine(l, { kind: 'waiting' }) },
  { name: 'pin-change', render: (l) => pinChange(l, null), act: TYPED },
  {
    name: 'pin-change-wrong',
    render: (l) =>
      pinChange(l, {
        at: 'current',
        error: { kind: 'wrong-pin', attemptsLeft: 2 },
        inquiryNumber: '7K3M9QPA',
      }),
  },
  {
    name: 'pin-change-refused',
    render: (l) =>
      pinChange(l, {
        at: 'new',
        faults: ['form', 'not-simple', 'repeated-otherwise'],
        inquiryNumber: '7K3M9QPA',
      }),
  },
  {
    name: 'pin-change-on-device',
    render: (l) => pinChangePage({ ...pinChangeView(l), touch: 'touch' }, sampleFrame(l)),
    act: TOUCH_FAILED,
  },
  {
    name: 'pin-changed',
    render: (l) => pinChangedPage({ account: sampleAccount(l) }, sampleFrame(l)),
  },
  { name: 'certificate-events', render: certificateEvents },
  { name: 'pc-change', render: (l) => pcChange(l, {}) },
  {
    name: 'pc-change-wrong',
    render: (l) =>
      pcChange(l, {
        chosen: 'revoke',
        role: 'administrator',
        error: {
          at: 'pin',
          error: { kind: 'wrong-pin', attemptsLeft: 4 },
          inquiryNumber: '7K3M9QPA',
        },
      }),
  },
  {
    name: 'pc-change-not-chosen',
    render: (l) => pcChange(l, { error: { at: 'kind', inquiryNumber: '7K3M9QPA' } }),
  },
  { name: 'certificate-check', render: (l) => check(l, {}) },
  { name: 'certificate-check-superseded', render: superseded },
  { name: 'certificate-check-other', render: otherIssuer },
  { name: 'suspended-by-user', render: (l) => withdrawnPage('suspend', sampleFrame(l)) },
  { name: 'revoked-by-user', render: (l) => withdrawnPage('revoke', sampleFrame(l)) },
];

function certificateEvents(language: Language): Html {
  const of = (user: string, name: string, month: string) => ({
    user,
    name,
    commonName: `00012345678 ${user} 1394 ${month}`,
  });
  const suzuki = of('suzuki01', language === 'ja' ? '鈴木 一郎' : 'Ichiro Suzuki', '2027-12');
  const tanaka = of('tanaka02', language === 'ja' ? '田中 美咲' : 'Misaki Tanaka', '2027-11');
  const view = {
    account: sampleAccount(language),
    events: [
      { kind: 'proved' as const, at: new Date('2026-12-10T01:12:00Z'), ...suzuki },
      { kind: 'renewed' as const, at: new Date('2026-12-10T01:08:00Z'), ...suzuki },
      { kind: 'replaced' as const, at: new Date('2026-11-20T06:41:00Z'), ...tanaka },
      { kind: 'acquired' as const, at: new Date('2026-11-20T06:30:00Z'), ...tanaka },
    ],
  };
  return certificateEventsPage(view, sampleFrame(language));
}

function mine(language: Language, renewal: MyPageView['renewal']): Html {
  const name = (end: string) => `00012345678 suzuki01 1394 ${end}`;
  const view: MyPageView = {
    account: sampleAccount(language),
    isAdministrator: false,
    mail: { address: 'ichiro.suzuki@sakura.example', bouncedAt: null },
    isFrozen: renewal.kind === 'waiting',
    certificate: { ...sampleCertificate(language), home: 'file' },
    renewal,
    certificates: [
      {
        name: name('2026-12'),
        slot: 1,
        standing: 'current',
        startsAt: new Date('2025-12-15T01:30:00Z'),
        endsAt: ENDS,
        endedAt: null,
      },
      {
        name: name('2026-12'),
        slot: null,
        standing: 'replaced',
        startsAt: new Date('2025-12-15T01:10:00Z'),
        endsAt: ENDS,
        endedAt: new Date('2025-12-15T01:30:00Z'),
      },
      {
        name: name('2025-12'),
        slot: null,
        standing: 'superseded',
        startsAt: new Date('2024-12-20T06:00:00Z'),
        endsAt: new Date('2025-12-31T14:59:59Z'),
        endedAt: new Date('2025-12-15T01:42:00Z'),
      },
      {
        name: name('2024-12'),
        slot: null,
        standing: 'expired',
        startsAt: new Date('2023-12-20T06:00:00Z'),
        endsAt: new Date('2024-12-31T14:59:59Z'),
        endedAt: null,
      },
    ],
    history: [
      {
        at: new Date('2026-12-11T00:05:30Z'),
        inquiry: null,
        kind: 'logged-in',
        by: 'mutual-tls',
      },
      { at: new Date('2026-12-11T00:05:02Z'), inquiry: '7K3M9QPA', kind: 'pin-wrong' },
      {
        at: new Date('2026-12-10T23:58:40Z'),
        inquiry: 'M2QX81ZT',
        kind: 'refused',
        code: 'superseded',
      },
      { at: new Date('2026-12-10T00:07:00Z'), inquiry: null, kind: 'pin-changed' },
      {
        at: new Date('2026-12-10T00:05:30Z'),
        inquiry: null,
        kind: 'proved-in',
        by: 'signed-challenge',
      },
    ],
  };
  return myPage(view, sampleFrame(language));
}

function firstDay(language: Language): Html {
  const account = { ...sampleAccount(language), lastLogin: null };
  const endsAt = new Date('2027-12-31T14:59:59Z');
  const certificate = { ...sampleCertificate(language), endsAt, home: 'device' } as const;
  const view: MyPageView = {
    account: { ...account, certificate: { home: 'device', endsAt, daysLeft: 385 } },
    isAdministrator: true,
    mail: { address: null, bouncedAt: null },
    isFrozen: false,
    certificate,
    renewal: { kind: 'opens', at: new Date('2027-11-30T15:00:00Z') },
    certificates: [
      {
        name: certificate.name,
        slot: null,
        standing: 'current',
        startsAt: new Date('2026-12-11T00:00:00Z'),
        endsAt,
        endedAt: null,
      },
    ],
    history: [
      {
        at: new Date('2026-12-11T00:05:30Z'),
        inquiry: null,
        kind: 'logged-in',
        by: 'signed-challenge',
      },
    ],
  };
  return myPage(view, sampleFrame(language));
}

const GOOD = {
  ours: 'good',
  'in-force': 'good',
  'in-time': 'good',
  usable: 'good',
  person: 'good',
} as const;
const NOT_REACHED = { 'in-time': 'unknown', usable: 'unknown', person: 'unknown' } as const;

function check(language: Language, changes: Partial<CertificateCheckView>): Html {
  const view: CertificateCheckView = {
    certificate: {
      ...sampleCertificate(language),
      serial: '5d0b1f3c9a7e42866f10c3d4b5a697881e2f3041',
      startsAt: new Date('2025-12-15T01:30:00Z'),
      home: 'file',
    },
    results: GOOD,
    refusal: null,
    home: 'file',
    successor: null,
    isUnproven: false,
    mayRenew: true,
    inquiryNumber: null,
    ...changes,
  };
  return certificateCheckPage(view, sampleFrame(language));
}

function superseded(language: Language): Html {
  return check(language, {
    refusal: 'superseded',
    results: { ...GOOD, ...NOT_REACHED, 'in-force': 'bad' },
    successor: sampleSuccessor(language),
    inquiryNumber: '7K3M9QPA',
  });
}

function otherIssuer(language: Language): Html {
  return check(language, {
    certificate: {
      name: '個人番号カード 0123456789',
      issuer: 'Japan Agency for Local Authority Information Systems',
      serial: '01a2b3c4',
      startsAt: new Date('2024-04-01T00:00:00Z'),
      endsAt: new Date('2029-03-31T14:59:59Z'),
    },
    refusal: 'unknown-issuer',
    results: { ours: 'bad', 'in-force': 'unknown', ...NOT_REACHED },
  });
}

function pinChangeView(language: Language): PinChangeView {
  return {
    account: sampleAccount(language),
    contractId: '00012345678',
    userId: 'suzuki01',
    formToken: 'sample-token',
    touch: 'none',
    script: null,
    error: null,
  };
}

function pinChange(language: Language, error: PinChangeView['error']): Html {
  return pinChangePage({ ...pinChangeView(language), error }, sampleFrame(language));
}

function pcChange(language: Language, changes: Partial<PcChangeView>): Html {
  const view: PcChangeView = {
    account: sampleAccount(language),
    certificate: { ...sampleCertificate(language), home: 'file' },
    contractId: '00012345678',
    userId: 'suzuki01',
    role: 'user',
    formToken: 'sample-token',
    touch: 'none',
    script: null,
    chosen: null,
    error: null,
    ...changes,
  };
  return pcChangePage(view, sampleFrame(language));
}
