-- Certificates whose key is a passkey: the credential by which each is found, sessions opened by a
-- signed challenge, and the challenges that were used. Of the key itself only the certificate tells.

alter table institution add column passkey_domain text;
update institution set passkey_domain =
  case when members_domain like '%.' || public_host then public_host else members_domain end;
alter table institution
  alter column passkey_domain set not null,
  add check (members_domain = passkey_domain or members_domain like '%.' || passkey_domain);

create table credential (
  institution     text not null,
  credential_id   bytea not null check (length(credential_id) between 1 and 1023),
  certificate     bytea not null,
  sign_count      bigint not null check (sign_count between 0 and 4294967295),
  backup_eligible boolean not null,
  created_at      timestamptz not null,
  primary key (institution, credential_id),
  unique (institution, certificate),
  foreign key (institution, certificate) references certificate (institution, sha256)
);

alter table session
  drop constraint session_proof_check,
  add constraint session_proof_check check (proof in ('mutual-tls', 'signed-challenge')),
  add column fresh_hash bytea check (length(fresh_hash) = 32),
  add column fresh_until timestamptz,
  add check ((fresh_hash is null) = (fresh_until is null)),
  add check (fresh_hash is null or proof = 'signed-challenge');

-- Written with the effect that a challenge had, so that strangers leave nothing here.
create table used_challenge (
  institution text not null references institution,
  hash        bytea not null check (length(hash) = 32),
  expires_at  timestamptz not null,
  primary key (institution, hash)
);
create index used_challenge_by_end on used_challenge (institution, expires_at);
