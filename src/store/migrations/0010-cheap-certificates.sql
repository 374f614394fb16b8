-- A certificate's insert and update read the text of every check anew, and lists of words are the longest
-- of them. A value of an enum is known to be one of its words as soon as it is read.
create type certificate_state as enum
  ('issued', 'current', 'suspended', 'superseded', 'replaced', 'revoked');
create type key_home as enum ('file', 'device');

drop index one_current_certificate;
drop index one_unproven_certificate;
alter table certificate
  drop constraint certificate_home_check,
  drop constraint certificate_state_check,
  drop constraint certificate_check1,
  drop constraint certificate_check2,
  drop constraint certificate_check3,
  alter column home type key_home using home::key_home,
  alter column state type certificate_state using state::certificate_state,
  add check (state not in ('current', 'superseded') or proved_at is not null),
  add check (state not in ('issued', 'replaced') or proved_at is null),
  add check ((state in ('superseded', 'replaced', 'revoked')) = (ended_at is not null));
create unique index one_current_certificate on certificate (institution, contract, user_id, slot)
  where state in ('current', 'suspended') and proved_at is not null;
create unique index one_unproven_certificate on certificate (institution, contract, user_id, slot)
  where state in ('issued', 'suspended') and proved_at is null;

-- As with the issuer (0007): neither slots nor certificates are ever deleted, nor are their keys changed,
-- and each statement that inserts a certificate has the row it refers to locked already: the slot for a
-- first certificate, the predecessor in the same slot for a successor.
alter table certificate
  drop constraint certificate_institution_contract_user_id_slot_fkey,
  drop constraint certificate_institution_predecessor_fkey;

-- As long as nothing is known of the table, the planner takes any index that begins with the institution
-- to find one certificate, and a prepared plan goes on reading all of an institution while it grows (so
-- did 0003's). So the institution stands last in the keys of this table: each index finds by its own key.
-- The same of a person, who was looked for among all of the contract.
alter table session drop constraint session_institution_certificate_fkey;
alter table proof_token drop constraint proof_token_institution_certificate_fkey;
alter table notice drop constraint notice_institution_certificate_fkey;
alter table credential drop constraint credential_institution_certificate_fkey;
alter table certificate
  drop constraint certificate_pkey,
  drop constraint certificate_institution_sha256_key,
  drop constraint certificate_institution_key_identity_key,
  add primary key (issuer, serial, institution),
  add unique (sha256, institution),
  add unique (key_identity, institution);
alter table session add foreign key (institution, certificate) references certificate (institution, sha256);
alter table proof_token add foreign key (institution, certificate) references certificate (institution, sha256);
alter table notice add foreign key (institution, certificate) references certificate (institution, sha256);
alter table credential add foreign key (institution, certificate) references certificate (institution, sha256);
drop index user_id_without_case;
create unique index user_id_without_case on person (lower(user_id), contract, institution);
