-- Of an offer: why a reissue was asked for, and how many certificates came of it. Of a passkey: by which offer it
-- was acquired, since each has a handle of its own.

alter table acquisition
  add column reason text check (reason in ('lost', 'new-pc', 'vanished', 'theft')),
  add column issued integer not null default 0 check (issued >= 0);

alter table credential
  add column acquisition uuid,
  add foreign key (institution, acquisition) references acquisition;

-- Every offer of a person is looked through, open or ended. The institution stands last, as in 0010.
create index acquisition_of_person on acquisition (contract, user_id, institution, offered_at);
