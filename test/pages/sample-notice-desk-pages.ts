// The pages of the bank's notices in the console, with sample views.
import { newOrderPage } from '../../src/console/pages/new-order-page.ts';
import { noticeDeskPage } from '../../src/console/pages/notice-desk-page.ts';
import { noticesDeskPage } from '../../src/console/pages/notices-desk-page.ts';
import type { Html } from '../../src/http/html.ts';
import type { Language } from '../../src/words/language.ts';
import { SAMPLE_NOTICE } from './sample-notice.ts';
import type { SamplePage } from './sample-page.ts';
import { FORM, IDENTITY, NOW, staff, staffFrame } from './sample-staff.ts';

export const SAMPLE_NOTICE_DESK_PAGES: readonly SamplePage[] = [
  { name: 'console-new-notice-previewed', render: previewedNotice },
  { name: 'console-notices', render: (l) => noticesDesk(l, true) },
  { name: 'console-notices-none', render: (l) => noticesDesk(l, false) },
  { name: 'console-notice', render: (l) => noticeDesk(l, true) },
  { name: 'console-notice-unread', render: (l) => noticeDesk(l, false) },
];

function previewedNotice(language: Language): Html {
  const { title, body, fromDay, untilDay } = SAMPLE_NOTICE;
  const entered = { important: 'yes', title, body, from: fromDay, until: untilDay };
  const asked = {
    kind: 'publish-notice',
    entered,
    refused: null,
    isPreviewed: true,
  } as const;
  return newOrderPage({ ...staff(language), ...FORM, ...asked }, staffFrame(language));
}

const PUBLISHED = {
  id: '2f0b7c1e-9d54-4c3a-8f16-0a1b2c3d4e5f',
  institution: '1394',
  contract: null,
  user: null,
  isImportant: true,
  title: SAMPLE_NOTICE.title,
  body: SAMPLE_NOTICE.body,
  publishedAt: new Date('2026-12-01T15:00:00Z'),
  untilAt: new Date('2027-02-01T15:00:00Z'),
};

function noticesDesk(language: Language, areSome: boolean): Html {
  const others = [
    { ...PUBLISHED, contract: IDENTITY.contract, user: IDENTITY.user, untilAt: null },
    { ...PUBLISHED, publishedAt: new Date('2026-10-01T15:00:00Z'), untilAt: NOW },
  ];
  const notices = areSome ? [PUBLISHED, ...others] : [];
  const view = { ...staff(language), institution: '1394', notices, now: NOW };
  return noticesDeskPage(view, staffFrame(language));
}

function noticeDesk(language: Language, isRead: boolean): Html {
  const readers = isRead ? [{ identity: IDENTITY, name: '青葉 太郎', readAt: NOW }] : [];
  const view = { ...staff(language), ...FORM, notice: PUBLISHED, hasEnded: false, now: NOW };
  const listed = { readers, more: isRead };
  return noticeDeskPage({ ...view, readers: isRead ? 10_001 : 0, listed }, staffFrame(language));
}
