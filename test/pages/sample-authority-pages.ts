// The console's pages of authorities, own and former, with sample views.
import { generateKeyPairSync } from 'node:crypto';
import type { OrderContent } from '../../src/banking/order.ts';
import { authoritiesPage } from '../../src/console/pages/authorities-page.ts';
import { formerAuthorityPage } from '../../src/console/pages/former-authority-page.ts';
import type { Html } from '../../src/http/html.ts';
import type { FormerStanding } from '../../src/operations/list-formers.ts';
import { RefusalBudget } from '../../src/operations/refusal-budget.ts';
import { refusalPage } from '../../src/portal/pages/refusal-page.ts';
import type { Language } from '../../src/words/language.ts';
import { parsePublicKey } from '../../src/x509/public-key.ts';
import { certificate } from './sample-console-pages.ts';
import { sampleFrame } from './sample-frame.ts';
import { newOrder, order } from './sample-order-pages.ts';
import type { SamplePage } from './sample-page.ts';
import { NOW, staff, staffFrame } from './sample-staff.ts';

const KEY = '5c'.repeat(32);
const NAME = 'Kyu Ninsho CA G2';

const ACCEPT: OrderContent = {
  kind: 'accept-former-authority',
  institution: '1394',
  certificate: 'MIIB',
  name: NAME,
  key: KEY,
  untilDay: '2028-03-31',
  renewFrom: 'at-once',
};
const END: OrderContent = {
  kind: 'end-former-authority',
  institution: '1394',
  name: NAME,
  key: KEY,
  notMoved: 12,
};

export const SAMPLE_AUTHORITY_PAGES: readonly SamplePage[] = [
  { name: 'console-authorities', render: (l) => authorities(l, [former(), over()]) },
  { name: 'console-authorities-own', render: (l) => authorities(l, []) },
  { name: 'console-former', render: (l) => formerAuthority(l, true) },
  { name: 'console-former-nobody', render: (l) => formerAuthority(l, false) },
  { name: 'console-new-former', render: (l) => newOrder(l, ACCEPT.kind, null) },
  {
    name: 'console-new-former-end',
    render: (l) => newOrder(l, END.kind, null, { key: KEY, name: NAME, 'not-moved': '12' }),
  },
  { name: 'refusal-no-certificate-former', render: noneShown },
  { name: 'console-order-former', render: (l) => order(l, ACCEPT, 'decides') },
  { name: 'console-order-former-end', render: (l) => order(l, END, 'decides') },
];

function former(): FormerStanding {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    institution: '1394',
    issuer: Uint8Array.fromHex(KEY),
    publicKey: parsePublicKey(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))),
    certificate: new Uint8Array(),
    renewFrom: 'at-once',
    imported: 10_482,
    acceptedAt: NOW,
    until: new Date('2028-03-31T14:59:59Z'),
    endedAt: null,
    name: NAME,
    strangers: new RefusalBudget(0),
    notMoved: 12,
  };
}

function over(): FormerStanding {
  return { ...former(), name: '旧サービス 利用者認証局 第一世代', endedAt: NOW, notMoved: 0 };
}

function authorities(language: Language, formers: readonly FormerStanding[]): Html {
  const own = [
    {
      purpose: 'root',
      name: 'みほん信用金庫 ルート認証局',
      key: 'a1'.repeat(32),
      endsAt: new Date('2046-12-11T01:20:00Z'),
    },
    {
      purpose: 'issuing',
      name: 'みほん信用金庫 利用者認証局',
      key: 'b2'.repeat(32),
      endsAt: new Date('2036-12-11T01:20:00Z'),
    },
  ] as const;
  const view = { ...staff(language), own, formers, institution: '1394', now: NOW };
  return authoritiesPage(view, staffFrame(language));
}

function formerAuthority(language: Language, hasPeople: boolean): Html {
  const one = { certificate: certificate('current'), name: '佐々木 恵子' };
  const people = hasPeople ? [one, one, one] : [];
  const read = { former: hasPeople ? former() : over(), people, more: hasPeople };
  return formerAuthorityPage({ ...staff(language), ...read, now: NOW }, staffFrame(language));
}

/** Who has only a certificate of a CA that was switched off shows none. */
function noneShown(language: Language): Html {
  const none = { kind: 'no-certificate', certificate: null, home: 'file' } as const;
  const view = { ...none, inquiryNumber: 'K7MP-2QXD', formersOver: [NAME] };
  return refusalPage(view, sampleFrame(language));
}
