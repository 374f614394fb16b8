-- As long as the planner knows nothing of a table, an index that begins with the institution tempts it to
-- look for one row among all of an institution (0010 says so of certificates). So what is deleted by its
-- age is indexed by its age first.
drop index session_by_opening;
drop index proof_token_by_end;
drop index used_challenge_by_end;
create index session_by_opening on session (opened_at, institution);
create index proof_token_by_end on proof_token (expires_at, institution);
create index used_challenge_by_end on used_challenge (expires_at, institution);
