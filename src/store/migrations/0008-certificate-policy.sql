-- The certificate policy that an institution writes into its users' certificates. Those founded so far
-- have written the one of the arc for examples, and go on with it.
alter table institution add column certificate_policy text not null default '2.999.1394.1'
  check (certificate_policy ~ '^[0-2](\.(0|[1-9][0-9]*))+$');
alter table institution alter column certificate_policy drop default;
