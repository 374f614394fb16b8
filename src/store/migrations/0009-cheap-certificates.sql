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
