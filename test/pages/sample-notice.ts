// A notice of the bank, as it is asked for.
import type { OrderContent } from '../../src/banking/order.ts';

export const SAMPLE_NOTICE = {
  kind: 'publish-notice',
  institution: '1394',
  contract: null,
  user: null,
  isImportant: true,
  title: '計画停止のお知らせ',
  body: '**2月1日 0時から6時まで**、次のお取引をご利用いただけません。\n\n## 止まるお取引\n\n- ログイン\n- 電子証明書の更新と取得\n\n1. 31日のうちに、お済ませください。\n2. 詳しくは、[お取引のご案内](https://www.mihon.example/guide)をご覧ください。',
  fromDay: '2027-01-15',
  untilDay: '2027-02-01',
} as const satisfies OrderContent;
