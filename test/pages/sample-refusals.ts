// Every refusal with a sample view.
import { type RefusalView, refusalPage } from '../../src/portal/pages/refusal-page.ts';
import type { Language } from '../../src/words/language.ts';
import { REFUSALS, type RefusalKind } from '../../src/words/refusals.ts';
import { sampleCertificate, sampleFrame, sampleSuccessor } from './sample-frame.ts';
import type { SamplePage } from './sample-page.ts';

const CERTIFICATE_SHOWN: readonly string[] = [
  'superseded',
  'replaced',
  'unproven',
  'acquisition-over',
  'suspended',
  'revoked',
  'expired',
  'not-yet-valid',
  'unknown-certificate',
  'authority-ended',
  'unknown-issuer',
  'other-institution',
  'not-for-login',
  'pin-locked',
  'user-stopped',
];

export const SAMPLE_REFUSALS: readonly SamplePage[] = Object.keys(REFUSALS)
  .filter(isKind)
  .map((kind) => ({
    name: `refusal-${kind}`,
    render: (language) => refusalPage(view(kind, language), sampleFrame(language)),
  }));

function view(kind: RefusalKind, language: Language): RefusalView {
  const certificate = CERTIFICATE_SHOWN.includes(kind) ? shown(kind, language) : null;
  const common = {
    home: 'file' as const,
    certificate,
    inquiryNumber: kind === 'not-found' ? null : 'K7MP-2QXD',
  };
  if (kind === 'superseded') {
    return { ...common, kind, successor: sampleSuccessor(language) };
  }
  if (kind === 'not-yet-valid') {
    return { ...common, kind, startsAt: new Date('2026-12-15T00:00:00Z') };
  }
  return { ...common, kind };
}

function shown(kind: RefusalKind, language: Language) {
  const certificate = sampleCertificate(language);
  if (kind !== 'unknown-issuer') return certificate;
  const name = 'taro.yamada@a-rather-long-organisation-name.example.co.jp';
  return { ...certificate, name, issuer: 'Example Trust Services Corporate Client CA 2' };
}

function isKind(key: string): key is RefusalKind {
  return key in REFUSALS;
}
