// The pages of acquiring a certificate and of an administrator, with sample views.
import type { AcquisitionKind, CodeWay } from '../../src/banking/acquisition.ts';
import type { MemberAction } from '../../src/banking/company.ts';
import type { Role } from '../../src/banking/person.ts';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { Html } from '../../src/http/html.ts';
import type { ListedMember } from '../../src/operations/list-company.ts';
import { acquireKeyPage } from '../../src/portal/pages/acquire-key-page.ts';
import { acquirePage } from '../../src/portal/pages/acquire-page.ts';
import { companyPage } from '../../src/portal/pages/company-page.ts';
import { handOverPage } from '../../src/portal/pages/hand-over-page.ts';
import {
  type MemberActionView,
  memberActionPage,
} from '../../src/portal/pages/member-action-page.ts';
import { memberPage } from '../../src/portal/pages/member-page.ts';
import { ownCodeAskedPage, ownCodePage } from '../../src/portal/pages/own-code-page.ts';
import { registerMemberPage } from '../../src/portal/pages/register-member-page.ts';
import { REGISTER } from '../../src/words/company.ts';
import type { Language } from '../../src/words/language.ts';
import { ENDS, NEXT_ENDS, sampleAccount, sampleFrame } from './sample-frame.ts';
import type { SamplePage } from './sample-page.ts';

const ACT: readonly MemberAction[] = [
  'reissue',
  'revoke',
  'unlock',
  'add-slot',
  'change-mail',
  'change-name',
  'confirm-rights',
];

const CAME_BACK = {
  address: 'takashi.watanabe@sakura.example',
  bouncedAt: new Date('2026-12-03T00:05:30Z'),
};

export const SAMPLE_COMPANY_PAGES: readonly SamplePage[] = [
  { name: 'acquire', render: (l) => acquire(l, null) },
  { name: 'acquire-refused', render: (l) => acquire(l, '7K3M9QPA') },
  { name: 'own-code', render: (l) => ownCodePage({ graceDays: 90 }, sampleFrame(l)) },
  { name: 'own-code-not-offered', render: (l) => ownCodePage({ graceDays: null }, sampleFrame(l)) },
  { name: 'own-code-asked', render: ownCodeAsked },
  { name: 'acquire-key', render: (l) => acquireKey(l, false) },
  { name: 'acquire-key-again', render: (l) => acquireKey(l, true, 'reissue') },
  { name: 'acquire-key-expired', render: (l) => acquireKey(l, false, 'expired') },
  {
    name: 'acquire-delivery',
    render: (l) => acquireKey(l, false),
    act: showing('renewal-delivery'),
  },
  { name: 'acquire-failed', render: (l) => acquireKey(l, false), act: showing('renewal-failed') },
  { name: 'acquire-on-device', render: (l) => acquireKey(l, false), act: showing('device-done') },
  { name: 'company', render: company },
  { name: 'member', render: member },
  { name: 'member-two-places', render: memberWithTwo },
  ...ACT.map((action) => ({
    name: `member-${action}`,
    render: (l: Language) => memberAction(l, action),
  })),
  {
    name: 'member-reissue-revoking',
    render: (l) => memberAction(l, 'reissue', { policy: { ...DEFAULT_POLICY, revokeFirst: true } }),
  },
  {
    name: 'member-change-mail-refused',
    render: (l) =>
      memberAction(l, 'change-mail', {
        refused: { entered: { mail: 'suzuki@sakura' }, inquiryNumber: '7K3M9QPA' },
      }),
  },
  {
    name: 'member-change-name-refused',
    render: (l) =>
      memberAction(l, 'change-name', {
        refused: { entered: { name: '鈴木 花子', kana: '鈴木' }, inquiryNumber: '7K3M9QPA' },
      }),
  },
  { name: 'member-frozen', render: frozenMember },
  { name: 'register-member', render: (l) => register(l, null) },
  { name: 'register-member-refused', render: (l) => register(l, '7K3M9QPA') },
  { name: 'hand-over', render: (l) => handOver(l, 'screen') },
  { name: 'hand-over-code-mailed', render: (l) => handOver(l, 'mail') },
];

