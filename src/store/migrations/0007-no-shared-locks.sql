-- A foreign key locks the row it refers to. Every certificate has the one issuing authority, and every
-- audit entry the one institution: with many issued at once all of them queue at these rows. Neither is
-- ever deleted, nor is its key changed: no role but the owner could, so nothing needs to be held fast.
-- That the authority is there is asked by the statements that insert (certificates.ts, successors.ts).

alter table certificate drop constraint certificate_institution_issuer_fkey;
alter table audit_entry drop constraint audit_entry_institution_fkey;
