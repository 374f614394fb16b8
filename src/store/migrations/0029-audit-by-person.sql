-- As in 0010 and 0014: as long as the planner knows nothing of the audit log, an index that begins with the
-- institution tempts it to look for one entry among all of an institution.
drop index audit_of_person;
create index audit_of_person on audit_entry (contract, user_id, institution, at);
