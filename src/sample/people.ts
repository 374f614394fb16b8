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
  readonly role: Role;
  readonly endsInDays: number;
  readonly fate: SampleFate;
};

/** The PIN of every sample person. */
export const SAMPLE_PIN = 'mihon1234';

export const SAMPLE_CONTRACTS = [
  { contract: '00012345678', name: '株式会社さくら商事' },
  { contract: '00087654321', name: '有限会社みどり製作所' },
] as const;

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  person('00012345678', 'kanri01', '佐々木 恵子', { role: 'administrator', endsInDays: 200 }),
  person('00012345678', 'suzuki01', '鈴木 太郎', { endsInDays: 20 }),
  person('00012345678', 'tanaka02', '田中 美咲', { endsInDays: 60 }),
  person('00012345678', 'sato03', '佐藤 健', { endsInDays: -10 }),
  person('00012345678', 'ito04', '伊藤 さくら', { endsInDays: 15, fate: 'renewed' }),
  person('00012345678', 'watanabe05', '渡邉 髙志', { endsInDays: 90, fate: 'revoked' }),
  person('00012345678', 'kobayashi06', '小林 𠮷男', { endsInDays: 90, fate: 'suspended' }),
  person('00087654321', 'midori01', '緑川 遥', { role: 'administrator', endsInDays: 120 }),
  person('00087654321', 'yamada02', '山田 一郎', { endsInDays: 25 }),
];

/** One for each role. */
export const SAMPLE_STAFF: readonly SampleStaff[] = [
  staff('tanto01', '青木 直子', { role: 'operator', scope: ['1394'] }),
  staff('shonin01', '石川 誠', { role: 'approver', scope: 'all' }),
  staff('kansa01', '上田 正', { role: 'auditor', scope: 'all' }),
  staff('caseki01', '江川 久美', { role: 'ca-officer', scope: 'all' }),
];

function staff(user: string, name: string, appointed: SampleStaff['appointed']): SampleStaff {
  return { ...person(STAFF_CONTRACT, user, name, { endsInDays: 200 }), appointed };
}

function person(
  contract: string,
  user: string,
  name: string,
  rest: Pick<SamplePerson, 'endsInDays'> & Partial<Pick<SamplePerson, 'role' | 'fate'>>,
): SamplePerson {
  return { contract, user, name, role: 'user', fate: 'in-use', ...rest };
}
