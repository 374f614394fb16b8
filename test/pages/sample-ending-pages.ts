// The console's pages of what ends when, with sample views.
import { barsOf, countedSpan, type EndingCount } from '../../src/banking/ending.ts';
import { addDays, tokyoDayOf } from '../../src/banking/tokyo-calendar.ts';
import { endingsListPage } from '../../src/console/pages/endings-list-page.ts';
import { endingsPage } from '../../src/console/pages/endings-page.ts';
import type { Html } from '../../src/http/html.ts';
import type { EndingCertificate } from '../../src/operations/endings.ts';
import type { Language } from '../../src/words/language.ts';
import type { SamplePage } from './sample-page.ts';
import { IDENTITY, NOW, staff, staffFrame } from './sample-staff.ts';

const ENDING: EndingCertificate = {
  identity: { ...IDENTITY, user: 'aoba01' },
  slot: 1,
  name: '青葉 太郎',
  contractName: '株式会社あおば工業',
  sha256: new Uint8Array(32),
  serial: new Uint8Array(20).fill(0x5a),
  home: 'file',
  notAfter: new Date('2026-12-12T14:59:59Z'),
  standing: 'not-started',
  reach: 'no-address',
  lastLoginAt: null,
};

export const SAMPLE_ENDING_PAGES: readonly SamplePage[] = [
  { name: 'console-endings', render: endings },
  { name: 'console-endings-not-counted', render: notCounted },
  { name: 'console-endings-list', render: (l) => endingsList(l, ENDING) },
  { name: 'console-endings-list-empty', render: (l) => endingsList(l) },
];

/** As of a bank of some ten thousand: most of a day have renewed when it comes. */
function endings(language: Language): Html {
  const span = countedSpan(NOW);
  const counts: EndingCount[] = Array.from({ length: 100 }, (_, i) =>
    addDays(span.first, i),
  ).flatMap((day, i) => {
    const left = Math.max(0, Math.min(1, (i - 8) / 36));
    const all = 60 + ((i * 37) % 40);
    const count = (share: number) => Math.round(all * share);
    return [
      { day, standing: 'renewed', reach: 'mail', certificates: count(1 - left) },
      { day, standing: 'started', reach: 'mail', certificates: count(left * 0.06) },
      { day, standing: 'not-started', reach: 'mail', certificates: count(left * 0.84) },
      { day, standing: 'not-started', reach: 'no-address', certificates: count(left * 0.07) },
      { day, standing: 'suspended', reach: 'mail', certificates: count(0.03) },
    ] as const;
  });
  const days = { first: span.first, last: addDays(span.first, 41) };
  const glance = { countedAt: NOW, days: barsOf(counts, days, 1), weeks: barsOf(counts, span, 7) };
  const offer = { identity: IDENTITY, name: '鈴木 太郎', expiresAt: ENDING.notAfter };
  const tomorrow = { day: addDays(tokyoDayOf(NOW), 1), ends: [ENDING], offers: [offer] };
  const view = { ...staff(language), institution: '1394', glance, tomorrow, now: NOW };
  return endingsPage(view, staffFrame(language));
}

function notCounted(language: Language): Html {
  const tomorrow = { day: tokyoDayOf(NOW), ends: [], offers: [] };
  const view = { ...staff(language), institution: '1394', glance: undefined, tomorrow, now: NOW };
  return endingsPage(view, staffFrame(language));
}

function endingsList(language: Language, ...certificates: EndingCertificate[]): Html {
  const filter = { institution: '1394', from: '2026-12-12', until: '2026-12-12', standing: '' };
  const more = certificates.length > 0;
  const listed = { certificates, more, after: more ? 'x' : null };
  const view = { ...staff(language), ...listed, filter, now: NOW };
  return endingsListPage(view, staffFrame(language));
}
