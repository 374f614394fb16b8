import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readImportHeader } from './import-columns.ts';
import { type ReadRow, readImportRow } from './import-row.ts';

const HEADER =
  'ご契約先ID,ご契約先名,ご契約先名カナ,郵便番号,住所,利用者ID,氏名,氏名カナ,区分,メールアドレス';

const ACCEPTED = [
  {
    name: 'a contract ID in full width',
    field: 'ご契約先ID',
    value: '０００１２３４５６７８',
    of: 'contract',
    want: '00012345678',
  },
  {
    name: 'a contract ID as a formula that keeps its zeros',
    field: 'ご契約先ID',
    value: '="00012345678"',
    of: 'contract',
    want: '00012345678',
  },
  {
    name: 'a name that our own files guard',
    field: '氏名',
    value: "'＠ホーム 太郎",
    of: 'name',
    want: '＠ホーム 太郎',
  },
  {
    name: 'a name with spaces around it',
    field: '氏名',
    value: ' 髙橋 ①　',
    of: 'name',
    want: '髙橋 ①',
  },
  {
    name: 'what would be a formula but for the mark of text before it',
    field: '氏名',
    value: "'@コスメ 太郎",
    of: 'name',
    want: '@コスメ 太郎',
  },
  {
    name: 'a mark of text that is part of it',
    field: '氏名',
    value: "''＝A",
    of: 'name',
    want: "'＝A",
  },
  {
    name: 'a reading in half width',
    field: '氏名カナ',
    value: 'ﾀｶﾊｼ',
    of: 'kana',
    want: 'タカハシ',
  },
  {
    name: 'a postal code with its mark',
    field: '郵便番号',
    value: '〒100-0001',
    of: 'postalCode',
    want: '1000001',
  },
  {
    name: 'a role in English',
    field: '区分',
    value: 'Administrator',
    of: 'role',
    want: 'administrator',
  },
  { name: 'no mail address', field: 'メールアドレス', value: '', of: 'mail', want: null },
] as const;

for (const { name, field, value, of, want } of ACCEPTED) {
  test(`${name} is taken`, () => {
    const read = readWith({ [field]: value });
    assert.ok('row' in read, JSON.stringify(read));
    assert.equal(read.row[of], want);
  });
}

test('empty columns at the end are no fault, and columns that may be missing may end early', () => {
  const line = '00012345678,あおば,,,,aoba01,青葉,,管理者';
  for (const text of [line, `${line},,,,`]) assert.ok('row' in readLine(text));
});

test('zeros that are lost are not put back, but the contract is known to be incomplete', () => {
  const read = readWith({ ご契約先ID: '12345678' });
  assert.ok('faults' in read);
  assert.deepEqual(
    read.faults.map(({ kind }) => kind),
    ['contract-zeros-lost'],
  );
  assert.equal(read.contract, '00012345678');
});

test('each faulty column of a line is told', () => {
  const read = readWith({ 利用者ID: '', 区分: '部長' });
  assert.ok('faults' in read);
  assert.deepEqual(
    read.faults.map(({ line, column, kind }) => [line, column, kind]),
    [
      [2, 'user', 'user-missing'],
      [2, 'role', 'role-unknown'],
    ],
  );
});

test('what a report shows of a value is short and has no control characters', () => {
  const read = readWith({ 氏名: `青葉\u202E${'あ'.repeat(300)}` });
  assert.ok('faults' in read);
  assert.match(read.faults[0]?.value ?? '', /^青葉\uFFFDあ{57}…$/);
});

const HEADERS = [
  { name: 'English names in any case', text: 'Contract ID,User_ID,NAME,role', want: [] },
  { name: 'names in full width', text: 'ご契約先ＩＤ,利用者ＩＤ,氏名,区分', want: [] },
  { name: 'empty names', text: 'ご契約先ID,利用者ID,氏名,区分,,', want: [] },
  { name: 'a missing column', text: 'ご契約先ID,利用者ID,氏名', want: ['column-missing'] },
  {
    name: 'a column twice',
    text: 'ご契約先ID,利用者番号,利用者ID,氏名,区分',
    want: ['column-twice'],
  },
  {
    name: 'an unknown column',
    text: 'ご契約先ID,利用者ID,氏名,区分,血液型',
    want: ['column-unknown'],
  },
] as const;

for (const { name, text, want } of HEADERS) {
  test(`of the first line: ${name}`, () => {
    const read = readImportHeader(text.split(','));
    assert.deepEqual('faults' in read ? read.faults.map(({ kind }) => kind) : [], want);
  });
}

function readWith(changed: Readonly<Record<string, string>>): ReadRow {
  const good = [
    '00012345678',
    'あおば',
    '',
    '1000001',
    '東京都',
    'aoba01',
    '青葉',
    'アオバ',
    '管理者',
    'a@example.jp',
  ];
  const fields = HEADER.split(',').map((name, place) => changed[name] ?? good[place] ?? '');
  return readFields(fields);
}

function readLine(text: string): ReadRow {
  return readFields(text.split(','));
}

function readFields(fields: readonly string[]): ReadRow {
  const read = readImportHeader(HEADER.split(','));
  assert.ok('header' in read);
  return readImportRow({ line: 2, fields, isBroken: false }, read.header);
}
