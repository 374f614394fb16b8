// Values that fill the pages for pictures and for the accessibility test; nobody here exists.
import type { Account } from '../../src/frame/account.ts';
import type { ShownCertificate } from '../../src/frame/certificate-name.ts';
import type { Frame } from '../../src/frame/document.ts';
import type { Language } from '../../src/words/language.ts';

export function sampleFrame(language: Language): Frame {
  const isJa = language === 'ja';
  return {
    language,
    otherLanguageHref: language === 'ja' ? '?lang=en' : '?lang=ja',
    institution: { name: isJa ? 'みほん信用金庫' : 'Mihon Shinkin Bank', code: '1394' },
    contact: {
      desk: isJa ? 'みほん信用金庫 インターネットバンキング相談窓口' : 'Internet Banking Desk',
      phone: '0120-000-000',
      hours: isJa ? '平日 9時〜17時' : 'weekdays 9:00 to 17:00',
    },
    publicOrigin: 'https://mihon.localhost',
    passkeyAddress: 'https://login.mihon.localhost/',
    passkeyDomain: 'mihon.localhost',
    loginAddress: 'https://mihon.localhost/login',
  };
}

export const ENDS = new Date('2026-12-31T14:59:59Z');
export const NEXT_ENDS = new Date('2027-12-31T14:59:59Z');

export function sampleCertificate(language: Language): ShownCertificate {
  return {
    name: '00012345678 suzuki01 1394 2026-12',
    issuer: language === 'ja' ? 'みほん信用金庫 利用者認証局 G1' : 'Mihon Shinkin Bank User CA G1',
    endsAt: ENDS,
  };
}

export function sampleAccount(language: Language): Account {
  const isJa = language === 'ja';
  return {
    company: isJa ? '株式会社みほん精密工業' : 'Mihon Precision Works Co., Ltd.',
    user: isJa ? '鈴木 一郎' : 'Ichiro Suzuki',
    lastLogin: new Date('2026-12-10T00:05:30Z'),
    isAdministrator: false,
    certificate: { home: 'file', endsAt: ENDS, daysLeft: 20 },
    formToken: 'sample-token',
  };
}

export function sampleSuccessor(language: Language): ShownCertificate {
  const name = '00012345678 suzuki01 1394 2027-12';
  return { ...sampleCertificate(language), name, endsAt: NEXT_ENDS };
}
