-- One key is one secret: a point and its negative have one identity, so that no secret is certified twice.
-- An elliptic key's is the SHA-256 of its SubjectPublicKeyInfo without y; any other's, of all of it.
alter table certificate add column key_identity bytea check (length(key_identity) = 32);

create function pg_temp.identity_of(certificate bytea, spki_sha256 bytea, head bytea, coordinate integer)
returns bytea language sql immutable as $$
  select sha256(substring(spki for length(head) + 1 + coordinate))
  from (select substring(certificate from position(head in certificate)
                         for length(head) + 1 + 2 * coordinate) as spki) found
  where position(head in certificate) > 0 and sha256(spki) = spki_sha256
$$;
update certificate set key_identity = coalesce(
  pg_temp.identity_of(der, spki_sha256,
    '\x3059301306072a8648ce3d020106082a8648ce3d030107034200', 32), -- P-256
  pg_temp.identity_of(der, spki_sha256,
    '\x3076301006072a8648ce3d020106052b81040022036200', 48), -- P-384
  spki_sha256);
drop function pg_temp.identity_of;

alter table certificate alter column key_identity set not null;
alter table certificate drop constraint certificate_institution_spki_sha256_key;
alter table certificate add unique (institution, key_identity);

-- Keys that are known to others than their holders: of broken generators, leaked, published. The owner fills it.
create table blocked_key (
  spki_sha256 bytea primary key check (length(spki_sha256) = 32),
  reason      text not null check (reason <> ''),
  blocked_at  timestamptz not null default now()
);

create function refuse_blocked_key() returns trigger language plpgsql as $$
begin
  if exists (select from public.blocked_key where spki_sha256 = new.spki_sha256) then
    raise exception 'the key is blocked' using errcode = 'KS001';
  end if;
  return new;
end
$$;
create trigger refuse_blocked_key before insert on certificate
  for each row execute function refuse_blocked_key();
