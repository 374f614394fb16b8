-- Letters to users who have neither PIN nor certificate yet: whom, asked for by whom, and who was given which of the
-- two print files. Nobody is given both; neither file is kept.
create table letter_batch (
  institution text not null references institution,
  batch       uuid not null,
  contract    text, -- where it is of one contract alone
  staff_house text not null,
  asked_by    text not null,
  asked_at    timestamptz not null,
  request     uuid not null,
  codes_by    text,
  codes_at    timestamptz,
  pins_by     text,
  pins_at     timestamptz,
  primary key (institution, batch),
  unique (institution, request),
  foreign key (staff_house, asked_by) references staff_member (institution, user_id),
  foreign key (institution, request) references approval_request (institution, request),
  check ((codes_by is null) = (codes_at is null)),
  check ((pins_by is null) = (pins_at is null)),
  constraint nobody_has_both check (codes_by <> pins_by)
);
create index letters_by_time on letter_batch (asked_at, institution);

create table letter (
  institution text not null,
  batch       uuid not null,
  place       integer not null check (place >= 1),
  contract    text not null,
  user_id     text not null,
  primary key (institution, batch, place),
  foreign key (institution, batch) references letter_batch,
  foreign key (institution, contract, user_id) references person
);
create index letter_of_person on letter (contract, user_id, institution);

-- To whom none was written yet.
create index person_without_pin on person (contract, user_id, institution) where pin_hash is null;

alter table approval_request drop constraint approval_request_kind_check;
alter table approval_request add constraint approval_request_kind_check check (kind in
  ('open-contract', 'change-policy', 'change-administrator', 'publish-notice', 'import-users',
   'accept-former-authority', 'end-former-authority', 'print-letters'));
