// Files of users for tests: good lines, and faulty ones of each kind that a line can have. No test itself.
import type { ImportFaultKind } from '../../src/banking/import-faults.ts';

/** The first line of each file. */
export const HEADER =
  'ご契約先ID,ご契約先名,ご契約先名カナ,郵便番号,住所,利用者ID,氏名,氏名カナ,区分,メールアドレス';

/** Names that not every encoding or font has. */
export const HARD_NAMES = ['髙橋 ①', '山﨑 ～', 'ﾊﾝｶｸ ﾀﾛｳ', '吉田 髙﨑'] as const;
/** One that CP932 does not have. */
export const BEYOND_CP932 = '𠮷野家 花子';

type Fields = {
  readonly contract: string;
  readonly contractName: string;
  readonly contractKana: string;
  readonly postalCode: string;
  readonly address: string;
  readonly user: string;
  readonly name: string;
  readonly kana: string;
  readonly role: string;
  readonly mail: string;
};

const GOOD: Fields = {
  contract: '00000000001',
  contractName: '株式会社あおば工業',
  contractKana: 'ｱｵﾊﾞｺｳｷﾞｮｳ',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1番1号',
  user: 'aoba01',
  name: '青葉 太郎',
  kana: 'あおば たろう',
  role: '管理者',
  mail: 'aoba01@example.jp',
};

/** A line of a file. */
export function lineOf(fields: Partial<Fields> = {}): string {
  return Object.values({ ...GOOD, ...fields }).join(',');
}

/** The ID of the nth contract. */
export function contractId(number: number): string {
  return String(number).padStart(11, '0');
}

/** Contracts with so many users each, the first of whom is an administrator. */
export function goodLines(contracts: number, usersEach: number, from = 1): readonly string[] {
  return Array.from({ length: contracts }, (_, place) => {
    const contract = contractId(from + place);
    return Array.from({ length: usersEach }, (_unused, user) =>
      lineOf({
        contract,
        contractName: `株式会社ためし${from + place}`,
        user: `user${String(user + 1).padStart(2, '0')}`,
        name: `${HARD_NAMES[user % HARD_NAMES.length]}`,
        role: user === 0 ? '管理者' : '利用者',
        mail: `u${user}@c${from + place}.example.jp`,
      }),
    );
  }).flat();
}

/** A file of these lines. */
export function fileOf(lines: readonly string[], header = HEADER): Uint8Array {
  return Buffer.from(`${[header, ...lines].join('\r\n')}\r\n`);
}

/** Makes a faulty line of a contract of its own, where one line alone can be faulty. */
export type FaultyLine = (contract: string) => string;

/** One for each kind of fault that a single line can have. */
export const FAULTY_LINES: Readonly<Partial<Record<ImportFaultKind, FaultyLine>>> = {
  quotes: (contract) => lineOf({ contract, name: '"青葉"太郎' }),
  'fields-missing': (contract) => `${contract},株式会社あおば,,,,user01`,
  'fields-extra': (contract) => `${lineOf({ contract })},余り`,
  'lost-character': (contract) => lineOf({ contract, name: '青\uFFFD 太郎' }),
  'private-character': (contract) => lineOf({ contract, name: '青\uE000 太郎' }),
  'control-character': (contract) => lineOf({ contract, name: '"青葉\n太郎"' }),
  formula: (contract) => lineOf({ contract, name: '=1+1' }),
  link: (contract) => lineOf({ contract, name: 'https://x.example 太郎' }),
  'too-long': (contract) => lineOf({ contract, address: '東'.repeat(201) }),
  'contract-missing': () => lineOf({ contract: '' }),
  'contract-zeros-lost': (contract) => lineOf({ contract: String(Number(contract)) }),
  'contract-exponent': () => lineOf({ contract: '1.23457E+10' }),
  'contract-form': () => lineOf({ contract: '0001234567A' }),
  'postal-code-form': (contract) => lineOf({ contract, postalCode: '100-001' }),
  'user-missing': (contract) => lineOf({ contract, user: '' }),
  'user-full-width': (contract) => lineOf({ contract, user: 'ａｏｂａ０１' }),
  'user-form': (contract) => lineOf({ contract, user: 'aoba-01' }),
  'name-missing': (contract) => lineOf({ contract, name: '' }),
  'kana-form': (contract) => lineOf({ contract, kana: '青葉' }),
  'role-missing': (contract) => lineOf({ contract, role: '' }),
  'role-unknown': (contract) => lineOf({ contract, role: '部長' }),
  'mail-form': (contract) => lineOf({ contract, mail: 'aoba01＠example.jp' }),
  'contract-name-missing': (contract) => lineOf({ contract, contractName: '' }),
  'no-administrator': (contract) => lineOf({ contract, role: '利用者' }),
};