function showing(id: string): string {
  return `document.getElementById('renewal-start').hidden = true; document.getElementById('${id}').hidden = false`;
}

function acquire(language: Language, inquiryNumber: string | null): Html {
  const entered = { contract: '00012345678', user: 'suzuki01' };
  return acquirePage({ entered, inquiryNumber }, sampleFrame(language));
}

function ownCodeAsked(language: Language): Html {
  const entered = { contract: '00012345678', user: 'suzuki01' };
  return ownCodeAskedPage({ graceDays: 90, entered }, sampleFrame(language));
}

function acquireKey(language: Language, replaces: boolean, kind: AcquisitionKind = 'first'): Html {
  const { company, user: name } = sampleAccount(language);
  return acquireKeyPage(
    {
      person: { company, name, contractId: '00012345678', userId: 'suzuki01' },
      kind,
      slot: kind === 'reissue' ? 2 : null,
      freezes: kind === 'reissue',
      untilAt: ENDS,
      endsAt: NEXT_ENDS,
      ticket: 'sample',
      choosesPin: !replaces,
      replaces,
      homes: ['device', 'file'],
      key: { kind: 'RSA', bits: 3072 },
      system: 'windows',
      script: null,
    },
    sampleFrame(language),
  );
}

function administrator(language: Language) {
  return { ...sampleAccount(language), isAdministrator: true };
}

function listed(
  language: Language,
  of: {
    readonly user: string;
    readonly ja: string;
    readonly en: string;
    readonly standing: ListedMember['slots'][number]['standing'];
    readonly role?: Role;
    readonly mail?: ListedMember['mail'];
    readonly marks?: Partial<ListedMember['person']>;
  },
): ListedMember {
  const identity = { institution: '1394', contract: '00012345678', user: of.user };
  const hasCertificate = of.standing !== 'none' && of.standing !== 'offered';
  return {
    person: {
      identity,
      name: language === 'ja' ? of.ja : of.en,
      contractName: sampleAccount(language).company,
      role: of.role ?? 'user',
      previousLoginAt: null,
      isLocked: false,
      isStopped: false,
      isFrozen: false,
      hasInitialPin: false,
      ...of.marks,
    },
    kana: null,
    lastLoginAt: hasCertificate ? new Date('2026-12-10T00:05:30Z') : null,
    mail: of.mail ?? { address: `${of.user}@sakura.example`, bouncedAt: null },
    isSelf: of.role === 'administrator',
    slots: [
      {
        slot: 1,
        standing: of.standing,
        certificate: hasCertificate
          ? {
              identity,
              slot: 1,
              issuer: new Uint8Array(32),
              serial: new Uint8Array(20),
              sha256: new Uint8Array(32),
              commonName: `00012345678 ${of.user} 1394 2026-12`,
              home: 'file',
              state: 'current',
              notBefore: new Date('2025-12-31T00:00:00Z'),
              notAfter: ENDS,
              issuedAt: new Date('2025-12-31T00:00:00Z'),
              provedAt: new Date('2025-12-31T00:00:00Z'),
              endedAt: null,
              predecessor: null,
              acquiredAs: 'first',
              renewableFrom: null,
            }
          : undefined,
        offer: undefined,
        codeMail: undefined,
        actions: ['unlock', 'reset-pin', 'reissue', 'suspend', 'revoke', 'change-mail', 'stop'],
        acquisition: 'works',
      },
    ],
  };
}

