// The sample's people: one for each thing that can be the matter with a certificate. All invented.
import type { Role } from '../banking/person.ts';
import { STAFF_CONTRACT, type StaffRole, type StaffScope } from '../banking/staff.ts';

/** What becomes of a sample person's certificate. */
export type SampleFate = 'in-use' | 'renewed' | 'revoked' | 'suspended';

/** A sample staff member. */
export type SampleStaff = SamplePerson & {
  readonly appointed: { readonly role: StaffRole; readonly scope: StaffScope };
};

/** A sample person; `endsInDays` counts from today to the last day of the first certificate. */
export type SamplePerson = {
  readonly contract: string;
  readonly user: string;
  readonly name: string;
  readonly kana: string;
  readonly role: Role;
  readonly endsInDays: number;
  readonly fate: SampleFate;
};

/** The PIN of every sample person. */
export const SAMPLE_PIN = 'mihon1234';

export const SAMPLE_CONTRACTS = [
  { contract: '00012345678', name: '株式会社さくら商事', kana: 'サクラショウジ' },
  { contract: '00087654321', name: '有限会社みどり製作所', kana: 'ミドリセイサクショ' },
] as const;

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  person('00012345678', 'kanri01', ['佐々木 恵子', 'ササキ ケイコ'], {
    role: 'administrator',
    endsInDays: 200,
  }),
  person('00012345678', 'suzuki01', ['鈴木 太郎', 'スズキ タロウ'], { endsInDays: 20 }),
  person('00012345678', 'tanaka02', ['田中 美咲', 'タナカ ミサキ'], { endsInDays: 60 }),
  person('00012345678', 'sato03', ['佐藤 健', 'サトウ ケン'], { endsInDays: -10 }),
  person('00012345678', 'ito04', ['伊藤 さくら', 'イトウ サクラ'], {
    endsInDays: 15,
    fate: 'renewed',
  }),
  person('00012345678', 'watanabe05', ['渡邉 髙志', 'ワタナベ タカシ'], {
    endsInDays: 90,
    fate: 'revoked',
  }),
  person('00012345678', 'kobayashi06', ['小林 𠮷男', 'コバヤシ ヨシオ'], {
    endsInDays: 90,
    fate: 'suspended',
  }),
  person('00087654321', 'midori01', ['緑川 遥', 'ミドリカワ ハルカ'], {
    role: 'administrator',
    endsInDays: 120,
  }),
  person('00087654321', 'yamada02', ['山田 一郎', 'ヤマダ イチロウ'], { endsInDays: 25 }),
];

/** A name and how it is read. */
type Named = readonly [string, string];

/** One for each role. */
export const SAMPLE_STAFF: readonly SampleStaff[] = [
  staff('tanto01', ['青木 直子', 'アオキ ナオコ'], { role: 'operator', scope: ['1394'] }),
  staff('shonin01', ['石川 誠', 'イシカワ マコト'], { role: 'approver', scope: 'all' }),
  staff('kansa01', ['上田 正', 'ウエダ タダシ'], { role: 'auditor', scope: 'all' }),
  staff('caseki01', ['江川 久美', 'エガワ クミ'], { role: 'ca-officer', scope: 'all' }),
];

function staff(user: string, name: Named, appointed: SampleStaff['appointed']): SampleStaff {
  return { ...person(STAFF_CONTRACT, user, name, { endsInDays: 200 }), appointed };
}

function person(
  contract: string,
  user: string,
  [name, kana]: Named,
  rest: Pick<SamplePerson, 'endsInDays'> & Partial<Pick<SamplePerson, 'role' | 'fate'>>,
): SamplePerson {
  return { contract, user, name, kana, role: 'user', fate: 'in-use', ...rest };
}
