// Every page with a sample view; pictures and the accessibility test go through this list.
import { SAMPLE_AUTHORITY_PAGES } from './sample-authority-pages.ts';
import { SAMPLE_COMPANY_PAGES } from './sample-company-pages.ts';
import { SAMPLE_CONSOLE_PAGES } from './sample-console-pages.ts';
import { SAMPLE_ENDING_PAGES } from './sample-ending-pages.ts';
import { SAMPLE_IMPORT_PAGES } from './sample-import-pages.ts';
import { SAMPLE_LOGIN_PAGES } from './sample-login-pages.ts';
import { SAMPLE_MAIL_PAGES } from './sample-mail-pages.ts';
import { SAMPLE_NOTICE_DESK_PAGES } from './sample-notice-desk-pages.ts';
import { SAMPLE_ORDER_PAGES } from './sample-order-pages.ts';
import { SAMPLE_OWN_PAGES } from './sample-own-pages.ts';
import type { SamplePage } from './sample-page.ts';
import { SAMPLE_REFUSALS } from './sample-refusals.ts';
import { SAMPLE_RENEWAL_PAGES } from './sample-renewal-pages.ts';

export const SAMPLE_PAGES: readonly SamplePage[] = [
  ...SAMPLE_LOGIN_PAGES,
  ...SAMPLE_OWN_PAGES,
  ...SAMPLE_REFUSALS,
  ...SAMPLE_RENEWAL_PAGES,
  ...SAMPLE_COMPANY_PAGES,
  ...SAMPLE_CONSOLE_PAGES,
  ...SAMPLE_ORDER_PAGES,
  ...SAMPLE_ENDING_PAGES,
  ...SAMPLE_NOTICE_DESK_PAGES,
  ...SAMPLE_MAIL_PAGES,
  ...SAMPLE_IMPORT_PAGES,
  ...SAMPLE_AUTHORITY_PAGES,
];