function people(language: Language): readonly ListedMember[] {
  return [
    listed(language, {
      user: 'kanri01',
      ja: '佐々木 恵子',
      en: 'Keiko Sasaki',
      standing: 'current',
      role: 'administrator',
    }),
    listed(language, {
      user: 'sato03',
      ja: '佐藤 健',
      en: 'Ken Sato',
      standing: 'expired',
      mail: { address: null, bouncedAt: null },
    }),
    listed(language, {
      user: 'suzuki01',
      ja: '鈴木 一郎',
      en: 'Ichiro Suzuki',
      standing: 'ending',
    }),
    listed(language, {
      user: 'tanaka02',
      ja: '田中 美咲',
      en: 'Misaki Tanaka',
      standing: 'current',
      marks: { isLocked: true },
    }),
    listed(language, {
      user: 'watanabe05',
      ja: '渡邉 髙志',
      en: 'Takashi Watanabe',
      standing: 'current',
      mail: CAME_BACK,
    }),
    listed(language, { user: 'ito04', ja: '伊藤 さくら', en: 'Sakura Ito', standing: 'offered' }),
  ];
}

function company(language: Language): Html {
  const view = { members: people(language), isSoleAdministrator: true };
  return companyPage({ account: administrator(language), ...view }, sampleFrame(language));
}

function sampleMember(
  language: Language,
  marks: Partial<ListedMember['person']> = { isLocked: true },
): ListedMember {
  return listed(language, {
    user: 'tanaka02',
    ja: '田中 美咲',
    en: 'Misaki Tanaka',
    standing: 'current',
    marks,
  });
}

function member(language: Language): Html {
  const view = { member: sampleMember(language), done: 'lift' as const };
  return memberPage({ account: administrator(language), ...view }, sampleFrame(language));
}

function memberWithTwo(language: Language): Html {
  const one = sampleMember(language, {});
  const actions: readonly MemberAction[] = [
    'reset-pin',
    'reissue',
    'suspend',
    'revoke',
    'change-mail',
    'stop',
  ];
  const [first] = one.slots;
  const second = {
    slot: 2,
    standing: 'offered' as const,
    certificate: undefined,
    offer: undefined,
    codeMail: { state: 'bounced' as const, since: new Date('2026-12-10T00:05:30Z') },
  };
  const slots = first
    ? [
        { ...first, actions },
        { ...second, actions: ['offer' as const], acquisition: 'first' as const },
      ]
    : [];
  const view = { member: { ...one, slots }, done: 'add-slot' as const };
  const listedTwo = { ...view, member: { ...view.member, mail: CAME_BACK } };
  return memberPage({ account: administrator(language), ...listedTwo }, sampleFrame(language));
}

function frozenMember(language: Language): Html {
  const frozen = sampleMember(language, { isFrozen: true });
  const view = { member: frozen, done: null };
  return memberPage({ account: administrator(language), ...view }, sampleFrame(language));
}

function memberAction(
  language: Language,
  action: MemberAction,
  shown: Partial<Pick<MemberActionView, 'policy' | 'refused'>> = {},
): Html {
  const member = sampleMember(language);
  const [slot] = member.slots;
  if (slot === undefined) throw new Error('a member without a slot');
  const form = { formToken: 't', once: 'sample', touch: 'none' as const, script: null };
  const view = { account: administrator(language), member, slot, action, policy: DEFAULT_POLICY };
  return memberActionPage({ ...view, ...form, ...shown }, sampleFrame(language));
}

function register(language: Language, inquiryNumber: string | null): Html {
  const user = inquiryNumber === null ? '' : 'suzuki01';
  const entered = { user, name: '', mail: '', way: 'screen' } as const;
  const form = { formToken: 't', once: 'sample', touch: 'none' as const, script: null };
  const view = { entered, inquiryNumber, ...form };
  return registerMemberPage({ account: administrator(language), ...view }, sampleFrame(language));
}

function handOver(language: Language, way: CodeWay): Html {
  const { person } = sampleMember(language);
  const code =
    way === 'mail'
      ? { offer: null, isCodeMailed: true as const }
      : { offer: { code: '7K3M9QPA', expiresAt: ENDS } };
  return handOverPage(
    {
      account: administrator(language),
      title: REGISTER.done,
      person,
      firstPin: 'kmpt4729',
      ...code,
    },
    sampleFrame(language),
  );
}
