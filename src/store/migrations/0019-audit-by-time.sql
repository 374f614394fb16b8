-- The audit log is looked through by day. Entries come nearly in the order of their times, so that a range of
-- pages says enough, and writing one costs nothing.
create index audit_by_time on audit_entry using brin (at);
