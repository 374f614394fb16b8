// The pages of the renewal with sample views; what the page's script would do is done by a line of ours.
import type { KeyHome } from '../../src/banking/user-certificate.ts';
import type { Html } from '../../src/http/html.ts';
import { outsideWindowPage } from '../../src/portal/pages/outside-window-page.ts';
import { type ProofFailedView, proofFailedPage } from '../../src/portal/pages/proof-failed-page.ts';
import { proofStepPage } from '../../src/portal/pages/proof-step-page.ts';
import { renewalCompletedPage } from '../../src/portal/pages/renewal-completed-page.ts';
import { renewalPage } from '../../src/portal/pages/renewal-page.ts';
import { renewalPendingPage } from '../../src/portal/pages/renewal-pending-page.ts';
import type { System } from '../../src/words/import-guides.ts';
import type { Language } from '../../src/words/language.ts';
import { REFUSAL_ACTIONS } from '../../src/words/refusal-words.ts';
import { PROOF_FAILED } from '../../src/words/renewal.ts';
import {
  ENDS,
  NEXT_ENDS,
  sampleAccount,
  sampleCertificate,
  sampleFrame,
  sampleSuccessor,
} from './sample-frame.ts';
import type { SamplePage } from './sample-page.ts';

const SHOW = `
  const show = (id) => { document.getElementById(id).hidden = false; };
  document.getElementById('renewal-start').hidden = true;`;
const PROGRESS = `${SHOW} show('renewal-progress');
  document.getElementById('progress-key').dataset.state = 'done';
  document.getElementById('progress-issue').dataset.state = 'busy';`;
const DELIVERY = `${SHOW} show('renewal-delivery');
  document.getElementById('file-name').textContent = 'mihon-1394-suzuki01-2027-12.p12';
  document.getElementById('file-password').textContent = 'k7mp-2qxd-9wtn-4hvc';
  document.getElementById('successor-name').textContent = '00012345678 suzuki01 1394 2027-12';
  document.getElementById('successor-ends').textContent =
    document.documentElement.lang === 'ja'
      ? '2027年12月31日 23時59分59秒まで'
      : 'until 31 December 2027, 23:59:59 (Japan time)';`;
const SAVED = `${DELIVERY} document.getElementById('renewal-delivery').dataset.step = 'prove'; show('copied');`;
const FAILED = `${SHOW} show('renewal-failed'); show('failed-connection'); show('retry');`;

const ON_DEVICE = `${SHOW} show('device-progress');
  document.getElementById('device-key').dataset.state = 'done';
  document.getElementById('device-issue').dataset.state = 'done';
  document.getElementById('device-proof').dataset.state = 'busy';`;
const NOT_MADE = `${SHOW} show('device-failed'); show('device-failed-cancelled');`;

export const SAMPLE_RENEWAL_PAGES: readonly SamplePage[] = [
  { name: 'renewal', render: (l) => renewal(l, 'windows', false) },
  { name: 'renewal-again', render: (l) => renewal(l, 'windows', true) },
  { name: 'renewal-progress', render: (l) => renewal(l, 'windows', false), act: PROGRESS },
  { name: 'renewal-delivery', render: (l) => renewal(l, 'windows', false), act: DELIVERY },
  { name: 'renewal-delivery-saved', render: (l) => renewal(l, 'firefox', false), act: SAVED },
  { name: 'renewal-delivery-mac', render: (l) => renewal(l, 'macos', false), act: DELIVERY },
  { name: 'renewal-failed', render: (l) => renewal(l, 'windows', false), act: FAILED },
  { name: 'renewal-pending', render: (l) => pending(l, 'file') },
  { name: 'renewal-pending-on-device', render: (l) => pending(l, 'device') },
  { name: 'renewal-on-device', render: (l) => renewal(l, 'windows', false), act: ON_DEVICE },
  { name: 'renewal-device-failed', render: (l) => renewal(l, 'windows', false), act: NOT_MADE },
  { name: 'renewal-proof-step', render: proofStep },
  { name: 'renewal-completed', render: (l) => completed(l, 'file') },
  { name: 'renewal-completed-on-device', render: (l) => completed(l, 'device') },
  { name: 'renewal-not-open', render: (l) => outside(l, new Date('2026-11-30T15:00:00Z')) },
  { name: 'renewal-closed', render: (l) => outside(l, null) },
  { name: 'proof-old-shown', render: (l) => failed(l, 'old-shown') },
  { name: 'proof-none-shown', render: (l) => failed(l, 'none-shown') },
  { name: 'proof-other-shown', render: (l) => failed(l, 'other-shown') },
  { name: 'proof-already-proved', render: (l) => failed(l, 'already-proved') },
  { name: 'proof-token-invalid', render: (l) => failed(l, 'token-invalid') },
];

