-- What is to be mailed, and what became of it: one row for each deed or threshold and each recipient. Whom it is
-- for is a person; their address is looked up when it is sent, and kept here only as a record of where it went.
create table mail (
  institution text not null references institution,
  mail        uuid not null, -- also the left half of its Message-ID, which never changes
  kind        text not null check (kind in ('ending', 'ended', 'told', 'issued', 'proved', 'replaced', 'code', 'digest')),
  contract    text not null,
  user_id     text not null,
  certificate bytea check (length(certificate) = 32),
  about       text not null check (about <> ''), -- what makes it the only one of its recipient
  facts       jsonb not null, -- what its text is made of; no code
  sealed      bytea, -- a code, under a key that is not in the database, until it is sent
  queued_at   timestamptz not null,
  due_at      timestamptz not null, -- not tried before
  state       text not null check (state in ('queued', 'sending', 'sent', 'failed', 'bounced', 'dropped')),
  attempts    integer not null default 0 check (attempts >= 0),
  answer      text, -- the class of the last answer
  sent_to     text,
  ended_at    timestamptz,
  primary key (institution, mail),
  unique (about, contract, user_id, institution),
  foreign key (institution, contract, user_id) references person,
  check ((state in ('queued', 'sending')) = (ended_at is null)),
  check (sealed is null or ended_at is null)
);
-- In the order in which they are sent; as elsewhere the institution stands last.
create index mail_to_send on mail (due_at, institution) where state in ('queued', 'sending');
create index mail_of_person on mail (contract, user_id, institution, queued_at);

-- The address a mail came back from is no address until another is entered.
alter table person add column mail_bounced_at timestamptz;
alter table ending_count drop constraint ending_count_reach_check;
alter table ending_count add check (reach in ('mail', 'bounced', 'no-address'));
