-- Who has read a notice of the bank, and when first.
create table notice_read (
  notice      uuid not null,
  contract    text not null,
  user_id     text not null,
  institution text not null,
  read_at     timestamptz not null,
  -- Found by the notice, which is unique by itself.
  primary key (notice, contract, user_id, institution),
  foreign key (institution, notice) references notice,
  foreign key (institution, contract, user_id) references person
);
