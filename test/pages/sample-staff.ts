// Who is at the console in every sample view, and when.
import type { ConsoleView } from '../../src/console/console-document.ts';
import type { Frame } from '../../src/frame/document.ts';
import { sampleInstitution } from '../../src/sample/institution.ts';
import type { Language } from '../../src/words/language.ts';
import { sampleAccount, sampleFrame } from './sample-frame.ts';

export const NOW = new Date('2026-12-11T01:20:00Z');
export const IDENTITY = { institution: '1394', contract: '00012345678', user: 'kanri01' };
export const FORM = { formToken: 'sample', touch: 'none', script: null } as const;

/** The frame of the staff house. */
export function staffFrame(language: Language): Frame {
  const name = language === 'ja' ? 'みほん信用金庫 業務管理' : 'Mihon Shinkin Bank, Staff';
  return { ...sampleFrame(language), institution: { name, code: '0000' } };
}

/** Who is at the console in every view. */
export function staff(language: Language): ConsoleView {
  const company = staffFrame(language).institution.name;
  return {
    account: {
      ...sampleAccount(language),
      company,
      user: language === 'ja' ? '石川 誠' : 'Makoto Ishikawa',
      isStaff: true,
    },
    desk: {
      role: 'approver',
      scope: 'all',
      institutions: [sampleInstitution(8080)],
      waiting: 2,
      mayDo: () => true,
    },
  };
}
