-- Moving in: a CA that issued an institution's certificates before, accepted by its key for a time. It signs
-- nothing for us, and we publish nothing for it: hence a table of its own beside authority.
create table former_authority (
  institution text not null references institution,
  issuer      bytea not null check (length(issuer) = 32), -- SHA-256 of the SubjectPublicKeyInfo
  certificate bytea not null,
  renew_from  text not null check (renew_from in ('at-once', 'window')),
  imported    integer not null default 0 check (imported >= 0),
  accepted_at timestamptz not null,
  until_at    timestamptz not null check (until_at > accepted_at),
  ended_at    timestamptz, -- switched off before its time
  primary key (institution, issuer)
);

-- From when a certificate may be renewed, where that was fixed as it was imported; of ours it follows from policy.
alter table certificate add column renewable_from timestamptz;

-- Those of former authorities that nothing has taken the place of: counted and listed until there are none.
create index certificate_not_moved on certificate (issuer, contract, user_id, slot, institution)
  where renewable_from is not null and state in ('current', 'suspended');

-- Of an imported certificate often no more is known than its number. Until its holder shows it, der is empty and
-- its digests are stand-ins, made of issuer and number. Then it is filled in, once. What a certificate says and
-- whose it is never changes: the application's role may not, and this function fills in nothing else.
create function fill_in_certificate(
  of_institution text, of_issuer bytea, of_serial bytea, new_sha256 bytea, new_spki_sha256 bytea,
  new_key_identity bytea, new_der bytea, new_common_name text, new_not_before timestamptz,
  new_not_after timestamptz
) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update certificate set sha256 = new_sha256, spki_sha256 = new_spki_sha256,
    key_identity = new_key_identity, der = new_der, common_name = new_common_name,
    not_before = new_not_before, not_after = new_not_after
  where issuer = of_issuer and serial = of_serial and institution = of_institution
    and der = '' and renewable_from is not null and sha256(new_der) = new_sha256;
  return found;
end
$$;
revoke all on function fill_in_certificate from public;
grant execute on function fill_in_certificate to koshin_app;
