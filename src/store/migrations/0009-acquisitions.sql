-- What a person may acquire a certificate by: a one-time code, with which someone vouches for them.
-- Rights that are frozen after a reissue, PINs that somebody else chose, and what administrators are told.

create table acquisition (
  institution  text not null,
  acquisition  uuid not null,
  contract     text not null,
  user_id      text not null,
  slot         integer not null,
  kind         text not null check (kind in ('first', 'expired', 'reissue')),
  code_hash    bytea not null check (length(code_hash) = 32),
  offered_by   text not null check (offered_by <> ''),
  offered_at   timestamptz not null,
  expires_at   timestamptz not null check (expires_at > offered_at),
  pin_errors   integer not null default 0 check (pin_errors >= 0),
  ticket_hash  bytea check (length(ticket_hash) = 32),
  ticket_until timestamptz,
  ended_at     timestamptz,
  end_reason   text check (end_reason in ('proved', 'replaced', 'errors', 'withdrawn')),
  primary key (institution, acquisition),
  foreign key (institution, contract, user_id, slot) references slot,
  check ((ticket_hash is null) = (ticket_until is null)),
  check ((ended_at is null) = (end_reason is null))
);
create unique index one_open_acquisition on acquisition (institution, contract, user_id, slot)
  where ended_at is null;
create unique index acquisition_of_ticket on acquisition (institution, ticket_hash);

-- Of a certificate that succeeds none: by which kind of acquisition it came.
alter table certificate add column acquired_as text check (acquired_as in ('first', 'expired', 'reissue'));
update certificate set acquired_as = 'first' where predecessor is null;
alter table certificate add check ((acquired_as is null) = (predecessor is not null));

alter table person
  add column pin_is_initial boolean not null default false,
  add column frozen_at timestamptz,
  add column mail_address text;

alter table session drop constraint session_end_reason_check;
alter table session add constraint session_end_reason_check check (end_reason in
  ('log-off', 'idle', 'total', 'superseded', 'suspended', 'revoked', 'locked', 'pin-changed', 'stopped'));

alter table notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind in ('bank', 'renewal', 'told')),
  add column told jsonb,
  add check ((kind = 'told') = (told is not null));
