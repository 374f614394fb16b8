-- A locked PIN ends the sessions of its person. A proof token remembers the host its 確認 was begun on.

alter table session drop constraint session_end_reason_check;
alter table session add constraint session_end_reason_check check
  (end_reason in ('log-off', 'idle', 'total', 'superseded', 'suspended', 'revoked', 'locked', 'stopped'));
create index open_session_of_person on session (institution, contract, user_id) where ended_at is null;

alter table proof_token add column begun_on text not null default '';
alter table proof_token alter column begun_on drop default;

-- Errors that were told, and attempts whose hash is being computed: what a crash leaves of the second
-- is forgotten after a while, and never counts as an error.
alter table person rename column pin_attempts to pin_errors;
alter table person add column pin_running integer not null default 0 check (pin_running >= 0);