function renewal(language: Language, system: System, isAgain: boolean): Html {
  return renewalPage(
    {
      account: sampleAccount(language),
      current: sampleCertificate(language),
      successorEndsAt: NEXT_ENDS,
      replaces: isAgain ? sampleSuccessor(language) : null,
      homes: ['device', 'file'],
      key: { kind: 'RSA', bits: 3072 },
      system,
      formToken: 'sample-token',
      proof: { action: '/renewal/confirm', token: 'sample', formToken: 'sample-token' },
      script: null,
    },
    sampleFrame(language),
  );
}

function pending(language: Language, home: KeyHome): Html {
  const proof = { action: 'https://l0001.login.mihon.localhost/renewal/proof', token: 'sample' };
  return renewalPendingPage(
    {
      account: sampleAccount(language),
      successor: { ...sampleSuccessor(language), home },
      proof,
      formToken: 'sample-token',
      script: null,
    },
    sampleFrame(language),
  );
}

function proofStep(language: Language): Html {
  const proof = { action: 'https://l0001.login.mihon.localhost/renewal/proof', token: 'sample' };
  return proofStepPage(
    { account: sampleAccount(language), successor: sampleSuccessor(language), proof },
    sampleFrame(language),
  );
}

function completed(language: Language, home: KeyHome): Html {
  const account = {
    ...sampleAccount(language),
    certificate: { home, endsAt: NEXT_ENDS, daysLeft: 385 },
  };
  const certificate = { ...sampleSuccessor(language), home };
  const ended = home === 'device' ? 'sample' : null;
  return renewalCompletedPage({ account, certificate, ended, script: null }, sampleFrame(language));
}

function outside(language: Language, opensAt: Date | null): Html {
  return outsideWindowPage(
    { account: sampleAccount(language), certificate: sampleCertificate(language), opensAt },
    sampleFrame(language),
  );
}

function failed(language: Language, why: ProofFailedView['why']): Html {
  const shown = why === 'old-shown' || why === 'other-shown' ? other(language, why) : null;
  const mayRetry = why !== 'token-invalid' && why !== 'already-proved';
  return proofFailedPage(
    {
      why,
      shown,
      successor: mayRetry ? sampleSuccessor(language) : null,
      retry: mayRetry
        ? { action: 'https://l0002.login.mihon.localhost/renewal/proof', token: 'sample' }
        : null,
      isSafe: mayRetry,
      back: {
        label: why === 'already-proved' ? REFUSAL_ACTIONS['log-in-again'] : PROOF_FAILED.back,
        address: 'https://m-0001.login.mihon.localhost/renewal',
      },
      system: 'windows',
      inquiryNumber: 'K7MP-2QXD',
    },
    sampleFrame(language),
  );
}

function other(language: Language, why: 'old-shown' | 'other-shown') {
  const certificate = sampleCertificate(language);
  if (why === 'old-shown') return certificate;
  return { ...certificate, name: '00012345678 tanaka02 1394 2027-03', endsAt: ENDS };
}
