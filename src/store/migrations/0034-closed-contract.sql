-- When a contract was closed; null while it is open. Those closed before are marked, as long as nobody of them was let go on.
alter table contract add column closed_at timestamptz;
update contract c set closed_at = (
    select max(e.at) from audit_entry e
    where e.event = 'contract-closed' and e.contract = c.contract and e.institution = c.institution)
  where not exists (select from person p
    where p.institution = c.institution and p.contract = c.contract and p.stopped_at is null);
