-- The one-time token of 確認: bound to the session that issued the successor, and to the successor.

create table proof_token (
  institution text not null,
  token_hash  bytea not null check (length(token_hash) = 32),
  session     bytea not null,
  certificate bytea not null,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  primary key (institution, token_hash),
  foreign key (institution, session) references session (institution, token_hash),
  foreign key (institution, certificate) references certificate (institution, sha256)
);
create index proof_token_by_end on proof_token (institution, expires_at);
