-- What a user signed at the last touch, so that the record of what it authorises can hold it. A touch of
-- before is forgotten: its signature is not there, and what it would authorise asks for another.
update session set fresh_hash = null, fresh_until = null where fresh_hash is not null;
alter table session
  add column fresh_assertion jsonb,
  add check ((fresh_hash is null) = (fresh_assertion is null));

-- Sessions long over are deleted by their age.
create index session_by_opening on session (institution, opened_at);
