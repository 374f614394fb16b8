-- The bank's own staff are people of an institution of their own, the staff house. And by what people and
-- companies are found: their names and the readings of those, folded alike.

alter table institution add column kind text not null default 'bank' check (kind in ('bank', 'staff'));
alter table institution alter column kind drop default;
create unique index one_staff_house on institution (kind) where kind = 'staff';

-- One contract holds all of the staff, so that a user ID names a staff member; null is every institution.
create table staff_member (
  institution text not null,
  contract    text not null check (contract = '00000000000'),
  user_id     text not null,
  role        text not null check (role in ('operator', 'approver', 'auditor', 'ca-officer')),
  scope       text[] check (cardinality(scope) > 0),
  changed_at  timestamptz not null,
  primary key (institution, contract, user_id),
  unique (institution, user_id),
  foreign key (institution, contract, user_id) references person
);

-- What is typed in half or full width, hiragana or katakana, small kana or large, with spaces or without,
-- becomes one key; so does a company's name with or without its legal form.
create function search_key(written text) returns text
language sql immutable strict parallel safe
return translate(
    lower(regexp_replace(normalize(written, NFKC), '[\s・･.,''’‐‑–—―−ー-]', '', 'g')),
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖァィゥェォッャュョヮヵヶ',
    'アアイイウウエエオオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモヤヤユユヨヨラリルレロワワヰヱヲンヴカケアイウエオツヤユヨワカケ');
create function company_search_key(written text) returns text
language sql immutable strict parallel safe
return regexp_replace(search_key(written),
    '株式会社|有限会社|合同会社|合資会社|合名会社|カブシキガイシヤ|ユウゲンガイシヤ|ゴウドウガイシヤ|\([株有同資名]\)|^(カ|ユ|ド)\)|\((カ|ユ|ド)$',
    '', 'g');

alter table contract
  add column kana text check (kana <> ''),
  add column name_key text collate "C" generated always as (company_search_key(name)) stored,
  add column kana_key text collate "C" generated always as (company_search_key(kana)) stored;
alter table person
  add column kana text check (kana <> ''),
  add column name_key text collate "C" generated always as (search_key(name)) stored,
  add column kana_key text collate "C" generated always as (search_key(kana)) stored;

-- The institution stands last, as in 0010: each is looked for by its own key.
create index contract_by_name on contract (name_key, institution);
create index contract_by_kana on contract (kana_key, institution) where kana_key is not null;
create index contract_by_id on contract (contract, institution);
create index person_by_name on person (name_key, institution);
create index person_by_kana on person (kana_key, institution) where kana_key is not null;
