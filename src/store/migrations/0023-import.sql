-- Files of users: what was sent, what was found in it, how far it has come, and what was done. What is done is the
-- file that was approved: its octets are kept until it is over.

-- Where letters to a contract go; nothing else is decided by it.
create table contract_address (
  institution text not null,
  contract    text not null,
  postal_code text check (postal_code ~ '^[0-9]{7}$'),
  address     text not null check (address <> ''),
  created_at  timestamptz not null,
  primary key (institution, contract),
  foreign key (institution, contract) references contract
);

create table user_import (
  institution text not null references institution,
  import      uuid not null,
  file_name   text not null check (file_name <> ''),
  size        integer not null check (size > 0),
  sha256      bytea not null check (length(sha256) = 32),
  encoding    text not null check (encoding in ('auto', 'utf-8', 'cp932')), -- as it was asked for
  unit        text not null check (unit in ('file', 'contract')),
  staff_house text not null,
  sent_by     text not null,
  sent_at     timestamptz not null,
  state       text not null check (state in ('sent', 'checked', 'approved', 'done', 'failed')),
  found       jsonb, -- what the check found
  request     uuid,  -- by which two of the staff decide
  result      jsonb, -- what was done
  stage       text check (stage in ('reading', 'checking', 'doing')),
  stage_done  integer not null default 0 check (stage_done >= 0),
  stage_of    integer not null default 0 check (stage_of >= 0),
  ended_at    timestamptz,
  primary key (institution, import),
  foreign key (staff_house, sent_by) references staff_member (institution, user_id),
  foreign key (institution, request) references approval_request (institution, request),
  check ((state = 'sent') = (found is null)),
  check (state not in ('approved', 'done', 'failed') or request is not null),
  check ((state in ('done', 'failed')) = (ended_at is not null))
);
create unique index import_of_request on user_import (institution, request) where request is not null;
create index imports_to_work_on on user_import (sent_at, institution) where state in ('sent', 'approved');
create index imports_by_time on user_import (sent_at, institution);

create table import_part (
  institution text not null,
  import      uuid not null,
  part        integer not null check (part >= 0),
  octets      bytea not null,
  primary key (institution, import, part),
  foreign key (institution, import) references user_import
);

create table import_fault (
  institution text not null,
  import      uuid not null,
  fault       integer not null check (fault >= 0),
  line        integer not null check (line >= 1),
  field       text, -- the column
  kind        text not null check (kind <> ''),
  value       text not null,
  primary key (institution, import, fault),
  foreign key (institution, import) references user_import
);

-- What became of each contract of a file that is done contract by contract: none is done twice.
create table import_contract (
  institution text not null,
  import      uuid not null,
  contract    text not null,
  outcome     text not null check (outcome in ('done', 'left-out')),
  users       integer not null check (users >= 0),
  primary key (institution, import, contract),
  foreign key (institution, import) references user_import
);

alter table approval_request drop constraint approval_request_kind_check;
alter table approval_request add constraint approval_request_kind_check check (kind in
  ('open-contract', 'change-policy', 'change-administrator', 'publish-notice', 'import-users'));
