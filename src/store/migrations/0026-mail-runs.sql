-- When reminders were last queued, and up to which entry of the audit log's tree it was looked for what is mailed:
-- by the place in the tree, since entries are committed in another order than they are numbered.
create table mail_run (
  institution text primary key references institution,
  reminded_at timestamptz not null
);
create table mail_cursor (
  is_only  boolean primary key default true check (is_only),
  position bigint not null check (position >= 0)
);
-- Up to when what became so in a contract was put into its digests.
create table mail_digest (
  institution    text primary key references institution,
  digested_until timestamptz not null
);
create index mail_reminders on mail (queued_at, institution) where kind = 'ending';
create index person_bounced on person (mail_bounced_at, institution) where mail_bounced_at is not null;
create index person_locked on person (pin_locked_at, institution) where pin_locked_at is not null;
-- Since when a mail server has been answering that it is to wait: for how long it is tried is counted from there.
alter table mail add column put_off_since timestamptz;
-- What was recorded before there was mail is not mailed.
insert into mail_cursor (position) select size from audit_head;
