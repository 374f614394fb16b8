// Words of the list of what lately became of certificates.
import type { Text } from './language.ts';

export const CERTIFICATE_EVENTS = {
  title: { ja: '電子証明書の発行と確認の記録', en: 'Certificates issued and confirmed' },
  lead: {
    ja: '最近90日間に、発行、確認、取得し直しのあった電子証明書です。お心当たりがないときは、すぐに管理者の方とお問い合わせ窓口へご連絡ください。',
    en: 'Certificates that were issued, confirmed or replaced in the last 90 days. If you do not know of one, tell your administrator and us at once.',
  },
  acquired: { ja: '電子証明書を発行しました (取得)', en: 'Certificate issued (first or reissue)' },
  renewed: { ja: '電子証明書を発行しました (更新)', en: 'Certificate issued (renewal)' },
  imported: {
    ja: '以前の認証局の電子証明書を登録しました',
    en: 'Certificate of the former authority recorded',
  },
  proved: {
    ja: '確認が済み、お使いいただけるようになりました',
    en: 'Confirmed and in use',
  },
  replaced: {
    ja: '取得し直したため、使えなくなりました',
    en: 'Replaced by another, no longer usable',
  },
} satisfies Record<string, Text>;
