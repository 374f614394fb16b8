-- How many certificates end on which day, and how far their renewals are: counted anew every few minutes,
-- so that a page of a million certificates reads some hundred rows.

create table ending_count (
  institution  text not null references institution,
  day          date not null, -- in Tokyo
  standing     text not null check (standing in ('renewed', 'started', 'not-started', 'suspended')),
  reach        text not null check (reach in ('mail', 'no-address')),
  certificates integer not null check (certificates > 0),
  primary key (institution, day, standing, reach)
);

-- Those that were in use, by their end. One that is proved enters here, none that is issued. The institution
-- stands last, as in 0010.
create index certificate_by_end on certificate (not_after, institution) where proved_at is not null;
create index open_acquisition_by_end on acquisition (expires_at, institution) where ended_at is null;

-- When it was counted.
create table ending_counted (
  institution text primary key references institution,
  counted_at  timestamptz not null,
  first_day   date not null,
  last_day    date not null
);
