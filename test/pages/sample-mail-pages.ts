// Mail in the console, with sample views.
import { mailsPage } from '../../src/console/pages/mails-page.ts';
import type { Html } from '../../src/http/html.ts';
import { sampleInstitution } from '../../src/sample/institution.ts';
import type { Language } from '../../src/words/language.ts';
import { SAMPLE_MAILS } from './sample-mails.ts';
import type { SamplePage } from './sample-page.ts';
import { FORM, NOW, staff, staffFrame } from './sample-staff.ts';

export const SAMPLE_MAIL_PAGES: readonly SamplePage[] = [
  { name: 'console-mails', render: (language) => mails(language, false) },
  { name: 'console-mails-late', render: (language) => mails(language, true) },
];

function mails(language: Language, isLate: boolean): Html {
  const mail = {
    institution: sampleInstitution(8443),
    waiting: isLate ? 10_001 : 0,
    since: isLate ? NOW : null,
    remindedAt: NOW,
    troubles: isLate
      ? SAMPLE_MAILS.filter(({ state }) => state === 'bounced' || state === 'failed')
      : [],
    isLate,
    isMissed: isLate,
    ownAddress: isLate ? null : 'tanto01@mihon.example',
  };
  const view = { ...staff(language), ...FORM, mail, isTested: !isLate, now: NOW };
  return mailsPage(view, staffFrame(language));
}
