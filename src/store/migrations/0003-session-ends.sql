-- A locked PIN ends the person's sessions. A proof token remembers the host its 確認 was begun on.

alter table session drop constraint session_end_reason_check;
alter table session add constraint session_end_reason_check check
  (end_reason in ('log-off', 'idle', 'total', 'superseded', 'suspended', 'revoked', 'locked', 'stopped'));
create index open_session_of_person on session (institution, contract, user_id) where ended_at is null;

alter table proof_token add column begun_on text not null default '';
alter table proof_token alter column begun_on drop default;
