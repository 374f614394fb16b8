-- As in 0010 and 0014, now of every index that is not a table's whole key: as long as the planner knows nothing of a
-- table, one that begins with the institution tempts it to look for one row among all of an institution. Seen of
-- entries of the audit log, and of sessions, of which each was looked for among all that were open. An index of the
-- open ones alone tempts it wherever only an open one is meant, whatever its key begins with: so it holds them all.
drop index audit_of_person;
drop index audit_of_inquiry;
drop index open_session_of_certificate;
drop index open_session_of_person;
drop index import_of_request;
drop index one_active_authority;
drop index one_current_certificate;
drop index one_open_acquisition;
drop index one_renewal_notice;
drop index one_unproven_certificate;
create index audit_of_person on audit_entry (contract, user_id, institution, at);
create index audit_of_inquiry on audit_entry (inquiry, institution) where inquiry is not null;
create index session_of_certificate on session (certificate, institution);
create index session_of_person on session (contract, user_id, institution);
create unique index import_of_request on user_import (request, institution) where request is not null;
create unique index one_active_authority on authority (purpose, institution) where retired_at is null;
create unique index one_current_certificate on certificate (contract, user_id, slot, institution)
  where state in ('current', 'suspended') and proved_at is not null;
create unique index one_open_acquisition on acquisition (contract, user_id, slot, institution)
  where ended_at is null;
create unique index one_renewal_notice on notice (certificate, institution) where kind = 'renewal';
create unique index one_unproven_certificate on certificate (contract, user_id, slot, institution)
  where state in ('issued', 'suspended') and proved_at is null;
