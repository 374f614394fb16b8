// The sample institution みほん信用金庫 (1394). It stands for no real bank.
import { EXAMPLE_CERTIFICATE_POLICY, type Institution } from '../banking/institution.ts';
import { STAFF_HOUSE_CODE } from '../banking/staff.ts';

/** The sample institution, published at a plain HTTP port of this machine. */
export function sampleInstitution(publicationPort: number): Institution {
  return {
    code: '1394',
    kind: 'bank',
    name: 'みほん信用金庫',
    nameEnglish: 'Mihon Shinkin Bank',
    publicHost: 'mihon.localhost',
    membersDomain: 'login.mihon.localhost',
    passkeyDomain: 'mihon.localhost',
    certificatePolicy: EXAMPLE_CERTIFICATE_POLICY,
    publicationBase: `http://mihon.localhost:${publicationPort}`,
    contact: {
      ja: {
        desk: '法人インターネットバンキング ヘルプデスク',
        phone: '0120-000-000',
        hours: '平日 9時00分〜17時00分',
      },
      en: {
        desk: 'Corporate Internet Banking help desk',
        phone: '0120-000-000',
        hours: 'Weekdays 9:00 to 17:00 (Japan time)',
      },
    },
  };
}

/** The house of the sample's staff. */
export function sampleStaffHouse(publicationPort: number): Institution {
  return {
    ...sampleInstitution(publicationPort),
    code: STAFF_HOUSE_CODE,
    kind: 'staff',
    name: 'みほん信用金庫 業務管理',
    nameEnglish: 'Mihon Shinkin Bank, Staff',
    publicHost: 'staff.localhost',
    membersDomain: 'login.staff.localhost',
    passkeyDomain: 'staff.localhost',
    publicationBase: `http://staff.localhost:${publicationPort}`,
    contact: {
      ja: { desk: '業務管理部 認証局係', phone: '内線 0000', hours: '平日 8時30分〜18時00分' },
      en: {
        desk: 'Operations, certification desk',
        phone: 'Extension 0000',
        hours: 'Weekdays 8:30 to 18:00 (Japan time)',
      },
    },
  };
}

export const SAMPLE_STAFF_AUTHORITIES = {
  rootName: 'みほん信用金庫 職員ルート認証局',
  issuingName: 'みほん信用金庫 職員認証局',
} as const;

export const SAMPLE_AUTHORITIES = {
  rootName: 'みほん信用金庫 ルート認証局',
  issuingName: 'みほん信用金庫 利用者認証局',
} as const;

/** Notices of the sample bank. */
export const SAMPLE_NOTICES = [
  {
    isImportant: true,
    title: '当金庫を装った電話とメールにご注意ください',
    body: '当金庫から、電話やメールで電子証明書の更新をお願いすることはありません。\n電子証明書の更新は、必ずログイン後のお知らせからお手続きください。',
    daysAgo: 12,
  },
  {
    isImportant: false,
    title: '年末年始のサービス時間について',
    body: '12月31日から1月3日までは、振込の受付を休止します。ログインとお知らせの確認はご利用いただけます。',
    daysAgo: 5,
  },
] as const;
