-- What one of the bank's staff asks for and another decides. The payload is the text that both have seen; who
-- asked can never be who approves or rejects, and only who asked withdraws.
create table approval_request (
  institution     text not null references institution,
  request         uuid not null,
  kind            text not null check
    (kind in ('open-contract', 'change-policy', 'change-administrator', 'publish-notice')),
  payload         text not null,
  payload_sha256  bytea not null check (payload_sha256 = sha256(convert_to(payload, 'UTF8'))),
  reason          text not null check (reason <> ''),
  reference       text check (reference <> ''),
  staff_house     text not null,
  requested_by    text not null,
  requested_at    timestamptz not null,
  expires_at      timestamptz not null check (expires_at > requested_at),
  state           text not null check (state in ('waiting', 'done', 'rejected', 'withdrawn', 'expired')),
  decided_by      text,
  decided_at      timestamptz,
  decision_reason text,
  primary key (institution, request),
  foreign key (staff_house, requested_by) references staff_member (institution, user_id),
  foreign key (staff_house, decided_by) references staff_member (institution, user_id),
  check ((state = 'waiting') = (decided_at is null)),
  check ((state in ('done', 'rejected', 'withdrawn')) = (decided_by is not null)),
  constraint nobody_decides_their_own check (state not in ('done', 'rejected') or decided_by <> requested_by),
  constraint withdrawn_by_who_asked check (state <> 'withdrawn' or decided_by = requested_by),
  check (state <> 'rejected' or decision_reason <> '')
);
create index waiting_requests on approval_request (expires_at, institution) where state = 'waiting';
create index requests_by_time on approval_request (requested_at, institution);
