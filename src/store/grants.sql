-- What the application's role may do, table by table. It owns nothing and runs no DDL.
revoke all on all tables in schema public from koshin_app;
grant usage on schema public to koshin_app;

grant select, insert on institution, policy, contract, slot, notice to koshin_app;
grant select, insert, update (pin_hash, pin_is_initial, pin_errors, pin_running, pin_attempt_at,
  pin_locked_at, frozen_at, stopped_at, last_login_at, previous_login_at)
  on person to koshin_app;
grant update (mail_address, mail_bounced_at, role, name, kana) on person to koshin_app;
-- A notice is taken down; what it says never changes.
grant update (until_at) on notice to koshin_app;
grant select, insert on notice_read to koshin_app;
-- Whom a mail is for and what it is about never changes.
grant select, insert, update (state, due_at, attempts, answer, put_off_since, sent_to, sealed, ended_at)
  on mail to koshin_app;
grant select, insert, update (reminded_at) on mail_run to koshin_app;
grant select, insert, update (digested_until) on mail_digest to koshin_app;
grant select, update (position) on mail_cursor to koshin_app;
-- What a certificate says and whose it is never changes.
grant select, insert, update (state, proved_at, ended_at) on certificate to koshin_app;
grant select, insert, update (certificate, renew_from, imported, accepted_at, until_at, ended_at)
  on former_authority to koshin_app;
grant select, insert,
  update (seen_at, ended_at, end_reason, fresh_hash, fresh_until, fresh_assertion)
  on session to koshin_app;
grant select, insert, update (pin_errors, ticket_hash, ticket_until, issued, ended_at, end_reason)
  on acquisition to koshin_app;
-- Only those long over are deleted.
grant delete on session to koshin_app;
grant select, insert, update (expires_at, used_at), delete on proof_token to koshin_app;
grant select, insert, update (sign_count) on credential to koshin_app;
grant select, insert, delete on used_challenge to koshin_app;
-- Locking a row (select … for update) needs a right to update one of its columns.
grant update (slot) on slot to koshin_app;
grant update (contract, name, kana, closed_at) on contract to koshin_app;
grant update (retired_at) on authority to koshin_app;
grant select, insert on authority to koshin_app;
grant select, insert, update (state, decided_by, decided_at, decision_reason)
  on approval_request to koshin_app;
grant select, insert, update (role, scope, changed_at) on staff_member to koshin_app;
grant select, insert on audit_entry, audit_leaf, audit_node to koshin_app;
grant select, update (size, settled, note) on audit_head to koshin_app;
-- The list of unsafe keys is the owner's.
grant select on blocked_key to koshin_app;
-- Counted anew from what is there.
grant select, insert, delete on ending_count to koshin_app;
grant select, insert, update (counted_at, first_day, last_day) on ending_counted to koshin_app;
-- A file of users is kept until it is over; what it is, and who sent it, never changes.
grant select, insert, update (postal_code, address), delete on contract_address to koshin_app;
grant select, insert,
  update (state, found, request, result, stage, stage_done, stage_of, ended_at)
  on user_import to koshin_app;
grant select, insert, delete on import_part, import_fault to koshin_app;
grant select, insert on import_contract to koshin_app;
-- To whom letters go never changes; each print file is given once.
grant select, insert, update (codes_by, codes_at, pins_by, pins_at) on letter_batch to koshin_app;
grant select, insert on letter to koshin_app;
