-- Institutions, contracts, users, certificates, sessions, notices, audit.
-- Every key starts with the institution, so that tables can be distributed by it.
-- What must never be is a constraint here, not only a rule of the program.

create table institution (
  institution    text primary key check (institution ~ '^[0-9]{4}$'),
  name           text not null check (name <> ''),
  name_english   text not null check (name_english <> ''),
  public_host    text not null unique check (public_host = lower(public_host)),
  members_domain text not null unique check (members_domain = lower(members_domain)),
  publication_base text not null check (publication_base like 'http://%'),
  contact        jsonb not null,
  created_at     timestamptz not null
);

create table policy (
  institution text not null references institution,
  version     integer not null check (version >= 1),
  settings    jsonb not null,
  valid_from  timestamptz not null,
  primary key (institution, version)
);

create table authority (
  institution text not null references institution,
  issuer      bytea not null check (length(issuer) = 32), -- SHA-256 of the SubjectPublicKeyInfo
  purpose     text not null check (purpose in ('root', 'issuing')),
  certificate bytea not null,
  created_at  timestamptz not null,
  retired_at  timestamptz,
  primary key (institution, issuer)
);
create unique index one_active_authority on authority (institution, purpose) where retired_at is null;

create table contract (
  institution text not null references institution,
  contract    text not null check (contract ~ '^[0-9]{11}$'),
  name        text not null check (name <> ''),
  created_at  timestamptz not null,
  primary key (institution, contract)
);

create table person (
  institution       text not null,
  contract          text not null,
  user_id           text not null check (user_id ~ '^[A-Za-z0-9]{1,30}$'),
  name              text not null check (name <> ''),
  role              text not null check (role in ('user', 'administrator')),
  pin_hash          text,
  pin_attempts      integer not null default 0 check (pin_attempts >= 0),
  pin_attempt_at    timestamptz,
  pin_locked_at     timestamptz,
  stopped_at        timestamptz,
  last_login_at     timestamptz,
  previous_login_at timestamptz,
  created_at        timestamptz not null,
  primary key (institution, contract, user_id),
  foreign key (institution, contract) references contract
);
create unique index user_id_without_case on person (institution, contract, lower(user_id));

create table slot (
  institution text not null,
  contract    text not null,
  user_id     text not null,
  slot        integer not null check (slot >= 1),
  primary key (institution, contract, user_id, slot),
  foreign key (institution, contract, user_id) references person
);

create table certificate (
  institution text not null,
  issuer      bytea not null,
  serial      bytea not null check (length(serial) between 1 and 20),
  sha256      bytea not null check (length(sha256) = 32),
  spki_sha256 bytea not null check (length(spki_sha256) = 32),
  der         bytea not null,
  contract    text not null,
  user_id     text not null,
  slot        integer not null,
  common_name text not null,
  home        text not null check (home in ('file', 'device')),
  state       text not null check
    (state in ('issued', 'current', 'suspended', 'superseded', 'replaced', 'revoked')),
  not_before  timestamptz not null,
  not_after   timestamptz not null check (not_after > not_before),
  issued_at   timestamptz not null,
  proved_at   timestamptz,
  ended_at    timestamptz,
  predecessor bytea,
  primary key (institution, issuer, serial),
  unique (institution, sha256),
  unique (institution, spki_sha256), -- no key is certified twice
  foreign key (institution, issuer) references authority,
  foreign key (institution, contract, user_id, slot) references slot,
  foreign key (institution, predecessor) references certificate (institution, sha256),
  check (state not in ('current', 'superseded') or proved_at is not null),
  check (state not in ('issued', 'replaced') or proved_at is null),
  check ((state in ('superseded', 'replaced', 'revoked')) = (ended_at is not null))
);
create unique index one_current_certificate on certificate (institution, contract, user_id, slot)
  where state in ('current', 'suspended') and proved_at is not null;
create unique index one_unproven_certificate on certificate (institution, contract, user_id, slot)
  where state in ('issued', 'suspended') and proved_at is null;
create index certificate_by_end on certificate (institution, not_after)
  where state in ('issued', 'current', 'suspended');

create table session (
  institution text not null,
  token_hash  bytea not null check (length(token_hash) = 32),
  contract    text not null,
  user_id     text not null,
  proof       text not null check (proof in ('mutual-tls')),
  certificate bytea not null,
  opened_at   timestamptz not null,
  seen_at     timestamptz not null,
  ended_at    timestamptz,
  end_reason  text check
    (end_reason in ('log-off', 'idle', 'total', 'superseded', 'suspended', 'revoked', 'stopped', 'proved')),
  primary key (institution, token_hash),
  foreign key (institution, contract, user_id) references person,
  foreign key (institution, certificate) references certificate (institution, sha256),
  check ((ended_at is null) = (end_reason is null))
);
create index open_session_of_certificate on session (institution, certificate) where ended_at is null;

create table notice (
  institution  text not null references institution,
  notice       uuid not null,
  kind         text not null check (kind in ('bank', 'renewal')),
  contract     text,
  user_id      text,
  certificate  bytea,
  important    boolean not null,
  title        text not null,
  body         text not null,
  published_at timestamptz not null,
  until_at     timestamptz,
  primary key (institution, notice),
  foreign key (institution, contract, user_id) references person,
  foreign key (institution, certificate) references certificate (institution, sha256),
  check (user_id is null or contract is not null),
  check ((kind = 'renewal') = (certificate is not null))
);
create unique index one_renewal_notice on notice (institution, certificate) where kind = 'renewal';
create index notice_of_contract on notice (institution, contract, user_id);

-- Appended to, never changed: the application's role may only insert and read.
create table audit_entry (
  institution text not null references institution,
  entry       bigint generated always as identity,
  at          timestamptz not null,
  event       text not null check (event <> ''),
  contract    text,
  user_id     text,
  certificate bytea,
  inquiry     text,
  detail      jsonb not null,
  primary key (institution, entry)
);
create index audit_of_person on audit_entry (institution, contract, user_id, at);
create index audit_of_inquiry on audit_entry (institution, inquiry) where inquiry is not null;
