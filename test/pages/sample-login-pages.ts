// The pages of the way in and of the notices, with sample views.
import { type Html, html } from '../../src/http/html.ts';
import { deviceHelpPage } from '../../src/portal/pages/device-help-page.ts';
import { helpPage } from '../../src/portal/pages/help-page.ts';
import { importHelpPage } from '../../src/portal/pages/import-help-page.ts';
import { loggedOffPage } from '../../src/portal/pages/logged-off-page.ts';
import { loginMethodsPage } from '../../src/portal/pages/login-methods-page.ts';
import { loginPage } from '../../src/portal/pages/login-page.ts';
import { noticePage } from '../../src/portal/pages/notice-page.ts';
import { noticesPage } from '../../src/portal/pages/notices-page.ts';
import { pinPage } from '../../src/portal/pages/pin-page.ts';
import { signedInPage } from '../../src/portal/pages/signed-in-page.ts';
import { topPage } from '../../src/portal/pages/top-page.ts';
import type { PinError } from '../../src/portal/pin-field.ts';
import { inLanguage, type Language } from '../../src/words/language.ts';
import { RENEWAL_NOTICE, RENEWAL_NOTICE_BODY } from '../../src/words/notices.ts';
import { ENDS, sampleAccount, sampleCertificate, sampleFrame } from './sample-frame.ts';
import type { SamplePage } from './sample-page.ts';

export const SAMPLE_LOGIN_PAGES: readonly SamplePage[] = [
  { name: 'help', render: (l) => helpPage(sampleFrame(l)) },
  { name: 'device-help', render: (l) => deviceHelpPage(sampleFrame(l)) },
  { name: 'import-help', render: (l) => importHelpPage(sampleFrame(l)) },
  { name: 'top', render: (l) => topPage(sampleFrame(l)) },
  { name: 'login-methods-again', render: (l) => loginMethodsPage(sampleFrame(l), true) },
  { name: 'login-methods', render: (l) => loginMethodsPage(sampleFrame(l)) },
  { name: 'pin', render: (l) => pin(l, null, false) },
  { name: 'pin-unproven', render: (l) => pin(l, null, true) },
  { name: 'pin-wrong', render: (l) => pin(l, { kind: 'wrong-pin', attemptsLeft: 5 }, false) },
  { name: 'pin-wrong-often', render: (l) => pin(l, { kind: 'wrong-pin', attemptsLeft: 2 }, false) },
  { name: 'pin-invalid', render: (l) => pin(l, { kind: 'invalid-input' }, false) },
  { name: 'notices', render: notices },
  { name: 'notices-empty', render: noNotices },
  { name: 'notice', render: (l) => notice(l, false) },
  { name: 'notice-on-device', render: (l) => notice(l, true) },
  {
    name: 'login',
    render: (l) => loginPage({ script: null }, sampleFrame(l)),
    act: "document.getElementById('passkey-form').hidden = false",
  },
  { name: 'signed-in', render: signedIn },
  { name: 'logged-off', render: (l) => loggedOffPage(sampleFrame(l)) },
];

function pin(language: Language, error: PinError | null, isUnproven: boolean): Html {
  const certificate = {
    ...sampleCertificate(language),
    contractId: '00012345678',
    userId: 'suzuki01',
  };
  return pinPage(
    {
      certificate,
      isUnproven,
      formToken: 'sample-token',
      seal: null,
      error: error && { ...error, inquiryNumber: '7K3M9QPA' },
    },
    sampleFrame(language),
  );
}

function notices(language: Language): Html {
  const isJa = language === 'ja';
  const line = (id: string, ja: string, en: string, at: string) => ({
    href: `/notices/${id}`,
    title: isJa ? ja : en,
    at: new Date(at),
  });
  const important = [
    line('1', RENEWAL_NOTICE.title.ja, RENEWAL_NOTICE.title.en, '2026-12-01T15:00:00Z'),
    line(
      '2',
      '不審な電話による不正送金にご注意ください',
      'Beware of telephone calls that lead to fraudulent transfers',
      '2026-11-20T01:00:00Z',
    ),
  ];
  const others = [
    line(
      '3',
      '年末年始のサービス休止時間について',
      'Service hours at the end of the year',
      '2026-12-05T01:00:00Z',
    ),
    line(
      '4',
      '総合振込の受付時間を延長しました',
      'Bulk transfers are accepted until later',
      '2026-10-01T01:00:00Z',
    ),
  ];
  return noticesPage(
    { account: sampleAccount(language), isFrozen: false, important, others },
    sampleFrame(language),
  );
}

function noNotices(language: Language): Html {
  const account = {
    ...sampleAccount(language),
    lastLogin: null,
    certificate: {
      home: 'device' as const,
      endsAt: new Date('2027-12-31T14:59:59Z'),
      daysLeft: 385,
    },
  };
  return noticesPage({ account, isFrozen: true, important: [], others: [] }, sampleFrame(language));
}

function signedIn(language: Language): Html {
  return signedInPage({ fresh: 'sample', next: '/notices', script: null }, sampleFrame(language));
}

function notice(language: Language, isOnDevice: boolean): Html {
  const say = inLanguage(language);
  return noticePage(
    {
      account: sampleAccount(language),
      title: say(RENEWAL_NOTICE.title),
      at: new Date('2026-12-01T15:00:00Z'),
      isImportant: true,
      prose: html`${RENEWAL_NOTICE_BODY[language](ENDS).map((text) => html`<p>${text}</p>`)}`,
      action: { label: say(RENEWAL_NOTICE.link), href: '/renewal' },
      renewal: isOnDevice ? { formToken: 'sample-token' } : null,
      script: null,
    },
    sampleFrame(language),
  );
}
